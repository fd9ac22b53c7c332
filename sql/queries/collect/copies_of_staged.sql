-- Under which other names the content of the staged files came. Grain: one row per submission and other name.
-- One under which its sender returned to it is no mere copy. Parameters: none. Reads temporary table staged_arrival.
with final as (
    select distinct
        arrival.submission_id,
        arrival.file_name,
        submission.file_name as first_name
    from
        arrival
    inner join submission
        using (submission_id)
    where
        arrival.submission_id in (select staged_arrival.submission_id from staged_arrival)
        and arrival.file_name <> submission.file_name
        and arrival.returned_at is null
)

select * from final order by submission_id, file_name
