-- What was decided about names, the newest for each. Grain: one row per name. No parameters.
with newest as (
    select distinct on (name_key)
        *
    from
        name_decision
    order by
        name_key,
        recorded_at desc
),

final as (
    select
        name_key,
        written_name,
        agency_id,
        reason,
        author,
        recorded_at
    from
        newest
    order by
        name_key
)

select * from final
