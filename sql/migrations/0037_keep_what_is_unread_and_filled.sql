-- Two things were worked out anew at every run from everything that ever came: which files nobody has read yet, and what is
-- owed since the ledger began. Both are kept where they change.

-- Few of all files are waiting at any time; each has a state 'received' in its past, so no index on states finds them.
create table unsettled_submission (
    submission_id bigint not null,
    state text not null,
    catalogue_sha256 text,
    constraint unsettled_submission_pkey primary key (submission_id),
    constraint unsettled_submission_submission_fkey foreign key (submission_id) references submission (submission_id)
);
comment on table unsettled_submission is
    'derived: from submission_state. One row per submission that was only received or was refused, with the catalogue that it '
    'was refused under: what a run may have to read.';

create function keep_unsettled()
returns trigger
language plpgsql
as $$
begin
    delete from unsettled_submission
    where
        unsettled_submission.submission_id in (select written.submission_id from written);
    insert into unsettled_submission (submission_id, state, catalogue_sha256)
    select
        named.submission_id,
        newest.state,
        newest.catalogue_sha256
    from
        (select distinct written.submission_id from written) as named
    cross join lateral (
        select
            submission_state.state,
            submission_state.catalogue_sha256
        from
            submission_state
        where
            submission_state.submission_id = named.submission_id
        order by
            submission_state.recorded_at desc
        limit 1
    ) as newest
    where
        newest.state in ('received', 'rejected');
    return null;
end
$$;
comment on function keep_unsettled is 'Keeps in unsettled_submission what states say that were just written.';

create trigger submission_state_keeps_unsettled
after insert on submission_state
referencing new table as written
for each statement
execute function keep_unsettled();

insert into unsettled_submission (submission_id, state, catalogue_sha256)
select
    submission_id,
    state,
    catalogue_sha256
from
    standing_submission
where
    state in ('received', 'rejected');

-- What was owed for a period follows from the catalogue, the rules, and what reports had closed by then. While none of
-- these moved, filling the period again changes nothing, and need not be tried.
create table filled_period (
    period_name text not null,
    basis text not null,
    seen_until timestamptz not null,
    judged_at timestamptz not null,
    constraint filled_period_pkey primary key (period_name)
);
comment on table filled_period is
    'derived: from obligation. One row per period whose obligations were filled: under which catalogue and rules (basis), '
    'which loads had been seen, and when what closes items was judged.';

-- What was told of tasks since the ledger was filled last.
create index task_report_recorded_idx on task_report (recorded_at);
