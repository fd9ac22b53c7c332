-- Findings that stood on some files, as known at a time, worst first. Grain: one row per finding.
-- Parameters: submission_ids, known_at (null: all that is known).
with newest as (
    select distinct on (submission_id, scope, fingerprint)
        *
    from
        finding
    where
        submission_id = any(%(submission_ids)s::bigint[])
        and (%(known_at)s::timestamptz is null or recorded_at <= %(known_at)s)
    order by
        submission_id,
        scope,
        fingerprint,
        recorded_at desc
),

final as (
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
        newest
    where
        not is_withdrawn
    order by
        array_position(array['block', 'justify', 'warn', 'note'], severity),
        submission_id,
        sheet,
        length(cell),
        cell,
        check_code
)

select * from final
