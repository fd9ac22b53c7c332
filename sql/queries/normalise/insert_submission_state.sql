-- Note where a submission stands, if that differs from its newest state.
-- Parameters: submission_id, state, periods, document, catalogue_sha256, recorded_at.
with newest as (
    select
        state,
        periods,
        document,
        catalogue_sha256
    from
        submission_state
    where
        submission_id = %(submission_id)s
    order by
        recorded_at desc
    limit 1
),

given as (
    select
        %(state)s::text as state,
        %(periods)s::text[] as periods,
        %(document)s::text as document,
        %(catalogue_sha256)s::text as catalogue_sha256
)

insert into submission_state (
    submission_id,
    state,
    periods,
    document,
    catalogue_sha256,
    recorded_at
)
select
    %(submission_id)s,
    given.state,
    given.periods,
    given.document,
    given.catalogue_sha256,
    %(recorded_at)s
from
    given
left join newest
    on true
where
    (newest.state, newest.periods, newest.document, newest.catalogue_sha256)
    is distinct from (given.state, given.periods, given.document, given.catalogue_sha256)
