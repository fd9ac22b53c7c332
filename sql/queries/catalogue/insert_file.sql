-- Keep a file of a catalogue; content and place that are there already stay. Parameters: catalogue_sha256, path,
-- file_sha256, content.
with added as (
    insert into catalogue_file (
        file_sha256,
        content
    )
    values (
        %(file_sha256)s,
        %(content)s
    )
    on conflict on constraint catalogue_file_pkey do nothing
)

insert into catalogue_place (
    catalogue_sha256,
    path,
    file_sha256
)
values (
    %(catalogue_sha256)s,
    %(path)s,
    %(file_sha256)s
)
on conflict on constraint catalogue_place_pkey do nothing
