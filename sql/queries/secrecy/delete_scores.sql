-- Remove the scores of budget figures that submissions went into, with all their sources.
-- Grain of the result: one row per score. Parameters: submission_ids, run_ids.
with touched as (
    select distinct
        scoring_run_id,
        agency_id,
        indicator_id
    from
        score_source_file
    where
        scoring_run_id = any(%(run_ids)s)
        and submission_id = any(%(submission_ids)s)
),

sources as (
    delete from score_source
    where
        (scoring_run_id, agency_id, indicator_id) in (select * from touched)
    returning
        1
)

delete from score
where
    (scoring_run_id, agency_id, indicator_id) in (select * from touched)
