-- Which of the listed files were never kept as they are now: not the last that came under their name, or taken out of the
-- inbox since and there again. Grain: one row per staged file. Parameters: none. Reads temporary table staged_arrival.
with final as (
    select
        staged.position
    from
        staged_arrival as staged
    left join lateral last_arrival(staged.sender_id, staged.file_name) as newest
        on true
    where
        (newest.size_bytes, newest.modified_at) is distinct from (staged.size_bytes, staged.modified_at)
        or newest.removed_at is not null
)

select * from final order by position
