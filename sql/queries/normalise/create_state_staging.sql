-- Where the states of some submissions wait inside their transaction.
create temporary table staged_state (
    submission_id bigint not null,
    state text not null,
    periods text[] not null,
    document text,
    catalogue_sha256 text,
    is_demonstration boolean not null,
    is_report boolean not null
) on commit drop
