-- The earliest period of which anything was told since a load that can close an item for the periods after it, or open it
-- again; null where nothing was. What is decided about documents, waivers and purges may reach any period: -infinity.
-- Grain: one row. Parameters: since (loads after it are looked at), item_ids (indicators that a figure can close).
with told as (
    select
        task_report.period_end
    from
        task_report
    where
        task_report.recorded_at > %(since)s
    union all
    select
        observation.period_end
    from
        observation
    where
        observation.recorded_at > %(since)s
        and observation.indicator_id = any(%(item_ids)s)
    union all
    select
        closing.period_end
    from
        closing
    where
        closing.recorded_at > %(since)s
    union all
    select
        closing.period_end
    from
        reopening
    inner join closing
        using (period_name)
    where
        reopening.recorded_at > %(since)s
),

-- Files whose answers, whenever they were read, began or ceased to count, or came again.
turned as (
    select submission_state.submission_id from submission_state where submission_state.recorded_at > %(since)s
    union
    select arrival.submission_id from arrival where arrival.returned_at is not null and arrival.recorded_at > %(since)s
    union
    select retraction.submission_id from retraction where retraction.recorded_at > %(since)s
),

told_by_turned as (
    select
        task_report.period_end
    from
        turned
    inner join task_report
        using (submission_id)
    union all
    select
        observation.period_end
    from
        turned
    inner join observation
        using (submission_id)
    where
        observation.indicator_id = any(%(item_ids)s)
),

final as (
    select
        case
            when
                exists (select from document_verification where document_verification.recorded_at > %(since)s)
                or exists (select from waiver where waiver.recorded_at > %(since)s)
                or exists (select from tombstone where tombstone.recorded_at > %(since)s)
                then '0001-01-01'::date
            else least((select min(period_end) from told), (select min(period_end) from told_by_turned))
        end as first_end
)

select * from final
