-- Under which name the staged files are known. Grain: one row per submission. Reads temporary table staged_submission.
with final as (
    select distinct
        submission.submission_id,
        submission.sender_id,
        submission.sha256,
        submission.file_name
    from
        submission
    inner join staged_submission
        using (sender_id, sha256)
)

select * from final
