-- Say once what this database holds. Grain: one row. Parameters: kind.
insert into installation_kind (kind)
values (%(kind)s)
on conflict do nothing
