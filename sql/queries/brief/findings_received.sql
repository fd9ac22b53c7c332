-- Findings that stand on files of a period, or on all files received in a span of time. Grain: one row per finding.
-- Parameters: period_name (null: of any period), first_at and last_at (null: without that end; the first is left out),
-- known_at (null: all that is known).
with final as (
    select
        standing_submission.sender_id,
        standing_submission.file_name,
        standing_submission.sha256,
        standing_submission.received_at,
        newest.sheet,
        newest.cell,
        newest.severity,
        newest.check_code,
        newest.raw_value,
        newest.text_vi,
        newest.action_vi,
        newest.submission_id
    from
        newest_finding(%(known_at)s::timestamptz) as newest
    inner join standing_submission
        using (submission_id)
    where
        not newest.is_withdrawn
        and (%(period_name)s::text is null or %(period_name)s = any(standing_submission.periods))
        and (%(first_at)s::timestamptz is null or standing_submission.received_at > %(first_at)s)
        and (%(last_at)s::timestamptz is null or standing_submission.received_at <= %(last_at)s)
    order by
        array_position(array['block', 'justify', 'warn', 'note'], newest.severity),
        standing_submission.sender_id,
        standing_submission.file_name,
        newest.sheet,
        length(newest.cell),
        newest.cell,
        newest.check_code
)

select * from final
