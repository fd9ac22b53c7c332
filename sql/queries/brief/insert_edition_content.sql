-- Keep what else an edition was made of, and its content, once.
-- Parameters: briefing_id, language, catalogue_sha256, renderer_sha256, seen_until, view_model, recorded_at.
insert into edition_content (
    briefing_id,
    language,
    catalogue_sha256,
    renderer_sha256,
    seen_until,
    view_model,
    recorded_at
)
values (
    %(briefing_id)s,
    %(language)s,
    %(catalogue_sha256)s,
    %(renderer_sha256)s,
    %(seen_until)s,
    %(view_model)s,
    %(recorded_at)s
)
on conflict on constraint edition_content_pkey do nothing
