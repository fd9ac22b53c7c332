-- Where one reading's values wait inside its transaction.
create temporary table staged_value (
    role text not null,
    agency_id text not null,
    indicator_id text not null,
    period_kind text not null,
    period_end date not null,
    value numeric not null,
    raw_text text not null,
    printed_name text not null,
    form text not null,
    sheet text not null,
    cell text not null
) on commit drop
