-- What a body answers for, an item of a resolution given to it, is an assignment: the tables bear the name that people use.
-- Views follow by themselves; the one function that names a table as text is made anew.

alter table leaf_part rename to assignment_part;
alter table assignment_part rename constraint leaf_score_pkey to assignment_part_pkey;
alter table assignment_part rename constraint leaf_score_item_kind_check to assignment_part_item_kind_check;
comment on table assignment_part is
    'One row per scoring run, item and body, as far as the run made it anew; see assignment_score for all.';

alter view leaf_score rename to assignment_score;

alter table tree_part rename column leaves_total to assignments_total;
alter table tree_part rename column effective_leaves to effective_assignments;
alter table tree_part rename column rated_leaves to rated_assignments;
alter view tree_score rename column leaves_total to assignments_total;
alter view tree_score rename column effective_leaves to effective_assignments;
alter view tree_score rename column rated_leaves to rated_assignments;
alter table bundle_part rename column leaves_total to assignments_total;
comment on table bundle_part is
    'One row per scoring run, body and parent of its assignments: their sums, of which nodes are made; as far as made anew.';

alter table turned_away rename to marked_refusal;

-- Assignments have no foreign key: here they are named.
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
            'assignment_part'::regclass as name
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
