-- Where the findings of one scope wait inside their transaction.
create temporary table staged_finding (
    submission_id bigint not null,
    check_code text not null,
    severity text not null,
    sheet text,
    cell text,
    raw_value text,
    details jsonb not null,
    text_vi text not null,
    action_vi text not null,
    fingerprint text not null
) on commit drop
