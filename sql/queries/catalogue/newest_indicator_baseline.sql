-- The newest version of every indicator baseline ever loaded. Grain: one row per indicator_id.
with final as (
    select distinct on (indicator_id)
        indicator_id,
        value,
        as_at,
        source,
        confidence,
        is_ended
    from
        indicator_baseline
    order by
        indicator_id,
        recorded_at desc
)

select * from final
