-- Whose a printed number is and where it stands, so that an analyst finds it from the page and the page from it.

alter table figure add column about text not null default '';
alter table figure add column place text not null default '';
comment on column figure.about is 'Whose the number is: a body, the nation, or a group of bodies.';
comment on column figure.place is 'Where it is printed: page and table.';
