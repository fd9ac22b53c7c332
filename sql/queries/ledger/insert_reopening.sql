-- Reopen a period of a body, unless the same author did so for the same reason.
-- Parameters: agency_id, period_name, reason, author, recorded_at.
with given as (
    select
        %(agency_id)s::text as agency_id,
        %(period_name)s::text as period_name,
        %(reason)s::text as reason,
        %(author)s::text as author
)

insert into reopening (
    agency_id,
    period_name,
    reason,
    author,
    recorded_at
)
select
    given.agency_id,
    given.period_name,
    given.reason,
    given.author,
    %(recorded_at)s
from
    given
left join reopening
    using (agency_id, period_name, reason, author)
where
    reopening.reopening_id is null
