-- Raise the findings of one scope that are new or worded anew, and withdraw those no longer seen.
-- Grain of the result: one row per change. Parameters: scope, submission_ids, recorded_at. Reads staged_finding.
with latest as (
    select distinct on (submission_id, fingerprint)
        finding.*
    from
        finding
    where
        scope = %(scope)s
        and submission_id = any(%(submission_ids)s)
    order by
        submission_id,
        fingerprint,
        recorded_at desc
),

raised as (
    select
        staged.submission_id,
        staged.check_code,
        staged.severity,
        staged.sheet,
        staged.cell,
        staged.raw_value,
        staged.details,
        staged.text_vi,
        staged.action_vi,
        staged.fingerprint,
        false as is_withdrawn
    from
        staged_finding as staged
    left join latest
        using (submission_id, fingerprint)
    where
        (latest.severity, latest.text_vi, latest.action_vi, latest.is_withdrawn)
        is distinct from (staged.severity, staged.text_vi, staged.action_vi, false)
),

withdrawn as (
    select
        latest.submission_id,
        latest.check_code,
        latest.severity,
        latest.sheet,
        latest.cell,
        latest.raw_value,
        latest.details,
        latest.text_vi,
        latest.action_vi,
        latest.fingerprint,
        true as is_withdrawn
    from
        latest
    left join staged_finding as staged
        using (submission_id, fingerprint)
    where
        staged.submission_id is null
        and not latest.is_withdrawn
),

final as (
    select * from raised
    union all
    select * from withdrawn
)

insert into finding (
    submission_id,
    scope,
    check_code,
    severity,
    sheet,
    cell,
    raw_value,
    details,
    text_vi,
    action_vi,
    fingerprint,
    is_withdrawn,
    recorded_at
)
select
    final.submission_id,
    %(scope)s,
    final.check_code,
    final.severity,
    final.sheet,
    final.cell,
    final.raw_value,
    final.details,
    final.text_vi,
    final.action_vi,
    final.fingerprint,
    final.is_withdrawn,
    %(recorded_at)s
from
    final
order by
    final.submission_id,
    final.sheet,
    final.cell,
    final.check_code
