-- Editions of a briefing and every number printed in them.

create table briefing (
    briefing_id bigint generated always as identity,
    report text not null,
    period_kind text not null,
    period_end date not null,
    edition text not null,
    scoring_run_id bigint not null,
    known_at timestamptz not null,
    rules_version text not null,
    lock_sha256 text not null,
    snapshot_sha256 text not null,
    view_model_sha256 text not null,
    pdf_sha256 text not null,
    xlsx_sha256 text not null,
    state text not null,
    recorded_at timestamptz not null,
    constraint briefing_pkey primary key (briefing_id),
    constraint briefing_key unique (report, period_kind, period_end, snapshot_sha256, view_model_sha256, pdf_sha256, xlsx_sha256),
    constraint briefing_run_fkey foreign key (scoring_run_id) references scoring_run (scoring_run_id),
    constraint briefing_state_check check (state in ('draft', 'provisional', 'approved', 'issued', 'replaced'))
);
comment on table briefing is 'One row per edition of a report and period.';

create table figure (
    briefing_id bigint not null,
    figure_id text not null,
    printed_text text not null,
    value numeric,
    unit text not null,
    rule text not null,
    sources jsonb not null,
    constraint figure_pkey primary key (briefing_id, figure_id),
    constraint figure_briefing_fkey foreign key (briefing_id) references briefing (briefing_id)
);
comment on table figure is 'One row per number printed in an edition, with the cells it came from.';
