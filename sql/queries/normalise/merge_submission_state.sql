-- Note where some submissions stand, each where that differs from its newest state.
-- Grain of the result: one row per change. Parameters: recorded_at. Reads temporary table staged_state.
with newest as (
    select distinct on (submission_id)
        submission_state.*
    from
        submission_state
    inner join staged_state
        using (submission_id)
    order by
        submission_id,
        submission_state.recorded_at desc
)

insert into submission_state (
    submission_id,
    state,
    periods,
    document,
    catalogue_sha256,
    is_demonstration,
    is_report,
    recorded_at
)
select
    staged.submission_id,
    staged.state,
    staged.periods,
    staged.document,
    staged.catalogue_sha256,
    staged.is_demonstration,
    staged.is_report,
    %(recorded_at)s
from
    staged_state as staged
left join newest
    using (submission_id)
where
    (
        newest.state,
        newest.periods,
        newest.document,
        newest.catalogue_sha256,
        newest.is_demonstration,
        newest.is_report
    )
    is distinct from
    (
        staged.state,
        staged.periods,
        staged.document,
        staged.catalogue_sha256,
        staged.is_demonstration,
        staged.is_report
    )
