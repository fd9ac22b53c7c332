-- A value keeps the unit it was read in: a catalogue that changes a unit from a day on leaves what was reported before it.

alter table observation add column unit text;
comment on column observation.unit is 'Of the value, as the catalogue had it for the period; null where it was read before units were kept.';

alter table target add column unit text;
comment on column target.unit is 'Of the value, as the catalogue had it for the period; null where it was read before units were kept.';
