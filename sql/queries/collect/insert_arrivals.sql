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

-- Files of a sender speak of the same where they share a period; what nobody has read yet ('' in its pool) may speak of any
-- ('*' is the pool of all). Beside what came stand the questions: each return at its own last coming and at its new one.
pooled as (
    select
        comings.sender_id,
        pools.pool,
        comings.submission_id,
        comings.came_at,
        1 as comes,
        null::integer as position,
        null::boolean as is_end
    from
        comings
    inner join periods
        using (submission_id)
    cross join lateral (
        select '*' as pool
        union all
        select '' where periods.periods = '{}'
        union all
        select unnest(periods.periods)
    ) as pools
    union all
    select
        again.sender_id,
        pools.pool,
        again.submission_id,
        moments.came_at,
        0 as comes,
        again.position,
        moments.is_end
    from
        again
    inner join last_own
        using (position)
    inner join periods
        using (submission_id)
    cross join lateral (
        select '' as pool
        union all
        select '*' where periods.periods = '{}'
        union all
        select unnest(periods.periods)
    ) as pools
    cross join lateral (values (last_own.came_at, false), (again.came_at, true)) as moments (came_at, is_end)
),

-- How much came of others until then, and before: counted along each pool once, as a whole inbox may return at once.
counted as (
    select
        position,
        pool,
        is_end,
        sum(comes) over until_then - sum(comes) over own_until_then as others_until_then,
        coalesce(sum(comes) over before, 0) - coalesce(sum(comes) over own_before, 0) as others_before
    from
        pooled
    window
        until_then as (partition by sender_id, pool order by came_at),
        own_until_then as (partition by sender_id, pool, submission_id order by came_at),
        before as (partition by sender_id, pool order by came_at range unbounded preceding exclude group),
        own_before as (
            partition by sender_id, pool, submission_id order by came_at range unbounded preceding exclude group
        )
),

after_others as (
    select distinct
        position
    from
        counted
    where
        position is not null
    group by
        position,
        pool
    having
        max(others_until_then) filter (where is_end) > max(others_before) filter (where not is_end)
),

returned as (
    select
        again.position,
        again.came_at
    from
        again
    inner join last_own
        using (position)
    inner join periods
        using (submission_id)
    left join after_others
        using (position)
    where
        after_others.position is not null
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
