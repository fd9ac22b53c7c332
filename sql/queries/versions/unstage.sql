-- Empty the place where versions wait, so that one transaction can bring several lots. See merge.sql for the words with $$.
drop table staged_$table
