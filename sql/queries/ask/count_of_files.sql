-- How many files were received and read. Grain: one row. Parameters: period (null: of any period, or of none that is known).
with final as (
    select
        count(*) as files
    from
        standing_submission
    where
        %(period)s::text is null
        or %(period)s = any(periods)
)

select * from final
