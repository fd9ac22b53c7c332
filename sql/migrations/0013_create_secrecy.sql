-- What keeps state secrets out: files turned away at the door, files never kept, and what was removed afterwards.

create table turned_away (
    sender_id text not null,
    received_at timestamptz not null,
    document_number text,
    recorded_at timestamptz not null,
    constraint turned_away_key unique nulls not distinct (sender_id, received_at, document_number)
);
comment on table turned_away is
    'One row per file that bore a mark of secrecy: who sent it, when, and its document number. Nothing else is ever added.';

create table held_submission (
    submission_id bigint not null,
    recorded_at timestamptz not null,
    constraint held_submission_pkey primary key (submission_id),
    constraint held_submission_submission_fkey foreign key (submission_id) references submission (submission_id)
);
comment on table held_submission is
    'One row per refused file: it could not be looked into, so its bytes stay in quarantine for a while and are never kept.';

create table tombstone (
    submission_id bigint not null,
    sender_id text not null,
    content_mark text not null,
    reason text not null,
    ordered_by text not null,
    removed jsonb not null,
    to_remove jsonb,
    recorded_at timestamptz not null,
    constraint tombstone_pkey primary key (submission_id),
    constraint tombstone_reason_check check (reason ~ '\S'),
    constraint tombstone_ordered_by_check check (ordered_by ~ '\S')
);
comment on table tombstone is 'One row per submission that was purged: whose it was, who ordered it, why, and how much went.';
comment on column tombstone.content_mark is
    'HMAC of the content''s sha256 under a key that lies in the state folder alone: it knows the content again, and tells nothing.';
comment on column tombstone.to_remove is 'What still lies on disk; null once everything is gone.';

-- A purge is the one exception to "append, never overwrite" (docs/decisions/0008). Tables are asked for by their
-- foreign keys, so that one added later cannot be forgotten.
create function purge_submissions(purged bigint[]) returns table (table_name text, removed bigint)
language plpgsql
as $$
declare
    referring record;
begin
    for referring in
        select distinct
            pg_constraint.conrelid::regclass as name
        from
            pg_constraint
        where
            pg_constraint.contype = 'f'
            and pg_constraint.confrelid = 'submission'::regclass
        order by
            1
    loop
        execute format('delete from %s where submission_id = any($1)', referring.name) using purged;
        get diagnostics removed = row_count;
        table_name := referring.name::text;
        return next;
    end loop;
    delete from submission where submission_id = any(purged);
    get diagnostics removed = row_count;
    table_name := 'submission';
    return next;
end
$$;
