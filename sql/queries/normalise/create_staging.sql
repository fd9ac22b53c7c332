-- Where the values of some readings wait inside their transaction.
create temporary table staged_value (
    submission_id bigint not null,
    role text not null,
    agency_id text not null,
    indicator_id text not null,
    period_kind text not null,
    period_end date not null,
    value numeric,
    value_state text not null,
    numerator numeric,
    denominator numeric,
    explanation text not null,
    raw_text text not null,
    printed_name text not null,
    form text not null,
    sheet text not null,
    cell text not null
) on commit drop
