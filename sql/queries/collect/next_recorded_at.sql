-- The time that stamps the rows of this load: now, or just after the last load if the clock went back.
-- Parameters: now. Called inside the load lock, so that no commit appears later under an earlier time.
with final as (
    select
        greatest(%(now)s, max(recorded_at) + interval '1 microsecond') as recorded_at
    from
        load_step
)

select * from final
