-- What was forecast when a month was scored, what bodies were asked about their figures and what they replied, and what
-- verifications found. Append-only; none of it changes a score.

create table forecast (
    scoring_run_id bigint not null,
    item_kind text not null,
    item_id text not null,
    agency_id text not null,
    kind text not null,
    made_on date not null,
    due_on date not null,
    method text not null,
    way text not null,
    horizon double precision not null,
    mean double precision,
    low double precision,
    high double precision,
    chance_made double precision not null,
    chance double precision not null,
    band text not null,
    is_percentage boolean not null,
    status text not null,
    constraint forecast_pkey primary key (scoring_run_id, item_kind, item_id, agency_id),
    constraint forecast_run_fkey foreign key (scoring_run_id) references scoring_run (scoring_run_id),
    constraint forecast_method_check check (method in ('trend', 'reference_class')),
    constraint forecast_way_check check (way in ('as_made', 'recalibrated', 'base_rate')),
    constraint forecast_band_check check (band in ('low', 'watch', 'high')),
    constraint forecast_chance_check check (chance between 0 and 1 and chance_made between 0 and 1)
);
comment on table forecast is 'One row per scoring run of a month, item whose end is open, and body that leads it.';

create table screen_question (
    question_id bigint generated always as identity,
    scoring_run_id bigint not null,
    place integer not null,
    screen text not null,
    agency_id text not null,
    item_kind text not null,
    item_id text not null,
    question text not null,
    statistic double precision not null,
    chance double precision not null,
    false_share double precision not null,
    false_alarm_rate double precision not null,
    is_asked boolean not null,
    needs_verification boolean not null,
    reply_until date not null,
    constraint screen_question_pkey primary key (question_id),
    constraint screen_question_key unique (scoring_run_id, screen, agency_id, item_id),
    constraint screen_question_run_fkey foreign key (scoring_run_id) references scoring_run (scoring_run_id),
    constraint screen_question_item_kind_check check (item_kind in ('indicator', 'task', 'report')),
    constraint screen_question_chance_check check (chance between 0 and 1 and false_share between 0 and 1)
);
comment on table screen_question is 'One row per scoring run of a month, screen, body and item: a question, no label.';
comment on column screen_question.item_id is 'Empty where the question is about all a body reports.';

create table screen_reply (
    screen_reply_id bigint generated always as identity,
    question_id bigint not null,
    text text not null,
    author text not null,
    recorded_at timestamptz not null,
    constraint screen_reply_pkey primary key (screen_reply_id),
    constraint screen_reply_version_key unique (question_id, recorded_at),
    constraint screen_reply_question_fkey foreign key (question_id) references screen_question (question_id),
    constraint screen_reply_text_check check (text ~ '\S'),
    constraint screen_reply_author_check check (author ~ '\S')
);
comment on table screen_reply is 'One row per question and reply; the newest stands.';

create table verification (
    verification_id bigint generated always as identity,
    agency_id text not null,
    indicator_id text not null,
    period_kind text not null,
    period_end date not null,
    period_name text not null,
    found numeric not null,
    source text not null,
    author text not null,
    recorded_at timestamptz not null,
    constraint verification_pkey primary key (verification_id),
    constraint verification_version_key unique (agency_id, indicator_id, period_name, recorded_at),
    constraint verification_source_check check (source ~ '\S'),
    constraint verification_author_check check (author ~ '\S')
);
comment on table verification is
    'One row per body, indicator, period and result of a verification; shown beside what was reported, never in its place.';
