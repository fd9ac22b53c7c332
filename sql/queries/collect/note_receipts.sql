-- Note what receipts now say. Grain of the result: one row per arrival. Parameters: arrival_ids, states, in one order.
update arrival
set
    told_state = told.state
from
    unnest(%(arrival_ids)s::bigint[], %(states)s::text[]) as told (arrival_id, state)
where
    arrival.arrival_id = told.arrival_id
