-- What the obligations of some periods were filled from. Grain: one row per period that was ever filled.
-- Parameters: period_names.
with final as (
    select
        period_name,
        basis,
        seen_until,
        judged_at
    from
        filled_period
    where
        period_name = any(%(period_names)s)
)

select * from final
