-- Remove what kept editions said word for word: it may quote a file that is purged; their files are left to a person.
-- Grain of the result: one row per edition. Parameters: briefing_ids.
delete from edition_content
where
    briefing_id = any(%(briefing_ids)s)
