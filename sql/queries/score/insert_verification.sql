-- Note what a verification found, unless the newest says the same already.
-- Parameters: agency_id, indicator_id, period_kind, period_end, period_name, found, source, author, recorded_at.
with newest as (
    select
        found,
        source,
        author
    from
        verification
    where
        agency_id = %(agency_id)s
        and indicator_id = %(indicator_id)s
        and period_name = %(period_name)s
    order by
        recorded_at desc
    limit 1
),

given as (
    select
        %(found)s::numeric as found,
        %(source)s::text as source,
        %(author)s::text as author
)

insert into verification (
    agency_id,
    indicator_id,
    period_kind,
    period_end,
    period_name,
    found,
    source,
    author,
    recorded_at
)
select
    %(agency_id)s,
    %(indicator_id)s,
    %(period_kind)s,
    %(period_end)s,
    %(period_name)s,
    given.found,
    given.source,
    given.author,
    %(recorded_at)s
from
    given
left join newest
    on true
where
    (newest.found, newest.source, newest.author) is distinct from (given.found, given.source, given.author)
