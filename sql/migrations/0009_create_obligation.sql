-- The ledger: who owes what for which period. Against it "missing" is computed; a run of a DAG is never its record.

create table obligation (
    agency_id text not null,
    item_kind text not null,
    item_id text not null,
    period_name text not null,
    period_kind text not null,
    period_end date not null,
    calendar text not null,
    opens_at timestamptz not null,
    due_at timestamptz not null,
    cut_off_at timestamptz not null,
    closes_at timestamptz not null,
    is_ended boolean not null,
    recorded_at timestamptz not null,
    constraint obligation_pkey primary key (period_name, agency_id, item_kind, item_id, recorded_at),
    constraint obligation_item_kind_check check (item_kind in ('report', 'indicator', 'task')),
    constraint obligation_order_check check (opens_at <= due_at and due_at <= cut_off_at and cut_off_at <= closes_at)
);
comment on table obligation is
    'One row per body, item, period and change; the newest holds. Ended: no longer owed under a newer catalogue.';
comment on column obligation.period_name is 'Names are unique across kinds: 2026-10, 2026-W44, 2026-10D.';
