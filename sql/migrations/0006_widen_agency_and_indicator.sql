-- Bodies of a province know their province; indicators of resolutions know their resolution, lead, pace and marks.

alter table agency add column parent_id text;
comment on column agency.parent_id is 'The province of a province_body, else null.';

alter table indicator add column resolution_code text;
alter table indicator add column lead_id text;
alter table indicator add column bodies text;
alter table indicator add column publication_lag_days integer;
alter table indicator add column t0 date;
alter table indicator add column weight numeric;
alter table indicator add column assumed text;
alter table indicator add column note text;
comment on column indicator.bodies is 'Groups of bodies that report it where no lead does, separated by commas.';
comment on column indicator.assumed is 'Fields that are settings of the system, separated by commas.';
