-- Note that staged files were taken out of the inbox: each was the last that came under its name.
-- Grain of the result: one row per arrival. Parameters: removed_at. Reads temporary table staged_arrival.
with newest as (
    select distinct on (arrival.sender_id, arrival.file_name)
        arrival.arrival_id
    from
        arrival
    inner join staged_arrival
        using (sender_id, file_name)
    order by
        arrival.sender_id,
        arrival.file_name,
        arrival.arrival_id desc
)

update arrival
set
    removed_at = %(removed_at)s
where
    arrival.arrival_id in (select newest.arrival_id from newest)
