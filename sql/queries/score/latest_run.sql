-- The newest scoring run of a report and period. Parameters: report, period_kind, period_end.
with final as (
    select
        scoring_run_id,
        known_at,
        rules_version,
        catalogue_sha256
    from
        scoring_run
    where
        report = %(report)s
        and period_kind = %(period_kind)s
        and period_end = %(period_end)s
    order by
        known_at desc,
        scoring_run_id desc
    limit 1
)

select * from final
