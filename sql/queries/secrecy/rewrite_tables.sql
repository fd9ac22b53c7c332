-- Write the tables anew without the rows that were removed, so that the old files of the server go.
vacuum (full)
    submission,
    submission_state,
    held_submission,
    finding,
    observation,
    target,
    task_report,
    obstacle,
    request,
    score,
    score_source,
    node_score,
    leaf_score,
    tree_score,
    figure,
    briefing,
    tombstone
