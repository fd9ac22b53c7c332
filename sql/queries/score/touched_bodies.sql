-- Whose scores of a period may have changed between two states of knowledge. Grain: one row per body; is_new_period tells
-- that something is owed for an item and period of which nobody owed anything before.
-- Parameters: last_day (figures and reports of periods that end after it play no part), since and until (what was recorded
-- after the one and not after the other is looked at), seen_at (files received after it were not there for the earlier).
with arrived as (
    select
        submission.submission_id
    from
        submission
    where
        submission.received_at > %(seen_at)s
),

answers as (
    select
        submission_id,
        agency_id,
        period_end,
        recorded_at
    from
        observation
    union all
    select
        submission_id,
        agency_id,
        period_end,
        recorded_at
    from
        task_report
),

states as (
    select
        submission_state.submission_id
    from
        submission_state
    where
        recorded_at > %(since)s
        and recorded_at <= %(until)s
    union all
    select
        submission_id
    from
        arrived
),

owed as (
    select
        fresh.agency_id,
        not exists (
            select
                1
            from
                obligation as known
            where
                known.period_name = fresh.period_name
                and known.item_kind = fresh.item_kind
                and known.item_id = fresh.item_id
                and known.recorded_at <= %(since)s
        ) as is_new_period
    from
        obligation as fresh
    where
        fresh.period_end <= %(last_day)s
        and fresh.recorded_at > %(since)s
        and fresh.recorded_at <= %(until)s
),

touched as (
    select
        agency_id,
        false as is_new_period
    from
        answers
    where
        period_end <= %(last_day)s
        and recorded_at <= %(until)s
        and (recorded_at > %(since)s or submission_id in (select submission_id from arrived))
    union all
    select
        submission.sender_id as agency_id,
        false as is_new_period
    from
        states
    inner join submission
        using (submission_id)
    union all
    select
        agency_id,
        is_new_period
    from
        owed
    union all
    select
        agency_id,
        false as is_new_period
    from
        waiver
    where
        recorded_at > %(since)s
        and recorded_at <= %(until)s
    union all
    select
        agency_id,
        false as is_new_period
    from
        reopening
    where
        recorded_at > %(since)s
        and recorded_at <= %(until)s
),

final as (
    select
        agency_id,
        bool_or(is_new_period) as is_new_period
    from
        touched
    group by
        agency_id
    order by
        agency_id
)

select * from final
