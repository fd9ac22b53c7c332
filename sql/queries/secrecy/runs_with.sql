-- Scoring runs that a submission's values went into, and all that go on from them. Grain: one row per run. Parameters: submission_ids.
with of_assignments as (
    select
        scoring_run_id
    from
        assignment_part
    where
        submission_id = any(%(submission_ids)s)
),

of_sources as (
    select
        scoring_run_id
    from
        score_source_file
    where
        submission_id = any(%(submission_ids)s)
),

going_on as (
    select
        scoring_run.scoring_run_id
    from
        scoring_run
    inner join of_assignments
        on of_assignments.scoring_run_id = scoring_run.base_run_id
),

final as (
    select
        scoring_run_id
    from
        of_assignments
    union
    select
        scoring_run_id
    from
        going_on
    union
    select
        scoring_run_id
    from
        of_sources
    order by
        scoring_run_id
)

select * from final
