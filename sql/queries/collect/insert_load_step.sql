-- Note a load that changed something. Parameters: recorded_at, what.
insert into load_step (
    recorded_at,
    what
)
values (
    %(recorded_at)s,
    %(what)s
)
