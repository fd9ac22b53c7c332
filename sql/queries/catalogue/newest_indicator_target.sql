-- The newest version of every indicator target ever loaded. Grain: one row per indicator_id, year.
with final as (
    select distinct on (indicator_id, year)
        indicator_id,
        year,
        operator,
        value,
        low,
        high,
        is_ended
    from
        indicator_target
    order by
        indicator_id,
        year,
        recorded_at desc
)

select * from final
