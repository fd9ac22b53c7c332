-- Beside each forecast stands what its band had meant for its kind when it was made: low is no comfort by itself.

alter table forecast
    add column band_things integer,
    add column band_short integer,
    add constraint forecast_band_meant_check check (
        (band_things is null and band_short is null)
        or (band_things > 0 and band_short between 0 and band_things)
    );
comment on column forecast.band_things is
    'Resolved things of the kind that were told this band; null until 20 of the kind are resolved.';
comment on column forecast.band_short is 'How many of these fell short or were late.';
