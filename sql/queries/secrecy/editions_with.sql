-- Editions that show something of submissions (scored with them, or naming them as a number's source), and those that may
-- quote them (made when they were known, on the days their rows are about or later).
-- Grain: one row per edition. Parameters: submission_ids, run_ids, sha256.
with said as (
    select submission_id, period_end from obstacle
    union all
    select submission_id, period_end from request
    union all
    select submission_id, period_end from task_report
    union all
    select submission_id, period_end from observation
),

reported as (
    select
        period_end
    from
        said
    where
        submission_id = any(%(submission_ids)s)
    union
    select
        date_trunc('year', received_at)::date as period_end
    from
        submission
    where
        submission_id = any(%(submission_ids)s)
        and exists (
            select
                1
            from
                finding
            where
                finding.submission_id = submission.submission_id
        )
),

first_seen as (
    select
        min(recorded_at) as recorded_at
    from
        submission
    where
        submission_id = any(%(submission_ids)s)
),

final as (
    select
        briefing.briefing_id,
        briefing.report,
        briefing.period_kind,
        briefing.period_end,
        briefing.edition,
        briefing.scoring_run_id,
        briefing.state
    from
        briefing
    where
        briefing.scoring_run_id = any(%(run_ids)s::bigint[])
        or exists (
            select
                1
            from
                figure
            where
                figure.briefing_id = briefing.briefing_id
                and figure.sources @> jsonb_build_array(jsonb_build_object('sha256', %(sha256)s::text))
        )
        or (
            briefing.known_at >= (select recorded_at from first_seen)
            and exists (
                select
                    1
                from
                    reported
                where
                    reported.period_end <= briefing.period_end
            )
        )
    order by
        briefing.report,
        briefing.period_end,
        briefing.briefing_id
)

select * from final
