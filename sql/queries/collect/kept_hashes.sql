-- Every file that was ever kept, once. Grain: one row per content. Parameters: none.
with final as (
    select distinct
        sha256
    from
        submission
)

select * from final order by sha256
