-- Note that staged files were taken out of the inbox: each was the last that came under its name.
-- Grain of the result: one row per arrival. Parameters: removed_at. Reads temporary table staged_arrival.
update arrival
set
    removed_at = %(removed_at)s
where
    arrival.arrival_id in (
        select
            newest.arrival_id
        from
            staged_arrival as staged
        cross join lateral last_arrival(staged.sender_id, staged.file_name) as newest
    )
