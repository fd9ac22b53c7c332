-- What a body says of a task's time and evidence, rows that wait for their reason, and which files were answered.

alter table task_report
    add column evidence text not null default '',
    add column schedule text,
    add constraint task_report_schedule_check check (schedule in ('on_time', 'late'));

alter table finding drop constraint finding_severity_check;
alter table finding
    add constraint finding_severity_check check (severity in ('block', 'justify', 'warn', 'note'));

create table answer (
    submission_id bigint not null,
    file_name text not null,
    recorded_at timestamptz not null,
    constraint answer_pkey primary key (submission_id),
    constraint answer_submission_fkey foreign key (submission_id) references submission (submission_id)
);
comment on table answer is 'One row per submission whose findings were laid into its sender''s folder of the outbox.';
