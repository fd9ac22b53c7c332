-- An edition holds its period against the one before, as both were scored when it was made: which runs these were tells
-- later whether it would say the same today.

create table edition_input (
    briefing_id bigint not null,
    scoring_run_id bigint not null,
    before_run_id bigint,
    recorded_at timestamptz not null,
    constraint edition_input_pkey primary key (briefing_id, recorded_at),
    constraint edition_input_briefing_fkey foreign key (briefing_id) references briefing (briefing_id) on delete cascade
);
comment on table edition_input is
    'One row per edition and time it was made from other runs than the time before. Runs that a purge took away may be named.';
comment on column edition_input.before_run_id is 'The run of the period before; null where there was none.';

-- What was made before this was noted compared with the newest run of the period before that there was then.
insert into edition_input
select
    briefing.briefing_id,
    briefing.scoring_run_id,
    neighbour.scoring_run_id,
    briefing.recorded_at
from
    briefing
left join lateral (
    select
        scoring_run.scoring_run_id
    from
        scoring_run
    where
        scoring_run.report = briefing.report
        and briefing.period_kind <> 'day'
        and scoring_run.period_kind = briefing.period_kind
        and scoring_run.recorded_at <= briefing.recorded_at
        and scoring_run.period_end < briefing.period_end
        -- The period before ended within the length of this one.
        and scoring_run.period_end >= briefing.period_end - case briefing.period_kind
            when 'week' then 7
            when 'month' then 31
            when 'quarter' then 92
            when 'half_year' then 184
            else 366
        end
    order by
        scoring_run.known_at desc,
        scoring_run.scoring_run_id desc
    limit 1
) as neighbour
    on true;
