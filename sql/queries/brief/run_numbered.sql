-- A scoring run by its number, as score/latest_run gives the newest. Grain: at most one row. Parameters: scoring_run_id.
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
        run.scoring_run_id = %(scoring_run_id)s
)

select * from final
