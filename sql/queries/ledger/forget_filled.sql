-- Forget what the obligations of some periods were filled from: next time they are filled whatever was seen.
-- Grain: one row per period. Parameters: period_names.
delete from filled_period
where
    period_name = any(%(period_names)s)
