-- Every report that stands for a body and a period, as known at a time: of these the latest of a body tells what it asks
-- for now, also where it asks for nothing (standing_file has the rule). Grain: one row per body and period.
-- Parameters: known_at (null: all that is known).
with final as (
    select
        agency_id,
        period_name,
        submission_id
    from
        standing_file(%(known_at)s::timestamptz)
    order by
        agency_id,
        period_name
)

select * from final
