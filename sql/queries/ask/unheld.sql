-- What our login lacks for working as the service. Grain: one row a thing, none where nothing is missing.
-- Parameters: none.
select
    'role ' || wanted.role_name as missing
from
    (values ('monitor_service'), ('monitor_reader')) as wanted (role_name)
left join pg_roles as role
    on role.rolname = wanted.role_name
where
    role.oid is null
    or not pg_has_role(session_user, role.oid, 'member')
