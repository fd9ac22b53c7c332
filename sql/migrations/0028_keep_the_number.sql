-- Holds the number for a migration that another branch brings; whoever merges removes this file.
select 1;
