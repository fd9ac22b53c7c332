-- The files of a period as they stand. Grain: one row per submission. Parameters: period.
with final as (
    select
        sender_id,
        file_name,
        sha256,
        state,
        document
    from
        standing_submission
    where
        %(period)s = any(periods)
    order by
        file_name,
        sha256
)

select * from final
