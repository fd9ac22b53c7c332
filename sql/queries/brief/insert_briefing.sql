-- Note an edition; the same content is one edition. Gives its id and whether it is new.
-- Parameters: report, period_kind, period_end, edition, scoring_run_id, known_at, rules_version, lock_sha256,
-- snapshot_sha256, view_model_sha256, pdf_sha256, xlsx_sha256, state, recorded_at.
with added as (
    insert into briefing (
        report,
        period_kind,
        period_end,
        edition,
        scoring_run_id,
        known_at,
        rules_version,
        lock_sha256,
        snapshot_sha256,
        view_model_sha256,
        pdf_sha256,
        xlsx_sha256,
        state,
        recorded_at
    )
    values (
        %(report)s,
        %(period_kind)s,
        %(period_end)s,
        %(edition)s,
        %(scoring_run_id)s,
        %(known_at)s,
        %(rules_version)s,
        %(lock_sha256)s,
        %(snapshot_sha256)s,
        %(view_model_sha256)s,
        %(pdf_sha256)s,
        %(xlsx_sha256)s,
        %(state)s,
        %(recorded_at)s
    )
    on conflict on constraint briefing_key do nothing
    returning
        briefing_id
),

final as (
    select
        briefing_id,
        true as is_new
    from
        added
    union all
    select
        briefing_id,
        false as is_new
    from
        briefing
    where
        report = %(report)s
        and period_kind = %(period_kind)s
        and period_end = %(period_end)s
        and snapshot_sha256 = %(snapshot_sha256)s
        and view_model_sha256 = %(view_model_sha256)s
        and pdf_sha256 = %(pdf_sha256)s
        and xlsx_sha256 = %(xlsx_sha256)s
)

select * from final
