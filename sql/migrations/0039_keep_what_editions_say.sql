-- What an edition saw and said is kept with it, so that its hashes can be recomputed for ever; and what was issued, with
-- its number, place, day and signer. Both are append-only.

create table edition_content (
    briefing_id bigint not null,
    language text not null,
    catalogue_sha256 text not null,
    renderer_sha256 text not null,
    seen_until timestamptz,
    view_model bytea not null,
    recorded_at timestamptz not null,
    constraint edition_content_pkey primary key (briefing_id),
    constraint edition_content_briefing_fkey foreign key (briefing_id) references briefing (briefing_id) on delete cascade
);
comment on table edition_content is 'One row per edition: what else it was made of, and its content. Older editions have none.';
comment on column edition_content.seen_until is 'It saw what was recorded until then; null where nothing was.';
comment on column edition_content.renderer_sha256 is 'Of the templates, the drawing code and the lock that made its files.';
comment on column edition_content.view_model is 'The text whose hash is view_model_sha256, deflated (zlib).';

create table edition_issue (
    edition_issue_id bigint generated always as identity,
    briefing_id bigint not null,
    drafted_as text not null,
    number text not null,
    place text not null,
    issued_on date not null,
    signer text not null,
    corrects text,
    reason text not null,
    author text not null,
    recorded_at timestamptz not null,
    constraint edition_issue_pkey primary key (edition_issue_id),
    constraint edition_issue_briefing_key unique (briefing_id),
    constraint edition_issue_briefing_fkey foreign key (briefing_id) references briefing (briefing_id),
    constraint edition_issue_number_check check (number ~ '^[0-9]+[a-z]?$'),
    constraint edition_issue_place_check check (place ~ '\S'),
    constraint edition_issue_signer_check check (signer ~ '\S'),
    constraint edition_issue_reason_check check (reason ~ '\S'),
    constraint edition_issue_author_check check (author ~ '\S')
);
-- Numbers begin anew each year.
create unique index edition_issue_number_key on edition_issue (number, extract(year from issued_on));
comment on table edition_issue is 'One row per edition that was issued; an error afterwards is issued as a row that corrects it.';
comment on column edition_issue.drafted_as is 'The edition that was looked at: the issued one says the same under its number.';
comment on column edition_issue.corrects is 'Number of the issued edition that this one corrects; null where it is the first.';
