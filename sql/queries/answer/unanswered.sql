-- Files that were read, or refused, and whose sender was not answered yet. Grain: one row per submission.
-- Parameters: since (what came before is not answered in hindsight).
with final as (
    select
        standing_submission.submission_id,
        standing_submission.sender_id,
        standing_submission.file_name,
        standing_submission.sha256,
        standing_submission.received_at,
        standing_submission.state,
        standing_submission.is_demonstration
    from
        standing_submission
    left join answer
        using (submission_id)
    where
        answer.submission_id is null
        and standing_submission.state in ('accepted', 'accepted_in_part', 'rejected')
        and standing_submission.received_at >= %(since)s
    order by
        standing_submission.submission_id
)

select * from final
