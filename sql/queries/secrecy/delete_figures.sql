-- Remove the numbers that kept editions printed from a file. Grain of the result: one row per figure.
-- Parameters: briefing_ids, sha256.
delete from figure
where
    briefing_id = any(%(briefing_ids)s)
    and sources @> jsonb_build_array(jsonb_build_object('sha256', %(sha256)s::text))
