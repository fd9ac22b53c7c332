-- Note a reply to a question, unless the newest says the same already. Parameters: question_id, text, author, recorded_at.
with newest as (
    select
        text,
        author
    from
        screen_reply
    where
        question_id = %(question_id)s
    order by
        recorded_at desc
    limit 1
),

given as (
    select
        %(text)s::text as text,
        %(author)s::text as author
)

insert into screen_reply (
    question_id,
    text,
    author,
    recorded_at
)
select
    %(question_id)s,
    given.text,
    given.author,
    %(recorded_at)s
from
    given
left join newest
    on true
where
    (newest.text, newest.author) is distinct from (given.text, given.author)
