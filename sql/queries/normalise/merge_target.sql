-- Append the targets of some readings that are new or changed, and retract those they no longer hold.
-- Grain of the result: one row per change. Parameters: submission_ids, recorded_at. Reads temporary table staged_value.
with latest as (
    select distinct on (submission_id, agency_id, indicator_id, period_kind, period_end)
        target.*
    from
        target
    where
        submission_id = any(%(submission_ids)s)
    order by
        submission_id,
        agency_id,
        indicator_id,
        period_kind,
        period_end,
        recorded_at desc
),

staged as (
    select
        staged_value.*
    from
        staged_value
    where
        role = 'target'
),

changed as (
    select
        staged.submission_id,
        staged.agency_id,
        staged.indicator_id,
        staged.period_kind,
        staged.period_end,
        staged.value,
        staged.raw_text,
        staged.printed_name,
        staged.form,
        staged.sheet,
        staged.cell,
        false as is_retraction
    from
        staged
    left join latest
        using (submission_id, agency_id, indicator_id, period_kind, period_end)
    where
        (
            latest.value,
            latest.raw_text,
            latest.printed_name,
            latest.form,
            latest.sheet,
            latest.cell,
            latest.is_retraction
        )
        is distinct from
        (staged.value, staged.raw_text, staged.printed_name, staged.form, staged.sheet, staged.cell, false)
),

retracted as (
    select
        latest.submission_id,
        latest.agency_id,
        latest.indicator_id,
        latest.period_kind,
        latest.period_end,
        latest.value,
        latest.raw_text,
        latest.printed_name,
        latest.form,
        latest.sheet,
        latest.cell,
        true as is_retraction
    from
        latest
    left join staged
        using (submission_id, agency_id, indicator_id, period_kind, period_end)
    where
        staged.agency_id is null
        and not latest.is_retraction
),

final as (
    select * from changed
    union all
    select * from retracted
)

insert into target (
    submission_id,
    agency_id,
    indicator_id,
    period_kind,
    period_end,
    value,
    raw_text,
    printed_name,
    form,
    sheet,
    cell,
    is_retraction,
    recorded_at
)
select
    final.*,
    %(recorded_at)s
from
    final
order by
    final.submission_id,
    final.period_end,
    final.indicator_id,
    final.agency_id
