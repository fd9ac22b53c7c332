-- Whether the tables of this stage are there: before its migration they are not. Grain: one row. Parameters: none.
with final as (
    select
        to_regclass('installation_kind') is not null as holds_tables
)

select * from final
