-- The scores of bodies of one scoring run. Grain: one row per body and indicator. Parameters: scoring_run_id.
with final as (
    select
        agency_id,
        indicator_id,
        observed,
        planned,
        attainment_raw_pct,
        attainment_pct,
        expected_fraction,
        lag_days,
        progress_score,
        timeliness_score,
        status,
        flags
    from
        score
    where
        scoring_run_id = %(scoring_run_id)s
    order by
        indicator_id,
        agency_id
)

select * from final
