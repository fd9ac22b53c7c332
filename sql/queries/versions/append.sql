-- Append what is staged, each unless the newest version of its key says the same. What is not staged stays as it is: the
-- rest of merge.sql is left out, which see for the words with $$.
-- Grain of the result: one row per change. Reads the table that stage.sql makes. Parameters: recorded_at.
with latest as (
    select distinct on ($key)
        $table.*
    from
        $table
    inner join staged_$table
        using ($key)
    order by
        $key,
        $table.recorded_at desc
)

insert into $table (
    $columns,
    recorded_at
)
select
    $staged_columns,
    %(recorded_at)s
from
    staged_$table as staged
left join latest
    using ($key)
where
    ($latest_version) is distinct from ($staged_version)
