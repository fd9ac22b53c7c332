-- What a load changed in what files say: figures, tasks and where files stand, each before and after.
-- Grain: one row per submission and item that is another than before. Parameters: recorded_at, submission_ids.
with written as (
    select
        submission_id,
        agency_id,
        indicator_id as item_id,
        period_end,
        case
            when is_retraction then null
            when value is null then value_state
            else concat_ws(' ', value, unit)
        end as told,
        sheet,
        cell,
        recorded_at
    from
        observation
    where
        submission_id = any(%(submission_ids)s)
    union all
    select
        submission_id,
        agency_id,
        task_id as item_id,
        period_end,
        case when is_retraction then null else concat_ws(' ', state, done_pct, done_on, product) end as told,
        sheet,
        cell,
        recorded_at
    from
        task_report
    where
        submission_id = any(%(submission_ids)s)
    union all
    select
        submission_id,
        '' as agency_id,
        'file' as item_id,
        null as period_end,
        state as told,
        '' as sheet,
        '' as cell,
        recorded_at
    from
        submission_state
    where
        submission_id = any(%(submission_ids)s)
),

followed as (
    select
        *,
        lag(told) over (
            partition by submission_id, agency_id, item_id, period_end
            order by recorded_at
        ) as told_before
    from
        written
),

final as (
    select
        followed.submission_id,
        standing_submission.sender_id,
        standing_submission.file_name,
        followed.item_id,
        followed.told_before as old,
        followed.told as new,
        followed.sheet,
        followed.cell
    from
        followed
    inner join standing_submission
        using (submission_id)
    where
        followed.recorded_at = %(recorded_at)s
        and followed.told is distinct from followed.told_before
    order by
        followed.submission_id,
        followed.item_id
)

select * from final
