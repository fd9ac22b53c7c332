-- Ten years of answers to a filled ledger, made by the server itself: every body answers everything it owes, in one file a
-- period, in time. Figures rise slowly; no two of a series are alike.
-- Parameters: catalogue_sha256.
create temporary table made on commit drop as
select
    row_number() over (order by min(obligation.cut_off_at), obligation.agency_id, obligation.period_name) as file_number,
    obligation.agency_id,
    obligation.period_name,
    min(obligation.due_at) - interval '1 hour' as received_at,
    dense_rank() over (order by min(obligation.cut_off_at)) as load_number,
    min(obligation.cut_off_at) as recorded_at
from
    obligation
where
    not obligation.is_ended
    and obligation.cut_off_at < %(until)s
group by
    obligation.agency_id,
    obligation.period_name;

update made
set recorded_at = recorded_at + load_number * interval '1 microsecond';

insert into load_step (recorded_at, what)
select distinct recorded_at, 'bench' from made;

insert into submission (submission_id, sender_id, channel, file_name, sha256, size_bytes, received_at, recorded_at)
overriding system value
select
    file_number,
    agency_id,
    'inbox',
    'bao-cao-' || period_name || '.xlsx',
    encode(sha256(convert_to(agency_id || ' ' || period_name, 'UTF8')), 'hex'),
    20000,
    received_at,
    recorded_at
from
    made;

insert into arrival (
    sender_id, file_name, size_bytes, modified_at, submission_id, version, received_at, told_state, recorded_at
)
select
    agency_id,
    'bao-cao-' || period_name || '.xlsx',
    20000,
    received_at,
    file_number,
    1,
    received_at,
    'accepted',
    recorded_at
from
    made;

insert into submission_state (submission_id, state, periods, catalogue_sha256, recorded_at)
select file_number, 'received', '{}', null, recorded_at - interval '1 microsecond' from made
union all
select file_number, 'accepted', array[period_name], %(catalogue_sha256)s, recorded_at from made;

insert into observation (
    submission_id, agency_id, indicator_id, period_kind, period_end, value, value_state, raw_text, printed_name, form,
    sheet, cell, is_retraction, recorded_at, unit
)
select
    made.file_number,
    made.agency_id,
    obligation.item_id,
    obligation.period_kind,
    obligation.period_end,
    figure.value,
    'reported',
    figure.value::text,
    made.agency_id,
    'body_report',
    'Chỉ tiêu',
    'G' || (6 + row_number() over (partition by made.file_number order by obligation.item_id)),
    false,
    made.recorded_at,
    indicator.unit
from
    made
inner join obligation
    using (agency_id, period_name)
inner join indicator
    on indicator.indicator_id = obligation.item_id
cross join lateral (
    select
        10 + (obligation.period_end - date '2016-12-31') / 100.0
        + (('x' || left(md5(made.agency_id || obligation.item_id), 4))::bit(16)::int %% 50) as value
) as figure
where
    obligation.item_kind = 'indicator'
    and not obligation.is_ended;

insert into task_report (
    submission_id, agency_id, task_id, period_kind, period_end, state, done_pct, product, note, sheet, cell, is_retraction,
    recorded_at
)
select
    made.file_number,
    made.agency_id,
    obligation.item_id,
    obligation.period_kind,
    obligation.period_end,
    'under_way',
    least(90, 5 + extract(month from obligation.period_end) * 5),
    '',
    '',
    'Nhiệm vụ',
    'F' || (6 + row_number() over (partition by made.file_number order by obligation.item_id)),
    false,
    made.recorded_at
from
    made
inner join obligation
    using (agency_id, period_name)
where
    obligation.item_kind = 'task'
    and not obligation.is_ended;

select setval(pg_get_serial_sequence('submission', 'submission_id'), (select max(file_number) from made));
