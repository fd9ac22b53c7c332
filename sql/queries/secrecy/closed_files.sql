-- Files that may bear a mark of secrecy, with what was decided of each; in order. Grain: one row per closed file.
-- Parameters: none.
with final as (
    select
        closed_file.closed_number,
        closed_file.sender_id,
        closed_file.received_at,
        closed_file.content_mark,
        closed_decision.decision,
        closed_decision.author,
        closed_decision.reason,
        closed_decision.recorded_at as decided_at
    from
        closed_file
    left join closed_decision
        using (closed_number)
    order by
        closed_file.closed_number
)

select * from final
