-- Note which submissions were answered, and by which file. Grain of the result: one row per submission.
-- Parameters: submission_ids, file_names (of the same length), recorded_at.
insert into answer (
    submission_id,
    file_name,
    recorded_at
)
select
    told.submission_id,
    told.file_name,
    %(recorded_at)s
from
    unnest(%(submission_ids)s::bigint[], %(file_names)s::text[]) as told (submission_id, file_name)
on conflict (submission_id) do nothing
