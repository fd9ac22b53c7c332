-- What receipts must say and do not say yet. Grain: one row per arrival whose receipt is open. Parameters: limit.
with owed as (
    select
        arrival.*,
        newest.state
    from
        arrival
    cross join lateral (
        select
            submission_state.state
        from
            submission_state
        where
            submission_state.submission_id = arrival.submission_id
        order by
            submission_state.recorded_at desc
        limit 1
    ) as newest
    where
        (arrival.told_state is null or arrival.told_state = 'received')
        and arrival.told_state is distinct from newest.state
    order by
        arrival.arrival_id
    limit %(limit)s
),

told_finding as (
    select
        submission_id,
        count(*) filter (where severity <> 'note') as findings,
        array_agg(text_vi || ' ' || action_vi order by finding_id) filter (where severity = 'block' and cell is null) as reasons,
        array_agg(text_vi || ' ' || action_vi order by finding_id) filter (where severity <> 'note') as to_mend
    from
        newest_finding(null)
    where
        submission_id in (select owed.submission_id from owed)
        and not is_withdrawn
    group by
        submission_id
),

final as (
    select
        owed.arrival_id,
        owed.sender_id,
        owed.file_name,
        owed.version,
        owed.received_at,
        owed.returned_at,
        owed.submission_id,
        owed.state,
        owed.told_state,
        submission.file_name as first_name,
        submission.sha256,
        submission.size_bytes,
        coalesce(told_finding.findings, 0) as findings,
        coalesce(told_finding.reasons, '{}') as reasons,
        coalesce(told_finding.to_mend, '{}') as to_mend
    from
        owed
    inner join submission
        using (submission_id)
    left join told_finding
        using (submission_id)
)

select * from final order by arrival_id
