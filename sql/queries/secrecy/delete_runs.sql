-- Remove scoring runs with all their rows, and what was forecast and asked beside them.
-- Grain of the result: one row per run. Parameters: run_ids, in which a run comes with all that go on from it.
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

assignments as (
    delete from assignment_part
    where
        scoring_run_id = any(%(run_ids)s)
    returning
        1
),

trees as (
    delete from tree_part
    where
        scoring_run_id = any(%(run_ids)s)
    returning
        1
),

bundles as (
    delete from bundle_part
    where
        scoring_run_id = any(%(run_ids)s)
    returning
        1
),

forecasts as (
    delete from forecast
    where
        scoring_run_id = any(%(run_ids)s)
    returning
        1
),

replies as (
    delete from screen_reply
    using
        screen_question
    where
        screen_reply.question_id = screen_question.question_id
        and screen_question.scoring_run_id = any(%(run_ids)s)
    returning
        1
),

questions as (
    delete from screen_question
    where
        scoring_run_id = any(%(run_ids)s)
    returning
        1
)

delete from scoring_run
where
    scoring_run_id = any(%(run_ids)s)
