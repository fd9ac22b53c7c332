-- When the first load was recorded; null before any. Grain: one row. Parameters: none.
with final as (
    select
        min(recorded_at) as first_load_at
    from
        load_step
)

select * from final
