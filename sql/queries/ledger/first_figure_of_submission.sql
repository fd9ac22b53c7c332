-- What a submission last said of an indicator, and for which period that indicator was due first.
-- Grain: one row per body, period kind and period it speaks of. Parameters: submission_id, indicator_id.
with newest as (
    select distinct on (agency_id, period_kind, period_end)
        observation.*
    from
        observation
    where
        submission_id = %(submission_id)s
        and indicator_id = %(indicator_id)s
    order by
        agency_id,
        period_kind,
        period_end,
        recorded_at desc
),

waived as (
    select
        agency_id,
        item_id,
        period_name
    from
        newest_waiver(null)
    where
        not is_withdrawn
),

final as (
    select
        newest.agency_id,
        newest.period_end,
        newest.value,
        (
            select
                min(owed.period_end)
            from
                newest_obligation(null) as owed
            left join waived
                using (agency_id, item_id, period_name)
            where
                owed.agency_id = newest.agency_id
                and owed.item_kind = 'indicator'
                and owed.item_id = newest.indicator_id
                and owed.period_kind = newest.period_kind
                and not owed.is_ended
                and waived.agency_id is null
        ) as first_due_end
    from
        newest
    where
        not newest.is_retraction
    order by
        newest.agency_id,
        newest.period_end
)

select * from final
