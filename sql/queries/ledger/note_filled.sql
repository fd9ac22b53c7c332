-- Note what the obligations of some periods were filled from just now. Grain: one row per period.
-- Parameters: period_names, basis, seen_until, judged_at.
insert into filled_period (
    period_name,
    basis,
    seen_until,
    judged_at
)
select
    filled.period_name,
    %(basis)s,
    %(seen_until)s,
    %(judged_at)s
from
    unnest(%(period_names)s::text[]) as filled (period_name)
on conflict on constraint filled_period_pkey do update set
    basis = excluded.basis,
    seen_until = excluded.seen_until,
    judged_at = excluded.judged_at
