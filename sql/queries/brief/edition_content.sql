-- What an edition was made of besides its runs, and what it says. Grain: at most one row. Parameters: briefing_id.
with final as (
    select
        language,
        catalogue_sha256,
        renderer_sha256,
        seen_until,
        view_model
    from
        edition_content
    where
        briefing_id = %(briefing_id)s
)

select * from final
