-- Take back an answer of a submission or no longer, unless its newest decision says the same already.
-- Parameters: submission_id, item_kind, item_id (report: all of it), reason, author, is_withdrawn, recorded_at.
with newest as (
    select
        reason,
        author,
        is_withdrawn
    from
        retraction
    where
        submission_id = %(submission_id)s
        and item_kind = %(item_kind)s
        and item_id = %(item_id)s
    order by
        recorded_at desc
    limit 1
),

given as (
    select
        %(reason)s::text as reason,
        %(author)s::text as author,
        %(is_withdrawn)s::boolean as is_withdrawn
)

insert into retraction (
    submission_id,
    item_kind,
    item_id,
    reason,
    author,
    is_withdrawn,
    recorded_at
)
select
    %(submission_id)s,
    %(item_kind)s,
    %(item_id)s,
    given.reason,
    given.author,
    given.is_withdrawn,
    %(recorded_at)s
from
    given
left join newest
    on true
where
    (newest.reason, newest.author, newest.is_withdrawn) is distinct from (given.reason, given.author, given.is_withdrawn)
