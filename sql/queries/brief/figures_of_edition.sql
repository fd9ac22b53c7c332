-- The numbers that an edition printed, in the order in which they were made. Grain: one row per figure.
-- Parameters: briefing_id.
with final as (
    select
        figure_id,
        printed_text,
        value,
        unit,
        rule,
        about,
        place,
        sources
    from
        figure
    where
        briefing_id = %(briefing_id)s
    order by
        length(figure_id),
        figure_id
)

select * from final
