-- Where the obligations of some periods wait inside the transaction that fills the ledger.
create temporary table staged_obligation (
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
    weight numeric not null default 1,
    is_weight_assumed boolean not null default true
) on commit drop
