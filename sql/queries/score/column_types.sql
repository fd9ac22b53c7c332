-- The type of each column of a table. Grain: one row per column. Parameters: table_name.
with final as (
    select
        attname as column_name,
        format_type(atttypid, null) as type_name
    from
        pg_attribute
    where
        attrelid = to_regclass(%(table_name)s)
        and attnum > 0
        and not attisdropped
)

select * from final
