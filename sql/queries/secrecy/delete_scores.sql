-- Remove the scores of budget figures that submissions went into, with all their sources.
-- Grain of the result: one row per score. Parameters: submission_ids, run_ids.
with touched as (
    select distinct
        score_source.scoring_run_id,
        score_source.agency_id,
        score_source.indicator_id
    from
        score_source
    left join target
        using (target_id)
    left join observation
        using (observation_id)
    where
        score_source.scoring_run_id = any(%(run_ids)s)
        and (
            target.submission_id = any(%(submission_ids)s)
            or observation.submission_id = any(%(submission_ids)s)
        )
),

sources as (
    delete from score_source
    using
        touched
    where
        score_source.scoring_run_id = touched.scoring_run_id
        and score_source.agency_id = touched.agency_id
        and score_source.indicator_id = touched.indicator_id
    returning
        1
)

delete from score
using
    touched
where
    score.scoring_run_id = touched.scoring_run_id
    and score.agency_id = touched.agency_id
    and score.indicator_id = touched.indicator_id
