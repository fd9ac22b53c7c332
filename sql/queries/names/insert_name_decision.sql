-- Note a decision about a name, unless its newest says the same already.
-- Parameters: name_key, written_name, agency_id (null: it is no body), reason, author, recorded_at.
with newest as (
    select
        agency_id
    from
        name_decision
    where
        name_key = %(name_key)s
    order by
        recorded_at desc
    limit 1
)

insert into name_decision (
    name_key,
    written_name,
    agency_id,
    reason,
    author,
    recorded_at
)
select
    %(name_key)s,
    %(written_name)s,
    %(agency_id)s::text,
    %(reason)s,
    %(author)s,
    %(recorded_at)s
where
    not exists (select from newest where newest.agency_id is not distinct from %(agency_id)s::text)
