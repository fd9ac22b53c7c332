-- Note which submission each staged file became. Content that its sender sent under this name before keeps its version; one
-- that its sender returns to, after something else of the same period or a reopening, is noted as returned.
-- Grain of the result: one row per new arrival. Parameters: recorded_at. Reads temporary table staged_arrival.
with earlier as (
    select
        arrival.sender_id,
        arrival.file_name,
        count(distinct arrival.version) as versions
    from
        arrival
    inner join staged_arrival
        using (sender_id, file_name)
    group by
        arrival.sender_id,
        arrival.file_name
),

same as (
    select distinct
        arrival.sender_id,
        arrival.file_name,
        arrival.submission_id,
        arrival.version,
        arrival.received_at
    from
        arrival
    inner join staged_arrival
        using (sender_id, file_name, submission_id)
),

first_same as (
    select distinct on (sender_id, file_name, submission_id)
        *
    from
        same
    order by
        sender_id,
        file_name,
        submission_id,
        received_at
),

newest_of_name as (
    select
        staged.position,
        newest.submission_id,
        newest.size_bytes,
        newest.modified_at,
        newest.removed_at,
        coalesce(newest.returned_at, newest.received_at) as came_at
    from
        staged_arrival as staged
    cross join lateral last_arrival(staged.sender_id, staged.file_name) as newest
),

-- A name that held something else, or nothing, since: whatever an old time of change says, the file has come only now.
timed as (
    select
        staged.position,
        staged.sender_id,
        staged.submission_id,
        case
            when
                (newest.submission_id <> staged.submission_id or newest.removed_at is not null)
                and staged.received_at <= newest.came_at
                then %(recorded_at)s::timestamptz
            else staged.received_at
        end as came_at
    from
        staged_arrival as staged
    left join newest_of_name as newest
        using (position)
),

again as (
    select
        timed.*
    from
        timed
    inner join submission
        using (submission_id)
    where
        timed.came_at > submission.received_at
),

comings as (
    select
        submission.sender_id,
        coming.submission_id,
        coming.came_at
    from
        coming_as_known(null) as coming
    inner join submission
        using (submission_id)
    where
        submission.sender_id in (select again.sender_id from again)
    union all
    select
        sender_id,
        submission_id,
        came_at
    from
        again
),

periods as (
    select distinct on (submission_state.submission_id)
        submission_state.submission_id,
        submission_state.periods
    from
        submission_state
    where
        submission_state.submission_id in (select comings.submission_id from comings)
    order by
        submission_state.submission_id,
        submission_state.recorded_at desc
),

last_own as (
    select
        again.position,
        max(comings.came_at) as came_at
    from
        again
    inner join comings
        using (submission_id)
    where
        comings.came_at < again.came_at
    group by
        again.position
),

returned as (
    select
        again.position,
        again.came_at
    from
        again
    inner join last_own
        using (position)
    inner join periods as own
        using (submission_id)
    where
        exists (
            select
                1
            from
                comings as other
            inner join periods as told
                on told.submission_id = other.submission_id
            where
                other.sender_id = again.sender_id
                and other.submission_id <> again.submission_id
                and other.came_at between last_own.came_at and again.came_at
                -- What nobody has read yet may speak of any period.
                and (told.periods && own.periods or told.periods = '{}' or own.periods = '{}')
        )
        or exists (
            select
                1
            from
                reopening
            where
                reopening.agency_id = again.sender_id
                and reopening.recorded_at > last_own.came_at
                and reopening.recorded_at <= again.came_at
        )
)

insert into arrival (
    sender_id,
    file_name,
    size_bytes,
    modified_at,
    submission_id,
    version,
    received_at,
    returned_at,
    recorded_at
)
select
    staged.sender_id,
    staged.file_name,
    staged.size_bytes,
    staged.modified_at,
    staged.submission_id,
    coalesce(first_same.version, earlier.versions + 1, 1),
    coalesce(first_same.received_at, staged.received_at),
    returned.came_at,
    %(recorded_at)s
from
    staged_arrival as staged
left join earlier
    using (sender_id, file_name)
left join first_same
    using (sender_id, file_name, submission_id)
left join newest_of_name as newest
    using (position)
left join returned
    using (position)
where
    (newest.size_bytes, newest.modified_at) is distinct from (staged.size_bytes, staged.modified_at)
    or newest.removed_at is not null
order by
    staged.position
returning
    returned_at
