-- When the newest row was recorded that scores of resolutions can depend on; null when nothing is known.
-- Parameters: last_day (figures and reports of periods that end after it play no part), known_at (null: no limit).
with times as (
    select
        max(recorded_at) as recorded_at
    from
        observation
    where
        period_end <= %(last_day)s
        and (
            form = 'body_report'
            or indicator_id in (select indicator_id from indicator where resolution_code is not null)
        )
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    union all
    select
        max(recorded_at) as recorded_at
    from
        task_report
    where
        period_end <= %(last_day)s
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    union all
    select
        max(recorded_at) as recorded_at
    from
        submission_state
    where
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    union all
    select
        max(recorded_at) as recorded_at
    from
        obligation
    where
        period_end <= %(last_day)s
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    union all
    select
        max(recorded_at) as recorded_at
    from
        waiver
    where
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    union all
    select
        max(recorded_at) as recorded_at
    from
        reopening
    where
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    union all
    select
        max(recorded_at) as recorded_at
    from
        retraction
    where
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    union all
    select
        max(recorded_at) as recorded_at
    from
        arrival
    where
        returned_at is not null
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    -- What a purge took away is known no more.
    union all
    select
        max(recorded_at) as recorded_at
    from
        tombstone
    where
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
),

final as (
    select
        max(recorded_at) as known_at
    from
        times
)

select * from final
