-- Keeps the number until the branch that it was given to comes in; it is dropped then.
select 1;
