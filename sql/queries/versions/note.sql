-- Note what was made, once: the same again is the row it was before. Gives its number and whether it is new.
-- Written out for each table that store/notes.py describes; words with $$ are what it says of the table.
-- Grain of the result: one row. Parameters: every column of $$columns.
with added as (
    insert into $table ($columns)
    values ($given)
    on conflict on constraint $constraint do nothing
    returning
        $number
),

final as (
    select
        $number,
        true as is_new
    from
        added
    union all
    select
        $number,
        false as is_new
    from
        $table
    where
        $same
)

select * from final
