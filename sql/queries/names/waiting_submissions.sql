-- Files with names that no alias knows, read under another catalogue than this one (what people settled is part of it).
-- Grain: one row per submission and name. Parameters: checks (codes of the findings), catalogue_sha256.
with newest as (
    select distinct on (submission_id, scope, fingerprint)
        submission_id,
        raw_value,
        is_withdrawn
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
    select distinct
        newest.submission_id,
        newest.raw_value as written_name
    from
        newest
    inner join standing_submission
        using (submission_id)
    where
        not newest.is_withdrawn
        and standing_submission.catalogue_sha256 is distinct from %(catalogue_sha256)s
    order by
        newest.submission_id,
        written_name
)

select * from final
