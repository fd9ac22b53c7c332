-- Of some scoring runs those that an edition still names, and those that these go on from. Grain: one row per run.
-- Parameters: run_ids.
with named as (
    select distinct
        scoring_run.scoring_run_id,
        scoring_run.base_run_id
    from
        briefing
    inner join scoring_run
        using (scoring_run_id)
),

final as (
    select
        scoring_run_id
    from
        named
    where
        scoring_run_id = any(%(run_ids)s::bigint[])
    union
    select
        base_run_id as scoring_run_id
    from
        named
    where
        base_run_id = any(%(run_ids)s::bigint[])
    order by
        scoring_run_id
)

select * from final
