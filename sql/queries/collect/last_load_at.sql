-- When the newest load was recorded; null before any. Grain: one row. Parameters: none.
with final as (
    select
        max(recorded_at) as last_load_at
    from
        load_step
)

select * from final
