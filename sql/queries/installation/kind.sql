-- Whether this database holds a demonstration or an installation. Grain: at most one row. Parameters: none.
with final as (
    select
        kind
    from
        installation_kind
)

select * from final
