-- What was known of a table of versions at a time, said once: the newest row of each key among those recorded by then.
-- newest_finding(seen_until) and its like are plain queries to the planner, which looks through them to the indexes.

do $$
declare
    grain record;
begin
    for grain in
        select
            *
        from
            (
                values
                    ('finding', 'submission_id, scope, fingerprint'),
                    ('obstacle', 'submission_id, agency_id, period_kind, period_end, number'),
                    ('request', 'submission_id, agency_id, period_kind, period_end, number'),
                    ('obligation', 'period_name, agency_id, item_kind, item_id'),
                    ('waiver', 'period_name, agency_id, item_kind, item_id'),
                    ('verification', 'agency_id, indicator_id, period_name')
            ) as listed (name, key)
    loop
        execute format(
            'create function newest_%1$s(seen_until timestamptz)
            returns setof %1$I
            language sql stable
            as $body$
                select distinct on (%2$s)
                    *
                from
                    %1$I
                where
                    seen_until is null
                    or recorded_at <= seen_until
                order by
                    %2$s,
                    recorded_at desc
            $body$',
            grain.name,
            grain.key
        );
        execute format(
            'comment on function newest_%1$s is %2$L',
            grain.name,
            format('The newest row known at a time (null: of all), ended ones too. One row per %s.', grain.key)
        );
    end loop;
end
$$;

create function submission_as_known(seen_until timestamptz)
returns table (
    submission_id bigint,
    sender_id text,
    file_name text,
    sha256 text,
    received_at timestamptz,
    state text,
    periods text[],
    is_demonstration boolean
)
language sql stable
as $$
    select
        submission.submission_id,
        submission.sender_id,
        submission.file_name,
        submission.sha256,
        submission.received_at,
        newest.state,
        newest.periods,
        newest.is_demonstration
    from
        submission
    -- Mostly few files are asked for: looked up one by one, the states of all others stay unread.
    left join lateral (
        select
            submission_state.*
        from
            submission_state
        where
            submission_state.submission_id = submission.submission_id
            and (seen_until is null or submission_state.recorded_at <= seen_until)
        order by
            submission_state.recorded_at desc
        limit 1
    ) as newest
        on true
$$;
comment on function submission_as_known is
    'One row per submission with its newest state known at a time; without one where none was known yet.';

create function standing_report(seen_until timestamptz)
returns table (submission_id bigint, received_at timestamptz, is_demonstration boolean)
language sql stable
as $$
    select distinct
        standing.submission_id,
        standing.received_at,
        standing.is_demonstration
    from
        standing_file(seen_until) as standing
$$;
comment on function standing_report is 'The files that stand for a body and some period of theirs. One row per file.';
