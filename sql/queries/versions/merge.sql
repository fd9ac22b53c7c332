-- How a row supersedes another: by a newer one with the same key. What is staged is appended where it is new or differs
-- from the newest version of its key; what is no longer staged is ended by a version that says so. Nothing is overwritten.
-- Written out for each table that store/grains.py describes; words with $$ are what it says of the table.
-- Grain of the result: one row per change. Reads the table that stage.sql makes.
-- Parameters: recorded_at, and a list for each column the table is merged within (submission_ids).
with latest as (
    select distinct on ($key)
        $table.*
    from
        $table
    where
        $within
    order by
        $key,
        recorded_at desc
),

changed as (
    select
        $staged_columns,
        false as $ending
    from
        staged_$table as staged
    left join latest
        using ($key)
    where
        ($latest_version) is distinct from ($staged_version)
),

ended as (
    select
        $latest_columns,
        true as $ending
    from
        latest
    left join staged_$table as staged
        using ($key)
    where
        staged.$first is null
        and not latest.$ending
),

final as (
    select * from changed
    union all
    select * from ended
)

insert into $table (
    $columns,
    $ending,
    recorded_at
)
select
    final.*,
    %(recorded_at)s
from
    final
order by
    $order
