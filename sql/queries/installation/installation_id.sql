-- The id that the state folder of this database bears, too. Grain: at most one row. Parameters: none.
with final as (
    select
        installation_id
    from
        installation
)

select * from final
