-- Say once which state folder this database belongs to. Grain: one row. Parameters: installation_id.
insert into installation (installation_id)
values (%(installation_id)s)
on conflict do nothing
