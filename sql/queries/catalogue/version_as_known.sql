-- The catalogue in force at a time; before the first that was kept, that one. Grain: at most one row.
-- Parameters: known_at (null: now).
with final as (
    select
        catalogue_sha256
    from
        catalogue_version
    order by
        (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s) desc,
        case when %(known_at)s::timestamptz is null or recorded_at <= %(known_at)s then recorded_at end desc,
        recorded_at
    limit 1
)

select * from final
