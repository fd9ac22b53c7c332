-- How many assignments and nodes a scoring run has. Grain: one row. Parameters: scoring_run_id.
with final as (
    select
        (select count(*) from assignment_score where scoring_run_id = %(scoring_run_id)s) as assignments,
        (select count(*) from tree_score where scoring_run_id = %(scoring_run_id)s) as nodes
)

select * from final
