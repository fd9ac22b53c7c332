-- The nodes of a scoring run. Grain: one row per node of both trees. Parameters: scoring_run_id.
with final as (
    select
        node_kind,
        node_id,
        parent_id,
        low,
        high,
        share_without_data,
        colour,
        state,
        crit30,
        assignments_total,
        due_assumed_count,
        done_count,
        done_late_count,
        overdue_count,
        not_started_count,
        unrated_count,
        no_data_count,
        on_target_count,
        red_count,
        amber_count,
        green_count,
        progress_low,
        progress_high,
        timeliness_low,
        timeliness_high,
        reporting,
        composite_low,
        composite_high,
        effective_assignments,
        rated_assignments,
        coordinated_total,
        reports_due,
        reports_missing
    from
        tree_score
    where
        scoring_run_id = %(scoring_run_id)s
    order by
        array_position(array['nation', 'resolution', 'task', 'block', 'agency'], node_kind),
        node_id collate "C"
)

select * from final
