-- Findings that stood on some files, as known at a time, worst first. Grain: one row per finding.
-- Parameters: submission_ids, known_at (null: all that is known).
with final as (
    select
        submission_id,
        severity,
        check_code,
        sheet,
        cell,
        raw_value,
        text_vi,
        action_vi
    from
        newest_finding(%(known_at)s::timestamptz)
    where
        submission_id = any(%(submission_ids)s::bigint[])
        and not is_withdrawn
    order by
        array_position(array['block', 'justify', 'warn', 'note'], severity),
        submission_id,
        sheet,
        length(cell),
        cell,
        check_code
)

select * from final
