-- Whether a named person accepted a catalogue although it changes facts of the past. Grain: one row.
-- Parameters: catalogue_sha256.
with final as (
    select
        exists (
            select
            from
                journal
            where
                action = 'correct catalogue'
                and subject ->> 'catalogue_sha256' = %(catalogue_sha256)s
        ) as is_accepted
)

select * from final
