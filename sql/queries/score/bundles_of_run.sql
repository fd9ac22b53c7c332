-- The sums of a whole scoring run. Grain: one row per body and parent of its assignments, in order.
-- Parameters: scoring_run_id.
with final as (
    select
        agency_id,
        node_kind,
        node_id,
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
        weight,
        started_count,
        share_weight,
        share,
        low_weight,
        low,
        high_weight,
        high,
        colour
    from
        bundle_part
    where
        scoring_run_id = %(scoring_run_id)s
    order by
        agency_id collate "C",
        node_kind collate "C",
        node_id collate "C"
)

select * from final
