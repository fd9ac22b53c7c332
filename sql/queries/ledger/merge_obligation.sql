-- Note what is owed anew, by other days or with another weight, and end what is no longer owed, among the obligations of
-- some periods.
-- Grain of the result: one row per change. Parameters: period_names, recorded_at. Reads staged_obligation.
with latest as (
    select distinct on (period_name, agency_id, item_kind, item_id)
        obligation.*
    from
        obligation
    where
        period_name = any(%(period_names)s)
    order by
        period_name,
        agency_id,
        item_kind,
        item_id,
        recorded_at desc
),

owed as (
    select
        staged.*,
        false as is_ended
    from
        staged_obligation as staged
    left join latest
        using (period_name, agency_id, item_kind, item_id)
    where
        (
            latest.calendar,
            latest.opens_at,
            latest.due_at,
            latest.cut_off_at,
            latest.closes_at,
            latest.weight,
            latest.is_weight_assumed,
            latest.is_ended
        )
        is distinct from
        (
            staged.calendar,
            staged.opens_at,
            staged.due_at,
            staged.cut_off_at,
            staged.closes_at,
            staged.weight,
            staged.is_weight_assumed,
            false
        )
),

ended as (
    select
        latest.agency_id,
        latest.item_kind,
        latest.item_id,
        latest.period_name,
        latest.period_kind,
        latest.period_end,
        latest.calendar,
        latest.opens_at,
        latest.due_at,
        latest.cut_off_at,
        latest.closes_at,
        latest.weight,
        latest.is_weight_assumed,
        true as is_ended
    from
        latest
    left join staged_obligation as staged
        using (period_name, agency_id, item_kind, item_id)
    where
        staged.agency_id is null
        and not latest.is_ended
),

final as (
    select * from owed
    union all
    select * from ended
)

insert into obligation (
    agency_id,
    item_kind,
    item_id,
    period_name,
    period_kind,
    period_end,
    calendar,
    opens_at,
    due_at,
    cut_off_at,
    closes_at,
    weight,
    is_weight_assumed,
    is_ended,
    recorded_at
)
select
    final.*,
    %(recorded_at)s
from
    final
