-- The newest version of every commune ever loaded. Grain: one row per commune_code.
with final as (
    select distinct on (commune_code)
        commune_code,
        name_vi,
        kind,
        province_id,
        is_ended
    from
        commune
    order by
        commune_code,
        recorded_at desc
)

select * from final
