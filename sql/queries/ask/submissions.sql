-- The files of a period as they stand. Grain: one row per submission.
-- Parameters: period, known_at (null: all that is known).
with final as (
    select
        sender_id,
        file_name,
        sha256,
        state,
        document
    from
        submission_as_known(%(known_at)s::timestamptz)
    where
        state is not null
        and %(period)s = any(periods)
    order by
        file_name,
        sha256
)

select * from final
