-- The server's clock and version, and whether our migrations' table is there. Grain: one row. Parameters: none.
with final as (
    select
        clock_timestamp() as server_now,
        current_setting('server_version_num')::integer as server_version,
        to_regclass('schema_migration') is not null as has_migrations
)

select * from final
