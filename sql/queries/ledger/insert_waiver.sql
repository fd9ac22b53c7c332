-- Waive an obligation or withdraw its waiver, unless its newest decision says the same already.
-- Parameters: agency_id, item_kind, item_id, period_name, reason, author, is_withdrawn, recorded_at.
with newest as (
    select
        reason,
        author,
        is_withdrawn
    from
        waiver
    where
        period_name = %(period_name)s
        and agency_id = %(agency_id)s
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

insert into waiver (
    agency_id,
    item_kind,
    item_id,
    period_name,
    reason,
    author,
    is_withdrawn,
    recorded_at
)
select
    %(agency_id)s,
    %(item_kind)s,
    %(item_id)s,
    %(period_name)s,
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
