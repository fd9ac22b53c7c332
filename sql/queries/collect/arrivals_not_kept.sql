-- Which of the listed files were never kept as they are now: not the last that came under their name, or taken out of the
-- inbox since and there again. Grain: one row per staged file. Parameters: none. Reads temporary table staged_arrival.
with newest as (
    select distinct on (arrival.sender_id, arrival.file_name)
        arrival.sender_id,
        arrival.file_name,
        arrival.size_bytes,
        arrival.modified_at,
        arrival.removed_at
    from
        arrival
    inner join staged_arrival
        using (sender_id, file_name)
    order by
        arrival.sender_id,
        arrival.file_name,
        arrival.arrival_id desc
),

final as (
    select
        staged.position
    from
        staged_arrival as staged
    left join newest
        using (sender_id, file_name)
    where
        (newest.size_bytes, newest.modified_at) is distinct from (staged.size_bytes, staged.modified_at)
        or newest.removed_at is not null
)

select * from final order by position
