-- Remove what scoring runs hold in a table, or the runs themselves. Written out for each table of store/notes.py: OF_RUNS.
-- Grain of the result: one row per row. Parameters: run_ids, in which a run comes with all that go on from it.
delete from $table
where
    scoring_run_id = any(%(run_ids)s)
