-- When a period closes was worked out anew from everything that anybody ever owed, several times a question: with ten years
-- of obligations that alone took longer than all the rest. It is kept where obligations are written, so that nobody who
-- writes them can forget it.

create table closing (
    item_kind text not null,
    item_id text not null,
    period_name text not null,
    period_kind text not null,
    period_end date not null,
    closes_at timestamptz not null,
    recorded_at timestamptz not null,
    constraint closing_pkey primary key (period_name, item_kind, item_id, recorded_at)
);
comment on table closing is
    'One row per item, period and load that wrote obligations of it: when the period closes by that load, for whoever it '
    'closes last.';

create function keep_closing()
returns trigger
language plpgsql
as $$
begin
    insert into closing (item_kind, item_id, period_name, period_kind, period_end, closes_at, recorded_at)
    select
        written.item_kind,
        written.item_id,
        written.period_name,
        min(written.period_kind),
        min(written.period_end),
        max(written.closes_at),
        written.recorded_at
    from
        written
    group by
        written.item_kind,
        written.item_id,
        written.period_name,
        written.recorded_at
    on conflict on constraint closing_pkey do update set
        closes_at = greatest(closing.closes_at, excluded.closes_at);
    return null;
end
$$;
comment on function keep_closing is 'Keeps in closing what obligations say that were just written.';

create trigger obligation_keeps_closing
after insert on obligation
referencing new table as written
for each statement
execute function keep_closing();

insert into closing (item_kind, item_id, period_name, period_kind, period_end, closes_at, recorded_at)
select
    item_kind,
    item_id,
    period_name,
    min(period_kind),
    min(period_end),
    max(closes_at),
    recorded_at
from
    obligation
group by
    item_kind,
    item_id,
    period_name,
    recorded_at;

create or replace function closing_as_known(seen_until timestamptz)
returns table (
    item_kind text, item_id text, period_name text, period_kind text, period_end date, closes_at timestamptz
)
language sql stable
as $$
    select distinct on (closing.item_kind, closing.item_id, closing.period_name)
        closing.item_kind,
        closing.item_id,
        closing.period_name,
        closing.period_kind,
        closing.period_end,
        closing.closes_at
    from
        closing
    where
        (seen_until is null or closing.recorded_at <= seen_until)
        -- Only periods that closed before anything came can shut it out.
        and closing.period_name in (
            select
                past.period_name
            from
                closing as past
            where
                past.closes_at <= greatest(
                    (select max(submission.received_at) from submission),
                    (
                        select
                            max(arrival.returned_at)
                        from
                            arrival
                        where
                            arrival.returned_at is not null
                            and (seen_until is null or arrival.recorded_at <= seen_until)
                    )
                )
        )
    order by
        closing.item_kind,
        closing.item_id,
        closing.period_name,
        closing.recorded_at desc
$$;
comment on function closing_as_known is
    'When the periods of items close that closed before anything came: one row per item and period.';

-- What came since the last run is asked for at every run.
create index submission_received_idx on submission (received_at);
create index arrival_returned_at_idx on arrival (returned_at) where returned_at is not null;
create index submission_state_recorded_idx on submission_state (recorded_at);
create index observation_recorded_idx on observation (recorded_at);
create index obligation_recorded_idx on obligation (recorded_at);
create index submission_state_periods_idx on submission_state using gin (periods);

drop function file_as_known(timestamptz);

create function file_as_known(seen_until timestamptz, named_periods text[] default null)
returns table (
    submission_id bigint,
    agency_id text,
    period_name text,
    state text,
    is_demonstration boolean,
    received_at timestamptz,
    is_retracted boolean,
    is_closed boolean
)
language sql stable
as $$
    with newest as (
        select distinct on (submission_state.submission_id)
            submission_state.*
        from
            submission_state
        where
            (seen_until is null or submission_state.recorded_at <= seen_until)
            and (
                named_periods is null
                or submission_state.submission_id in (
                    select
                        naming.submission_id
                    from
                        submission_state as naming
                    where
                        naming.periods && named_periods
                )
            )
        order by
            submission_state.submission_id,
            submission_state.recorded_at desc
    ),

    closing as (
        select
            closed.period_name,
            closed.closes_at
        from
            closing_as_known(seen_until) as closed
        where
            closed.item_kind = 'report'
    )

    select
        newest.submission_id,
        submission.sender_id,
        named.period_name,
        newest.state,
        newest.is_demonstration,
        coming.came_at,
        retracted.submission_id is not null,
        not is_taken(coming.came_at, closing.closes_at, reopened.reopened_at)
    from
        newest
    inner join submission
        on submission.submission_id = newest.submission_id
    inner join coming_as_known(seen_until) as coming
        on coming.submission_id = newest.submission_id
    cross join unnest(newest.periods) as named (period_name)
    left join closing
        on closing.period_name = named.period_name
    left join reopening_as_known(seen_until) as reopened
        on
            reopened.agency_id = submission.sender_id
            and reopened.period_name = named.period_name
    left join retraction_as_known(seen_until) as retracted
        on
            retracted.submission_id = newest.submission_id
            and retracted.item_kind = 'report'
    where
        newest.is_report
        and (named_periods is null or named.period_name = any(named_periods))
$$;
comment on function file_as_known is
    'Every report of some periods (null: of all) with its state, whether it was taken back and whether its period was closed '
    'to it: one row per report, period and time it came.';
