-- What named persons found of documents that prove things to be done, as known at a time; what was withdrawn is left out.
-- Grain: one row per body, item and document. Parameters: known_at (null: all that is known).
with final as (
    select
        agency_id,
        item_id,
        document,
        document_key,
        verdict,
        issued_on,
        source,
        author,
        recorded_at
    from
        newest_document_verification(%(known_at)s::timestamptz)
    where
        verdict <> 'withdrawn'
    order by
        agency_id,
        item_id,
        document_key
)

select * from final
