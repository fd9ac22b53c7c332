-- What was planned and what came of it by forms, and what of it stands for a period, as known at a time (standing_answer has
-- the rule). Bodies' own reports are kpi_values_as_known. Grain: one row per role, body and indicator.
-- Parameters: period_kind, period_end, known_at (null: all that is known).
with standing as (
    select
        *
    from
        standing_answer(%(known_at)s::timestamptz, %(period_end)s::date)
    where
        source in ('target', 'form')
        and period_kind = %(period_kind)s
        and period_end = %(period_end)s
),

rows_of_both as (
    select
        'target' as role,
        target.target_id as value_id,
        target.submission_id,
        target.agency_id,
        target.indicator_id,
        target.value,
        target.printed_name,
        target.form,
        target.sheet,
        target.cell
    from
        standing
    inner join target
        on target.target_id = standing.row_id
    where
        standing.source = 'target'
    union all
    select
        'observation' as role,
        observation.observation_id as value_id,
        observation.submission_id,
        observation.agency_id,
        observation.indicator_id,
        observation.value,
        observation.printed_name,
        observation.form,
        observation.sheet,
        observation.cell
    from
        standing
    inner join observation
        on observation.observation_id = standing.row_id
    where
        standing.source = 'form'
),

final as (
    select
        rows_of_both.*,
        submission.file_name,
        submission.sha256
    from
        rows_of_both
    inner join submission
        using (submission_id)
    order by
        rows_of_both.role,
        rows_of_both.agency_id,
        rows_of_both.indicator_id
)

select * from final
