-- The period each report was scored for last. Grain: one row per report. Parameters: none.
with final as (
    select distinct on (report)
        report,
        period_kind,
        period_end
    from
        scoring_run
    order by
        report,
        period_end desc,
        scoring_run_id desc
)

select * from final
