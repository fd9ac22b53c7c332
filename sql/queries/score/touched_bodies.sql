-- Whose scores of a period may have changed between two states of knowledge. Grain: one row per body; reaches_all tells
-- that it concerns others, too: something is owed for an item and period of which nobody owed anything before, a period
-- closes at another time for all bodies, or a purge took away what nobody can name any more.
-- Parameters: last_day (figures and reports of periods that end after it play no part), since and until (what was recorded
-- after the one and not after the other is looked at), seen_at (files received after it were not there for the earlier,
-- nor what came back after it).
with arrived as (
    select
        submission.submission_id
    from
        submission
    where
        submission.received_at > %(seen_at)s
    union
    select
        arrival.submission_id
    from
        arrival
    where
        arrival.returned_at is not null
        and arrival.recorded_at <= %(until)s
        and (arrival.recorded_at > %(since)s or arrival.returned_at > %(seen_at)s)
),

answers as (
    select submission_id, agency_id, period_end, recorded_at from observation
    union all
    select submission_id, agency_id, period_end, recorded_at from task_report
),

-- What is recorded of a file or a body that changes what of its answers counts.
decided as (
    select submission_id, null::text as agency_id, false as reaches_all, false as is_retraction, recorded_at
    from submission_state
    union all
    select submission_id, null, false, true, recorded_at from retraction
    union all
    select null, agency_id, false, false, recorded_at from waiver
    union all
    select null, agency_id, false, false, recorded_at from reopening
    union all
    select null, agency_id, false, false, recorded_at from document_verification
    union all
    select null, agency_id, false, false, recorded_at from baseline_decision
    union all
    select null, sender_id, true, false, recorded_at from tombstone
),

decided_since as (
    select
        *
    from
        decided
    where
        recorded_at > %(since)s
        and recorded_at <= %(until)s
),

closed_anew as (
    select
        item_kind,
        item_id,
        period_name,
        closes_at
    from
        closing_as_known(%(until)s::timestamptz)
    except
    select
        item_kind,
        item_id,
        period_name,
        closes_at
    from
        closing_as_known(%(since)s::timestamptz)
),

owed as (
    select
        fresh.agency_id,
        (fresh.item_kind, fresh.item_id, fresh.period_name) in (select item_kind, item_id, period_name from closed_anew)
        or not exists (
            select
                1
            from
                obligation as known
            where
                known.period_name = fresh.period_name
                and known.item_kind = fresh.item_kind
                and known.item_id = fresh.item_id
                and known.recorded_at <= %(since)s
        ) as reaches_all
    from
        obligation as fresh
    where
        fresh.period_end <= %(last_day)s
        and fresh.recorded_at > %(since)s
        and fresh.recorded_at <= %(until)s
),

-- Files whose answers, whenever they were read, began or ceased to count.
turned as (
    select submission_id from arrived
    union
    select submission_id from decided_since where is_retraction
),

-- A branch for each way, as each has an index of its own.
touched as (
    select
        agency_id,
        false as reaches_all
    from
        answers
    where
        recorded_at > %(since)s
        and recorded_at <= %(until)s
        and period_end <= %(last_day)s
    union all
    select
        answers.agency_id,
        false as reaches_all
    from
        turned
    inner join answers
        using (submission_id)
    where
        answers.recorded_at <= %(until)s
        and answers.period_end <= %(last_day)s
    union all
    select
        submission.sender_id as agency_id,
        false as reaches_all
    from
        (
            select submission_id from decided_since where submission_id is not null
            union
            select submission_id from arrived
        ) as moved
    inner join submission
        using (submission_id)
    union all
    select agency_id, reaches_all from decided_since where agency_id is not null
    union all
    select agency_id, reaches_all from owed
),

final as (
    select
        agency_id,
        bool_or(reaches_all) as reaches_all
    from
        touched
    group by
        agency_id
    order by
        agency_id
)

select * from final
