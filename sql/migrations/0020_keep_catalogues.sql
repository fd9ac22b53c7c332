-- Every catalogue that was in force, file by file: what was scored under it can be recomputed when it has changed.

create table catalogue_file (
    file_sha256 text not null,
    content bytea not null,
    constraint catalogue_file_pkey primary key (file_sha256)
);
comment on table catalogue_file is 'One row per content of a file under catalogue/.';

create table catalogue_place (
    catalogue_sha256 text not null,
    path text not null,
    file_sha256 text not null,
    constraint catalogue_place_pkey primary key (catalogue_sha256, path),
    constraint catalogue_place_file_fkey foreign key (file_sha256) references catalogue_file (file_sha256)
);
comment on table catalogue_place is 'One row per catalogue and file: which content stood where.';

create table catalogue_version (
    catalogue_sha256 text not null,
    recorded_at timestamptz not null,
    constraint catalogue_version_pkey primary key (recorded_at)
);
comment on table catalogue_version is 'One row per change: from then on this catalogue was in force; one that returns has a row again.';
