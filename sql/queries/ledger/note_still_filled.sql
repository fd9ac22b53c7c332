-- Note that nothing new was found that obligations of some periods could follow from; what somebody filled from something
-- else meanwhile stays as it is. Grain: one row per period. Parameters: period_names, basis, seen_until, judged_at.
update filled_period
set
    seen_until = greatest(filled_period.seen_until, %(seen_until)s),
    judged_at = greatest(filled_period.judged_at, %(judged_at)s)
where
    filled_period.period_name = any(%(period_names)s)
    and filled_period.basis = %(basis)s
