-- What several statements said each for itself: the findings of some checks, the last file under a name, and the file that
-- a value behind a score came from. Plain SQL, into which the conditions of the statement around reach.

create function standing_finding_of(checks text[])
returns table (
    submission_id bigint,
    file_name text,
    catalogue_sha256 text,
    raw_value text,
    sheet text,
    cell text
)
language sql stable
as $$
    -- Looked for by their check, which is no part of the key: newest_finding() would sort all findings first.
    with newest as (
        select distinct on (finding.submission_id, finding.scope, finding.fingerprint)
            finding.*
        from
            finding
        where
            finding.check_code = any(checks)
        order by
            finding.submission_id,
            finding.scope,
            finding.fingerprint,
            finding.recorded_at desc
    )

    select
        newest.submission_id,
        file.file_name,
        file.catalogue_sha256,
        newest.raw_value,
        newest.sheet,
        newest.cell
    from
        newest
    inner join standing_submission as file
        on file.submission_id = newest.submission_id
    where
        not newest.is_withdrawn
$$;
comment on function standing_finding_of is 'The findings of some checks that stand, with their file. One row per finding.';

create function last_arrival(of_sender text, named text)
returns setof arrival
language sql stable
as $$
    select
        arrival.*
    from
        arrival
    where
        arrival.sender_id = of_sender
        and arrival.file_name = named
    order by
        arrival.arrival_id desc
    limit 1
$$;
comment on function last_arrival is 'What came last from a sender under a name. One row, or none where nothing came.';

create view score_source_file as
select
    score_source.scoring_run_id,
    score_source.agency_id,
    score_source.indicator_id,
    coalesce(target.submission_id, observation.submission_id) as submission_id
from
    score_source
left join target
    using (target_id)
left join observation
    using (observation_id);
comment on view score_source_file is 'One row per value that went into a score of the budget, with the file it was read from.';
