-- Remove editions with their figures. Grain of the result: one row per edition. Parameters: briefing_ids.
with figures as (
    delete from figure
    where
        briefing_id = any(%(briefing_ids)s)
    returning
        briefing_id
)

delete from briefing
where
    briefing_id = any(%(briefing_ids)s)
