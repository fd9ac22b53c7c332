-- Note from which runs an edition was made, unless that is what was noted last.
-- Parameters: briefing_id, scoring_run_id, before_run_id (null: there was none), recorded_at.
with newest as (
    select
        scoring_run_id,
        before_run_id
    from
        edition_input
    where
        briefing_id = %(briefing_id)s
    order by
        recorded_at desc
    limit 1
),

given as (
    select
        %(scoring_run_id)s::bigint as scoring_run_id,
        %(before_run_id)s::bigint as before_run_id
)

insert into edition_input (
    briefing_id,
    scoring_run_id,
    before_run_id,
    recorded_at
)
select
    %(briefing_id)s,
    given.scoring_run_id,
    given.before_run_id,
    %(recorded_at)s
from
    given
where
    not exists (
        select
            1
        from
            newest
        where
            (newest.scoring_run_id, newest.before_run_id) is not distinct from (given.scoring_run_id, given.before_run_id)
    )
