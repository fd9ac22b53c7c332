-- Which of the listed files were never kept as they are now. Grain: one row per staged file. Parameters: none.
-- Reads temporary table staged_arrival.
with final as (
    select
        staged.position
    from
        staged_arrival as staged
    left join arrival
        using (sender_id, file_name, size_bytes, modified_at)
    where
        arrival.arrival_id is null
)

select * from final order by position
