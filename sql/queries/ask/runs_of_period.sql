-- The scoring runs of a period, of whatever report, and when an edition was last made from each.
-- Grain: one row per run, the edition made last first, then the newest. Parameters: period_kind, period_end.
with final as (
    select
        run.scoring_run_id,
        run.report,
        run.known_at,
        run.catalogue_sha256,
        max(made.recorded_at) as edition_made_at
    from
        scoring_run as run
    left join edition_input as made
        using (scoring_run_id)
    where
        run.period_kind = %(period_kind)s
        and run.period_end = %(period_end)s
    group by
        run.scoring_run_id
    order by
        max(made.recorded_at) desc nulls last,
        run.scoring_run_id desc
)

select * from final
