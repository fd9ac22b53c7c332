-- Every edition that was made, with the runs it was made from last, and under which number it was issued. Grain: one row per edition and content.
-- Parameters: none.
with newest_input as (
    select distinct on (briefing_id)
        briefing_id,
        scoring_run_id,
        before_run_id,
        recorded_at as made_at
    from
        edition_input
    order by
        briefing_id,
        recorded_at desc
),

final as (
    select
        briefing.briefing_id,
        briefing.report,
        briefing.period_kind,
        briefing.period_end,
        briefing.edition,
        briefing.state,
        briefing.known_at,
        briefing.rules_version,
        briefing.lock_sha256,
        briefing.snapshot_sha256,
        briefing.view_model_sha256,
        briefing.pdf_sha256,
        briefing.xlsx_sha256,
        scoring_run.catalogue_sha256,
        newest_input.scoring_run_id,
        newest_input.before_run_id,
        newest_input.made_at,
        edition_issue.drafted_as,
        edition_issue.number,
        edition_issue.place,
        edition_issue.issued_on,
        edition_issue.signer,
        edition_issue.corrects
    from
        briefing
    inner join newest_input
        using (briefing_id)
    left join scoring_run
        on scoring_run.scoring_run_id = newest_input.scoring_run_id
    left join edition_issue
        on edition_issue.briefing_id = briefing.briefing_id
    order by
        newest_input.made_at,
        briefing.briefing_id
)

select * from final
