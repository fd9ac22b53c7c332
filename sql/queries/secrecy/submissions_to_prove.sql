-- Every submission with the hash its bytes must have, and since when they are only held: refused files alone are.
-- Grain: one row per submission. Parameters: none.
with final as (
    select
        submission_id,
        standing_submission.sender_id,
        standing_submission.sha256,
        case when standing_submission.state = 'rejected' then held_submission.recorded_at end as held_since
    from
        standing_submission
    left join held_submission
        using (submission_id)
    order by
        submission_id
)

select * from final
