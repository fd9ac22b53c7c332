-- A run may score only the bodies whose reports changed since a whole one: it stores what it made anew, the rest stands
-- in its base. leaf_score and tree_score go on holding every row of every run, now as views.

alter table scoring_run
    add column base_run_id bigint,
    add constraint scoring_run_base_fkey foreign key (base_run_id) references scoring_run (scoring_run_id),
    drop constraint scoring_run_key,
    add constraint scoring_run_key unique nulls not distinct (
        report, period_kind, period_end, known_at, rules_version, catalogue_sha256, base_run_id
    );
comment on table scoring_run is 'One row per report, period, state of knowledge, version of the rules and base.';
comment on column scoring_run.base_run_id is
    'The whole run of the same period, rules and catalogue that holds what this one did not make anew; null of a whole one.';

alter table leaf_score rename to leaf_part;
-- Looked up for each of 850,000 rows these cost more than half of their writing. The run is noted in the same transaction;
-- the submission is that of an observation or a task report, which refer to it themselves; a purge names the table.
alter table leaf_part
    drop constraint leaf_score_run_fkey,
    drop constraint leaf_score_submission_fkey;
alter table tree_score rename to tree_part;
comment on table leaf_part is 'One row per scoring run, item and body, as far as the run made it anew; see leaf_score.';
comment on table tree_part is 'One row per scoring run and node, as far as the run made it anew; see tree_score.';

create table bundle_part (
    scoring_run_id bigint not null,
    agency_id text not null,
    node_kind text not null,
    node_id text not null,
    leaves_total integer not null,
    due_assumed_count integer not null,
    done_count integer not null,
    done_late_count integer not null,
    overdue_count integer not null,
    not_started_count integer not null,
    unrated_count integer not null,
    no_data_count integer not null,
    on_target_count integer not null,
    red_count integer not null,
    amber_count integer not null,
    green_count integer not null,
    weight double precision not null,
    started_count integer not null,
    share_weight double precision not null,
    share double precision not null,
    low_weight double precision not null,
    low double precision not null,
    high_weight double precision not null,
    high double precision not null,
    colour text not null,
    constraint bundle_part_pkey primary key (scoring_run_id, agency_id, node_kind, node_id),
    constraint bundle_part_run_fkey foreign key (scoring_run_id) references scoring_run (scoring_run_id)
);
comment on table bundle_part is
    'One row per scoring run, body and parent of its leaves: their sums, of which nodes are made; as far as made anew.';

-- A body has all its leaves anew or none: what a purge took out of them must not come back from the base.
create view leaf_score as
select
    scoring_run.scoring_run_id,
    part.item_kind,
    part.item_id,
    part.agency_id,
    part.resolution,
    part.parent_task,
    part.block,
    part.province,
    part.as_at,
    part.started_on,
    part.due_on,
    part.is_due_assumed,
    part.status,
    part.last_status,
    part.sort_key,
    part.flags,
    part.attainment_raw_pct,
    part.attainment_pct,
    part.expected_fraction,
    part.lag_days,
    part.overdue_days,
    part.missed,
    part.owed_total,
    part.progress_low,
    part.progress_high,
    part.timeliness_low,
    part.timeliness_high,
    part.value,
    part.value_on,
    part.baseline,
    part.target,
    part.target_low,
    part.target_high,
    part.task_state,
    part.done_pct,
    part.done_on,
    part.product,
    part.submission_id,
    part.sheet,
    part.cell,
    part.forecast_band,
    part.confidence,
    part.is_proxy,
    part.weight
from
    scoring_run
inner join leaf_part as part
    using (scoring_run_id)
union all
select
    scoring_run.scoring_run_id,
    part.item_kind,
    part.item_id,
    part.agency_id,
    part.resolution,
    part.parent_task,
    part.block,
    part.province,
    part.as_at,
    part.started_on,
    part.due_on,
    part.is_due_assumed,
    part.status,
    part.last_status,
    part.sort_key,
    part.flags,
    part.attainment_raw_pct,
    part.attainment_pct,
    part.expected_fraction,
    part.lag_days,
    part.overdue_days,
    part.missed,
    part.owed_total,
    part.progress_low,
    part.progress_high,
    part.timeliness_low,
    part.timeliness_high,
    part.value,
    part.value_on,
    part.baseline,
    part.target,
    part.target_low,
    part.target_high,
    part.task_state,
    part.done_pct,
    part.done_on,
    part.product,
    part.submission_id,
    part.sheet,
    part.cell,
    part.forecast_band,
    part.confidence,
    part.is_proxy,
    part.weight
from
    scoring_run
inner join leaf_part as part
    on part.scoring_run_id = scoring_run.base_run_id
where
    not exists (
        select
            1
        from
            bundle_part as own
        where
            own.scoring_run_id = scoring_run.scoring_run_id
            and own.agency_id = part.agency_id
    );
comment on view leaf_score is 'One row per scoring run, item of a resolution and body that leads it.';

create view tree_score as
select
    scoring_run.scoring_run_id,
    part.node_kind,
    part.node_id,
    part.parent_id,
    part.low,
    part.high,
    part.share_without_data,
    part.colour,
    part.state,
    part.crit30,
    part.leaves_total,
    part.due_assumed_count,
    part.done_count,
    part.done_late_count,
    part.overdue_count,
    part.not_started_count,
    part.unrated_count,
    part.no_data_count,
    part.on_target_count,
    part.red_count,
    part.amber_count,
    part.green_count,
    part.progress_low,
    part.progress_high,
    part.timeliness_low,
    part.timeliness_high,
    part.reporting,
    part.composite_low,
    part.composite_high,
    part.effective_leaves,
    part.rated_leaves,
    part.coordinated_total,
    part.reports_due,
    part.reports_missing
from
    scoring_run
inner join tree_part as part
    using (scoring_run_id)
union all
select
    scoring_run.scoring_run_id,
    part.node_kind,
    part.node_id,
    part.parent_id,
    part.low,
    part.high,
    part.share_without_data,
    part.colour,
    part.state,
    part.crit30,
    part.leaves_total,
    part.due_assumed_count,
    part.done_count,
    part.done_late_count,
    part.overdue_count,
    part.not_started_count,
    part.unrated_count,
    part.no_data_count,
    part.on_target_count,
    part.red_count,
    part.amber_count,
    part.green_count,
    part.progress_low,
    part.progress_high,
    part.timeliness_low,
    part.timeliness_high,
    part.reporting,
    part.composite_low,
    part.composite_high,
    part.effective_leaves,
    part.rated_leaves,
    part.coordinated_total,
    part.reports_due,
    part.reports_missing
from
    scoring_run
inner join tree_part as part
    on part.scoring_run_id = scoring_run.base_run_id
where
    not exists (
        select
            1
        from
            tree_part as own
        where
            own.scoring_run_id = scoring_run.scoring_run_id
            and own.node_kind = part.node_kind
            and own.node_id = part.node_id
    );
comment on view tree_score is 'One row per scoring run and node: nation, resolution, task given to a group, block, body.';

-- The leaves have no foreign key any more: here they are named.
create or replace function purge_submissions(purged bigint[]) returns table (table_name text, removed bigint)
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
        union
        select
            'leaf_part'::regclass as name
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
