-- Name scoring runs that only a kept edition still needs anew, so that no later question takes them for the newest, nor
-- a later run for themselves. Grain of the result: one row per run. Parameters: run_ids.
update scoring_run
set
    report = report || ' (purged ' || scoring_run_id || ')'
where
    scoring_run_id = any(%(run_ids)s)
    and report not like '%% (purged %%'
