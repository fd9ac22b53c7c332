-- Which migrations were applied. Grain: one row per migration. Parameters: none.
with final as (
    select
        number,
        sha256
    from
        schema_migration
    order by
        number
)

select * from final
