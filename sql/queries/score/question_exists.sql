-- Whether there is such a question. Parameters: question_id.
with final as (
    select
        count(*) > 0 as is_there
    from
        screen_question
    where
        question_id = %(question_id)s
)

select * from final
