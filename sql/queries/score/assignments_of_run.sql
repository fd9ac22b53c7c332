-- The assignments of a scoring run. Grain: one row per item and body that leads it. Parameters: scoring_run_id.
with final as (
    select
        item_kind,
        item_id,
        agency_id,
        resolution,
        parent_task,
        block,
        province,
        as_at,
        started_on,
        due_on,
        is_due_assumed,
        status,
        last_status,
        sort_key,
        flags,
        attainment_raw_pct,
        attainment_pct,
        expected_fraction,
        lag_days,
        overdue_days,
        missed,
        owed_total,
        progress_low,
        progress_high,
        timeliness_low,
        timeliness_high,
        value,
        value_on,
        baseline,
        target,
        target_low,
        target_high,
        target_original,
        target_current,
        revised_on,
        ranking_since,
        task_state,
        done_pct,
        done_on,
        product,
        submission_id,
        sheet,
        cell,
        forecast_band,
        confidence,
        is_proxy,
        weight,
        met_on
    from
        assignment_score
    where
        scoring_run_id = %(scoring_run_id)s
    order by
        resolution collate "C",
        item_kind collate "C",
        item_id collate "C",
        agency_id collate "C"
)

select * from final
