-- The newest version of every succession ever loaded. Grain: one row per predecessor_id.
with final as (
    select distinct on (predecessor_id)
        predecessor_id,
        successor_id,
        effective_on,
        source,
        confidence,
        is_ended
    from
        agency_succession
    order by
        predecessor_id,
        recorded_at desc
)

select * from final
