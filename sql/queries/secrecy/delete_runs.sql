-- Remove scoring runs with all their rows. Grain of the result: one row per run. Parameters: run_ids.
with sources as (
    delete from score_source
    where
        scoring_run_id = any(%(run_ids)s)
    returning
        1
),

scores as (
    delete from score
    where
        scoring_run_id = any(%(run_ids)s)
    returning
        1
),

nodes as (
    delete from node_score
    where
        scoring_run_id = any(%(run_ids)s)
    returning
        1
),

leaves as (
    delete from leaf_score
    where
        scoring_run_id = any(%(run_ids)s)
    returning
        1
),

trees as (
    delete from tree_score
    where
        scoring_run_id = any(%(run_ids)s)
    returning
        1
)

delete from scoring_run
where
    scoring_run_id = any(%(run_ids)s)
