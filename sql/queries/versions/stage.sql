-- Where versions wait inside their transaction, in columns of the types they will have. See merge.sql for the words with $$.
create temporary table staged_$table
on commit drop
as
select
    $columns
from
    $table
with no data
