-- Findings that stand, worst first: on all files, on some, on those of a period, or on those received in a span of time.
-- Grain: one row per finding.
-- Parameters: submission_ids (null: of any file), period_name (null: of any period), with_unread (with a period: files of
-- no known period too), severities, first_at and last_at (null: without that end; the first is left out),
-- known_at (null: all that is known).
with final as (
    select
        file.sender_id,
        file.file_name,
        file.sha256,
        file.received_at,
        newest.sheet,
        newest.cell,
        newest.severity,
        newest.check_code,
        newest.raw_value,
        newest.text_vi,
        newest.action_vi,
        newest.submission_id,
        newest.details
    from
        newest_finding(%(known_at)s::timestamptz) as newest
    inner join submission_as_known(%(known_at)s::timestamptz) as file
        using (submission_id)
    where
        file.state is not null
        and not newest.is_withdrawn
        and newest.severity = any(%(severities)s)
        and (%(submission_ids)s::bigint[] is null or newest.submission_id = any(%(submission_ids)s::bigint[]))
        and (
            %(period_name)s::text is null
            or %(period_name)s = any(file.periods)
            or (%(with_unread)s and file.periods = '{}')
        )
        and (%(first_at)s::timestamptz is null or file.received_at > %(first_at)s)
        and (%(last_at)s::timestamptz is null or file.received_at <= %(last_at)s)
    order by
        array_position(array['block', 'justify', 'warn', 'note'], newest.severity),
        file.sender_id,
        file.file_name,
        newest.sheet,
        length(newest.cell),
        newest.cell,
        newest.check_code
)

select * from final
