-- Periods that accepted reports speak of. Grain: one row per period. No parameters.
with reported as (
    select
        unnest(periods) as period
    from
        standing_submission
    where
        state in ('accepted', 'accepted_in_part')
),

final as (
    select distinct
        period
    from
        reported
    order by
        period
)

select * from final
