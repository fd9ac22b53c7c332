-- What was said is never changed: triggers hold that against everybody, and the service's own role may not even try.
-- Tables are append-only unless they are told to be derived (comment on table ... is 'derived: ...'), or unless single
-- columns of theirs may be filled in later. A purge is the one exception (docs/decisions/0008): it says so first.

create function refuse_change() returns trigger language plpgsql as $$
begin
    if current_setting('monitor.purging', true) is distinct from 'on' then
        raise exception '% is append-only: only a purge changes or removes what it holds', tg_table_name
            using errcode = 'insufficient_privilege';
    end if;
    return null;
end
$$;

-- Columns that are filled in later: what a receipt says by now, when a file left the inbox, what of a purge is left to do.
-- Grain: one row per table that has such columns.
create view later_columns as
select
    filled_in.table_name,
    filled_in.column_names
from
    (values
        ('arrival', array['told_state', 'removed_at']),
        ('tombstone', array['removed', 'to_remove'])
    ) as filled_in (table_name, column_names);

-- How each table of ours is held. Grain: one row per table.
create view held_table as
select
    class.oid as table_oid,
    class.relname::text as table_name,
    coalesce(obj_description(class.oid, 'pg_class') like 'derived:%', false) as is_derived,
    later.column_names as later_columns,
    exists (
        select 1 from pg_trigger as held where held.tgrelid = class.oid and held.tgname = 'append_only'
    ) as has_trigger
from
    pg_class as class
left join later_columns as later
    on later.table_name = class.relname
where
    class.relnamespace = 'monitor'::regnamespace
    and class.relkind in ('r', 'p');

-- Lay the triggers and rights that are missing; called after every migration, so that a new table is held as well.
-- Whoever may not do it changes nothing.
create function hold_append_only() returns void language plpgsql as $$
declare
    one record;
    others text;
begin
    if not (select pg_has_role(current_user, nspowner, 'member') from pg_namespace where nspname = 'monitor') then
        return;
    end if;
    for one in select * from held_table where not has_trigger and not is_derived loop
        if one.later_columns is null then
            execute format(
                'create trigger append_only before update or delete or truncate on %s for each statement execute '
                'function refuse_change()', one.table_oid::regclass
            );
        else
            select string_agg(quote_ident(attname), ', ') into others
            from pg_attribute
            where attrelid = one.table_oid and attnum > 0 and not attisdropped and attname <> all(one.later_columns);
            execute format(
                'create trigger append_only before delete or truncate on %s for each statement execute '
                'function refuse_change()', one.table_oid::regclass
            );
            execute format(
                'create trigger append_only_columns before update of %s on %s for each statement execute '
                'function refuse_change()', others, one.table_oid::regclass
            );
        end if;
    end loop;
    perform make_roles();
    perform grant_rights();
end
$$;

-- The roles belong to the whole server: other databases of ours may have made them, and a database that was restored on
-- another server finds none. Where our login may not make any, everything goes on as one login, and the doctor says so.
create function make_roles() returns void language plpgsql as $$
declare
    name text;
begin
    foreach name in array array['monitor_service', 'monitor_reader'] loop
        begin
            if not exists (select 1 from pg_roles where rolname = name) then
                execute format('create role %I nologin', name);
                execute format('grant %I to %I', name, session_user);
            end if;
        exception
            when insufficient_privilege or duplicate_object or unique_violation then null;
        end;
    end loop;
end
$$;

create function grant_rights() returns void language plpgsql as $$
declare
    one record;
begin
    if 2 > (select count(*) from pg_roles where rolname in ('monitor_service', 'monitor_reader')) then
        return;
    end if;
    for one in
        select * from held_table
        where not has_table_privilege('monitor_service', table_oid, 'select')
    loop
        execute format('grant select on %s to monitor_service, monitor_reader', one.table_oid::regclass);
        if one.table_name = 'schema_migration' then
            continue;
        end if;
        execute format('grant insert on %s to monitor_service', one.table_oid::regclass);
        if one.is_derived then
            execute format('grant update, delete on %s to monitor_service', one.table_oid::regclass);
        elsif one.later_columns is not null then
            execute format(
                'grant update (%s) on %s to monitor_service',
                (select string_agg(quote_ident(name), ', ') from unnest(one.later_columns) as name),
                one.table_oid::regclass
            );
        end if;
    end loop;
    for one in
        select oid from pg_class
        where relnamespace = 'monitor'::regnamespace and relkind in ('v', 'm')
            and not has_table_privilege('monitor_reader', oid, 'select')
    loop
        execute format('grant select on %s to monitor_service, monitor_reader', one.oid::regclass);
    end loop;
    for one in
        select sequence.seqrelid as oid
        from pg_sequence as sequence
        join pg_class as class on class.oid = sequence.seqrelid
        where class.relnamespace = 'monitor'::regnamespace
            and not has_sequence_privilege('monitor_service', sequence.seqrelid, 'usage')
    loop
        execute format('grant usage on sequence %s to monitor_service', one.oid::regclass);
    end loop;
    if not has_schema_privilege('monitor_service', 'monitor', 'usage') then
        grant usage on schema monitor to monitor_service, monitor_reader;
    end if;
end
$$;

-- Kept from obligations by a trigger of theirs, and written over where a later load of one step says more.
do $$
begin
    if to_regclass('closing') is not null then
        execute format(
            'comment on table closing is %L',
            'derived: ' || coalesce(obj_description(to_regclass('closing'), 'pg_class'), 'from obligation')
        );
    end if;
end
$$;

revoke execute on function purge_submissions(bigint[]) from public;
revoke execute on function hold_append_only() from public;
revoke execute on function grant_rights() from public;
revoke execute on function make_roles() from public;
