-- Files that speak of a period, read before. Grain: one row per submission.
-- Parameters: period, sender_id (null asks for every sender).
select
    submission_id
from
    standing_submission
where
    %(period)s = any(periods)
    and (%(sender_id)s::text is null or sender_id = %(sender_id)s)
