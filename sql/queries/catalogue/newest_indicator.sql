-- The newest version of every indicator ever loaded. Grain: one row per indicator_id.
with final as (
    select distinct on (indicator_id)
        indicator_id,
        name_vi,
        name_en,
        unit,
        kind,
        direction,
        min_step,
        aggregation,
        frequency,
        trajectory,
        source,
        confidence,
        resolution_code,
        lead_id,
        bodies,
        publication_lag_days,
        t0,
        weight,
        assumed,
        note,
        is_ended
    from
        indicator
    order by
        indicator_id,
        recorded_at desc
)

select * from final
