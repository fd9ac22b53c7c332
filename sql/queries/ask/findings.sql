-- Findings that stand, worst first. Grain: one row per finding. Parameters: period (null: all), severities.
with final as (
    select
        standing_submission.sender_id,
        standing_submission.file_name,
        standing_submission.sha256,
        newest.sheet,
        newest.cell,
        newest.severity,
        newest.check_code,
        newest.raw_value,
        newest.text_vi,
        newest.action_vi,
        newest.details,
        newest.submission_id
    from
        newest_finding(null) as newest
    inner join standing_submission
        using (submission_id)
    where
        not newest.is_withdrawn
        and newest.severity = any(%(severities)s)
        and (%(period)s::text is null or %(period)s = any(standing_submission.periods) or standing_submission.periods = '{}')
    order by
        array_position(array['block', 'justify', 'warn', 'note'], newest.severity),
        standing_submission.file_name,
        newest.sheet,
        length(newest.cell),
        newest.cell,
        newest.check_code
)

select * from final
