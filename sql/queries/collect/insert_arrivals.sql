-- Note which submission each staged file became. Content that its sender sent under this name before keeps its version.
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
)

insert into arrival (
    sender_id,
    file_name,
    size_bytes,
    modified_at,
    submission_id,
    version,
    received_at,
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
    %(recorded_at)s
from
    staged_arrival as staged
left join earlier
    using (sender_id, file_name)
left join first_same
    using (sender_id, file_name, submission_id)
order by
    staged.position
on conflict on constraint arrival_file_key do nothing
