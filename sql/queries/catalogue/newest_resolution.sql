-- The newest version of every resolution ever loaded. Grain: one row per resolution_code.
with final as (
    select distinct on (resolution_code)
        resolution_code,
        number,
        issued_on,
        issued_on_confidence,
        title_vi,
        title_en,
        steering,
        focal_agency_id,
        confidence,
        is_ended
    from
        resolution
    order by
        resolution_code,
        recorded_at desc
)

select * from final
