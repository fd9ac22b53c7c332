-- Tells the planner how much a large load brought: an embedded server that lives for one command never gets round to it,
-- and what asks what stands would be planned as if every table were empty.
-- Grain: nothing is returned.
-- Parameters: none.
analyze
    arrival,
    submission,
    submission_state,
    obligation,
    observation,
    target,
    task_report,
    finding,
    retraction,
    reopening
