-- What runs of a period stored of one assignment, newest knowledge first. Grain: one row per scoring run.
-- Parameters: period_kind, period_end, item_id, agency_id, known_at (null: all runs).
with final as (
    select
        scoring_run.scoring_run_id,
        scoring_run.report,
        scoring_run.known_at,
        scoring_run.rules_version,
        scoring_run.catalogue_sha256,
        assignment_score.status,
        assignment_score.progress_low,
        assignment_score.progress_high,
        assignment_score.timeliness_low,
        assignment_score.timeliness_high
    from
        scoring_run
    inner join assignment_score
        using (scoring_run_id)
    where
        scoring_run.period_kind = %(period_kind)s
        and scoring_run.period_end = %(period_end)s
        and assignment_score.item_id = %(item_id)s
        and assignment_score.agency_id = %(agency_id)s
        and (%(known_at)s::timestamptz is null or scoring_run.known_at <= %(known_at)s)
    order by
        scoring_run.known_at desc,
        scoring_run.scoring_run_id desc
)

select * from final
