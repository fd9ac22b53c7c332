-- The questions of a scoring run of a month, or of its newest, with their replies. A reply to the same question of an earlier run
-- of the month, or of an earlier month, is shown too: the newest. Grain: one row per question.
-- Parameters: report, period_kind, period_end, scoring_run_id (null: the newest run known), known_at (null: all that is
-- known; of a run given by its number only replies are held back).
with run as (
    select
        scoring_run_id
    from
        scoring_run
    where
        report = %(report)s
        and period_kind = %(period_kind)s
        and period_end = %(period_end)s
        and (%(scoring_run_id)s::bigint is null or scoring_run_id = %(scoring_run_id)s)
        and (
            %(scoring_run_id)s::bigint is not null
            or %(known_at)s::timestamptz is null
            or recorded_at <= %(known_at)s
        )
    order by
        known_at desc,
        scoring_run_id desc
    limit 1
),

asked as (
    select
        screen_question.question_id,
        screen_question.screen,
        screen_question.agency_id,
        screen_question.item_id,
        scoring_run.period_end
    from
        screen_question
    inner join scoring_run
        using (scoring_run_id)
    where
        scoring_run.report = %(report)s
        and scoring_run.period_kind = %(period_kind)s
        and scoring_run.period_end <= %(period_end)s
        and screen_question.is_asked
),

first_asked as (
    select
        screen,
        agency_id,
        item_id,
        min(period_end) as first_asked_for
    from
        asked
    group by
        screen,
        agency_id,
        item_id
),

reply as (
    select distinct on (asked.screen, asked.agency_id, asked.item_id)
        asked.screen,
        asked.agency_id,
        asked.item_id,
        screen_reply.text as reply,
        screen_reply.author as replied_by,
        screen_reply.recorded_at as replied_at
    from
        asked
    inner join screen_reply
        using (question_id)
    where
        (%(known_at)s::timestamptz is null or screen_reply.recorded_at <= %(known_at)s)
    order by
        asked.screen,
        asked.agency_id,
        asked.item_id,
        screen_reply.recorded_at desc
),

final as (
    select
        screen_question.question_id,
        screen_question.place,
        screen_question.screen,
        screen_question.agency_id,
        screen_question.item_kind,
        screen_question.item_id,
        screen_question.question,
        screen_question.statistic,
        screen_question.chance,
        screen_question.false_share,
        screen_question.false_alarm_rate,
        screen_question.is_asked,
        screen_question.needs_verification,
        screen_question.reply_until,
        first_asked.first_asked_for,
        reply.reply,
        reply.replied_by,
        reply.replied_at
    from
        screen_question
    inner join run
        using (scoring_run_id)
    left join first_asked
        using (screen, agency_id, item_id)
    left join reply
        using (screen, agency_id, item_id)
    order by
        screen_question.place
)

select * from final
