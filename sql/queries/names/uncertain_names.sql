-- Names that stand in findings because no alias knows them. Grain: one row per name as written.
-- Parameters: checks (codes of the findings).
with newest as (
    select distinct on (submission_id, scope, fingerprint)
        *
    from
        finding
    where
        check_code = any(%(checks)s)
    order by
        submission_id,
        scope,
        fingerprint,
        recorded_at desc
),

final as (
    select
        newest.raw_value as written_name,
        count(*) as times,
        min(standing_submission.file_name) as file_name,
        min(newest.sheet) as sheet,
        min(newest.cell) as cell
    from
        newest
    inner join standing_submission
        using (submission_id)
    where
        not newest.is_withdrawn
    group by
        newest.raw_value
    order by
        count(*) desc,
        newest.raw_value
)

select * from final
