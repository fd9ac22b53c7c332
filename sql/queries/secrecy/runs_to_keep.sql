-- Of some scoring runs those that an edition still names. Grain: one row per run. Parameters: run_ids.
with final as (
    select distinct
        scoring_run_id
    from
        briefing
    where
        scoring_run_id = any(%(run_ids)s::bigint[])
    order by
        scoring_run_id
)

select * from final
