-- Note that a catalogue is in force from now on. Parameters: catalogue_sha256, recorded_at.
insert into catalogue_version (
    catalogue_sha256,
    recorded_at
)
values (
    %(catalogue_sha256)s,
    %(recorded_at)s
)
