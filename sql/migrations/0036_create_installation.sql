-- Which state folder this database belongs to, and whether it holds a demonstration or an installation. Both are said once.

create table installation (
    is_only_row boolean not null default true,
    installation_id text not null,
    constraint installation_pkey primary key (is_only_row),
    constraint installation_only_row_check check (is_only_row),
    constraint installation_id_check check (installation_id ~ '\S')
);
comment on table installation is 'One row: the id that the state folder of this database bears, too.';

create table installation_kind (
    is_only_row boolean not null default true,
    kind text not null,
    constraint installation_kind_pkey primary key (is_only_row),
    constraint installation_kind_only_row_check check (is_only_row),
    constraint installation_kind_check check (kind in ('demonstration', 'installation'))
);
comment on table installation_kind is
    'At most one row: demonstration (everything in it is made up, and its runs name their own time) or installation; none '
    'as long as nobody has decided.';
