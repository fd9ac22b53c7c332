-- Remove decisions of named persons on documents, and the documents' numbers from the journal.
-- Grain of the result: one row per decision. Parameters: verification_ids.
with gone as (
    select
        document_verification_id,
        agency_id,
        item_id,
        document
    from
        document_verification
    where
        document_verification_id = any(%(verification_ids)s)
),

forgotten as (
    update journal set
        subject = journal.subject - 'document'
    from
        gone
    where
        journal.action = 'verify document'
        and journal.subject ->> 'agency_id' = gone.agency_id
        and journal.subject ->> 'item_id' = gone.item_id
        and journal.subject ->> 'document' = gone.document
)

delete from document_verification
using
    gone
where
    document_verification.document_verification_id = gone.document_verification_id
