-- Findings that stand on some submissions. Grain: one row per finding. Parameters: submission_ids.
with final as (
    select
        submission_id,
        severity,
        check_code,
        sheet,
        cell,
        raw_value,
        details ->> 'fill' as fill,
        text_vi,
        action_vi
    from
        newest_finding(null)
    where
        submission_id = any(%(submission_ids)s)
        and not is_withdrawn
    order by
        submission_id,
        finding_id
)

select * from final
