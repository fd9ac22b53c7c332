-- What named persons found of documents by which these submissions prove something. Grain: one row per decision.
-- Parameters: submission_ids.
with answered as (
    select
        agency_id,
        task_id as item_id
    from
        task_report
    where
        submission_id = any(%(submission_ids)s)
    union
    select
        agency_id,
        indicator_id
    from
        observation
    where
        submission_id = any(%(submission_ids)s)
),

final as (
    select
        document_verification.document_verification_id,
        document_verification.agency_id,
        document_verification.item_id,
        document_verification.document_key
    from
        document_verification
    inner join answered
        using (agency_id, item_id)
)

select * from final
