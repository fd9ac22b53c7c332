-- What bodies report beside figures: tasks, obstacles, requests; and figures that say why there is no value. Append-only.

alter table observation
    alter column value drop not null,
    add column numerator numeric,
    add column denominator numeric,
    add column explanation text not null default '',
    drop constraint observation_value_state_check,
    add constraint observation_value_state_check
    check (value_state in ('reported', 'zero', 'not_applicable', 'no_activity', 'withheld')),
    add constraint observation_value_there_check check ((value is not null) = (value_state in ('reported', 'zero')));
comment on column observation.value_state is 'Zero, nothing to measure and silence are different things.';

alter table submission_state add column is_demonstration boolean not null default false;
comment on column submission_state.is_demonstration is 'Made up, says the file itself: every page made from it is marked.';

create or replace view standing_submission as
select distinct on (submission_id)
    submission.submission_id,
    submission.sender_id,
    submission.file_name,
    submission.sha256,
    submission.received_at,
    submission_state.state,
    submission_state.periods,
    submission_state.document,
    submission_state.catalogue_sha256,
    submission_state.is_demonstration
from
    submission
inner join submission_state
    using (submission_id)
order by
    submission_id,
    submission_state.recorded_at desc;

create table task_report (
    task_report_id bigint generated always as identity,
    submission_id bigint not null,
    agency_id text not null,
    task_id text not null,
    period_kind text not null,
    period_end date not null,
    state text not null,
    done_pct numeric,
    done_on date,
    product text not null,
    note text not null,
    sheet text not null,
    cell text not null,
    is_retraction boolean not null,
    recorded_at timestamptz not null,
    constraint task_report_pkey primary key (task_report_id),
    constraint task_report_version_key unique (submission_id, agency_id, task_id, period_kind, period_end, recorded_at),
    constraint task_report_submission_fkey foreign key (submission_id) references submission (submission_id),
    constraint task_report_state_check check (state in ('not_started', 'under_way', 'done')),
    constraint task_report_done_pct_check check (done_pct between 0 and 100)
);
comment on table task_report is 'One row per submission, body, task, period and change; a correction is a newer row.';
create index task_report_of_period on task_report (period_kind, period_end);

create table obstacle (
    obstacle_id bigint generated always as identity,
    submission_id bigint not null,
    agency_id text not null,
    period_kind text not null,
    period_end date not null,
    number integer not null,
    task_id text,
    kind text not null,
    text text not null,
    resolver text,
    is_resolved boolean not null,
    sheet text not null,
    cell text not null,
    is_retraction boolean not null,
    recorded_at timestamptz not null,
    constraint obstacle_pkey primary key (obstacle_id),
    constraint obstacle_version_key unique (submission_id, agency_id, period_kind, period_end, number, recorded_at),
    constraint obstacle_submission_fkey foreign key (submission_id) references submission (submission_id),
    constraint obstacle_kind_check check (kind in ('institution', 'resources', 'data', 'coordination', 'other'))
);
comment on table obstacle is 'One row per submission, body, period, number and change.';

create table request (
    request_id bigint generated always as identity,
    submission_id bigint not null,
    agency_id text not null,
    period_kind text not null,
    period_end date not null,
    number integer not null,
    kind text not null,
    task_id text,
    text text not null,
    decider text,
    proposed_due_on date,
    cost_of_delay text not null,
    sheet text not null,
    cell text not null,
    is_retraction boolean not null,
    recorded_at timestamptz not null,
    constraint request_pkey primary key (request_id),
    constraint request_version_key unique (submission_id, agency_id, period_kind, period_end, number, recorded_at),
    constraint request_submission_fkey foreign key (submission_id) references submission (submission_id),
    constraint request_kind_check check (kind in ('extension', 'recommendation'))
);
comment on table request is 'One row per submission, body, period, number and change.';
