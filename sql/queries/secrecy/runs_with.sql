-- Scoring runs that a submission's values went into. Grain: one row per run. Parameters: submission_ids.
with of_leaves as (
    select
        scoring_run_id
    from
        leaf_score
    where
        submission_id = any(%(submission_ids)s)
),

of_sources as (
    select
        score_source.scoring_run_id
    from
        score_source
    left join target
        using (target_id)
    left join observation
        using (observation_id)
    where
        target.submission_id = any(%(submission_ids)s)
        or observation.submission_id = any(%(submission_ids)s)
),

final as (
    select
        scoring_run_id
    from
        of_leaves
    union
    select
        scoring_run_id
    from
        of_sources
    order by
        scoring_run_id
)

select * from final
