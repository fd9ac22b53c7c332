-- What an edition's PDF has to be, and how far the edition has come. Grain: one row per time it was stored with other bytes.
-- Parameters: edition.
with final as (
    select
        briefing.report,
        briefing.state,
        briefing.pdf_sha256
    from
        briefing
    where
        briefing.edition = %(edition)s
    order by
        briefing.recorded_at desc,
        briefing.briefing_id desc
)

select * from final
