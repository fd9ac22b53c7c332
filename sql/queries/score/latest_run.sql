-- The newest scoring run of a period. Grain: at most one row; base_known_at is what its base knew, of a whole run itself.
-- Parameters: report, period_kind, period_end.
with final as (
    select
        run.scoring_run_id,
        run.known_at,
        run.rules_version,
        run.catalogue_sha256,
        run.base_run_id,
        coalesce(base.known_at, run.known_at) as base_known_at
    from
        scoring_run as run
    left join scoring_run as base
        on base.scoring_run_id = run.base_run_id
    where
        run.report = %(report)s
        and run.period_kind = %(period_kind)s
        and run.period_end = %(period_end)s
    order by
        run.known_at desc,
        run.scoring_run_id desc
    limit 1
)

select * from final
