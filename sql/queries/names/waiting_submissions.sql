-- Files with names that no alias knows, read under another catalogue than this one (what people settled is part of it).
-- Grain: one row per submission and name. Parameters: checks (codes of the findings), catalogue_sha256.
with final as (
    select distinct
        submission_id,
        raw_value as written_name
    from
        standing_finding_of(%(checks)s)
    where
        catalogue_sha256 is distinct from %(catalogue_sha256)s
    order by
        submission_id,
        written_name
)

select * from final
