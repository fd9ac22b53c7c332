-- The edition of each report and period that was made last, and from which runs. Grain: one row per report and period.
-- Parameters: none.
with final as (
    select distinct on (briefing.report, briefing.period_kind, briefing.period_end)
        briefing.report,
        briefing.period_kind,
        briefing.period_end,
        briefing.edition,
        briefing.state,
        edition_input.recorded_at as made_at,
        edition_input.scoring_run_id,
        edition_input.before_run_id
    from
        briefing
    inner join edition_input
        using (briefing_id)
    order by
        briefing.report,
        briefing.period_kind,
        briefing.period_end,
        edition_input.recorded_at desc
)

select * from final
