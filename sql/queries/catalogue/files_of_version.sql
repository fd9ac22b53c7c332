-- The files of a catalogue that was kept. Grain: one row per file. Parameters: catalogue_sha256.
with final as (
    select
        catalogue_place.path,
        catalogue_file.content
    from
        catalogue_place
    inner join catalogue_file
        using (file_sha256)
    where
        catalogue_place.catalogue_sha256 = %(catalogue_sha256)s
    order by
        catalogue_place.path
)

select * from final
