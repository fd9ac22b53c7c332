-- Remove submissions with their rows in every table that refers to them. Grain: one row per table.
-- Parameters: submission_ids.
select
    table_name,
    removed
from
    purge_submissions(%(submission_ids)s::bigint[])
