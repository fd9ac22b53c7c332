-- When the newest row was recorded that scores of resolutions can depend on; null when nothing is known. What a purge took
-- away is known no more.
-- Parameters: last_day (figures and reports of periods that end after it play no part), known_at (null: no limit).
with latest as (
    select
        coalesce(%(known_at)s::timestamptz, 'infinity') as known_at
),

final as (
    select
        greatest(
            (
                select max(recorded_at) from observation
                where
                    period_end <= %(last_day)s
                    and (
                        form = 'body_report'
                        or indicator_id in (select indicator_id from indicator where resolution_code is not null)
                    )
                    and recorded_at <= latest.known_at
            ),
            (select max(recorded_at) from task_report where period_end <= %(last_day)s and recorded_at <= latest.known_at),
            (select max(recorded_at) from obligation where period_end <= %(last_day)s and recorded_at <= latest.known_at),
            (select max(recorded_at) from submission_state where recorded_at <= latest.known_at),
            (select max(recorded_at) from arrival where returned_at is not null and recorded_at <= latest.known_at),
            (select max(recorded_at) from waiver where recorded_at <= latest.known_at),
            (select max(recorded_at) from reopening where recorded_at <= latest.known_at),
            (select max(recorded_at) from baseline_decision where recorded_at <= latest.known_at),
            (select max(recorded_at) from retraction where recorded_at <= latest.known_at),
            (select max(recorded_at) from document_verification where recorded_at <= latest.known_at),
            (select max(recorded_at) from tombstone where recorded_at <= latest.known_at)
        ) as known_at
    from
        latest
)

select * from final
