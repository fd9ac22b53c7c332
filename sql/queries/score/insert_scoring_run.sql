-- Note a scoring run; the same state of knowledge under the same rules is one run. Gives its id in either case.
-- Parameters: report, period_kind, period_end, known_at, rules_version, catalogue_sha256, base_run_id, recorded_at.
with added as (
    insert into scoring_run (
        report,
        period_kind,
        period_end,
        known_at,
        rules_version,
        catalogue_sha256,
        base_run_id,
        recorded_at
    )
    values (
        %(report)s,
        %(period_kind)s,
        %(period_end)s,
        %(known_at)s,
        %(rules_version)s,
        %(catalogue_sha256)s,
        %(base_run_id)s,
        %(recorded_at)s
    )
    on conflict on constraint scoring_run_key do nothing
    returning
        scoring_run_id
),

final as (
    select
        scoring_run_id,
        true as is_new
    from
        added
    union all
    select
        scoring_run_id,
        false as is_new
    from
        scoring_run
    where
        report = %(report)s
        and period_kind = %(period_kind)s
        and period_end = %(period_end)s
        and known_at = %(known_at)s
        and rules_version = %(rules_version)s
        and catalogue_sha256 = %(catalogue_sha256)s
        and base_run_id is not distinct from %(base_run_id)s
)

select * from final
