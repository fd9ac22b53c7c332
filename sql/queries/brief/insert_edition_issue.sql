-- Note that an edition was issued. Parameters: the columns of edition_issue besides its number of row.
insert into edition_issue (
    briefing_id,
    drafted_as,
    number,
    place,
    issued_on,
    signer,
    corrects,
    reason,
    author,
    recorded_at
)
values (
    %(briefing_id)s,
    %(drafted_as)s,
    %(number)s,
    %(place)s,
    %(issued_on)s,
    %(signer)s,
    %(corrects)s,
    %(reason)s,
    %(author)s,
    %(recorded_at)s
)
