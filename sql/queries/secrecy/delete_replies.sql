-- Remove the replies to questions of scoring runs. Grain of the result: one row per reply. Parameters: run_ids.
delete from screen_reply
using
    screen_question
where
    screen_reply.question_id = screen_question.question_id
    and screen_question.scoring_run_id = any(%(run_ids)s)
