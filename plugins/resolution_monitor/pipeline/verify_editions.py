"""Proves kept editions: their hashes recomputed from what was known when they were made, their files hashed again."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from resolution_monitor.ask.figure_sources import period_of
from resolution_monitor.brief.briefing import text_sha256
from resolution_monitor.brief.parts.head import Issued
from resolution_monitor.brief.render_pdf import pdf_maker
from resolution_monitor.errors import CatalogueError, NothingToReportError, RenderError
from resolution_monitor.pipeline.context import Context
from resolution_monitor.pipeline.edition_again import context_then, made_again
from resolution_monitor.pipeline.edition_record import Made, lock_sha256
from resolution_monitor.pipeline.files import rendered
from resolution_monitor.score.version import rules_version
from resolution_monitor.store import edition_rows, secrecy_rows

Row = dict[str, Any]


class Same(StrEnum):
    """Whether what was told of an edition is still so."""

    SAME = "same"
    DIFFERS = "differs"
    GONE = "gone"  # a file that lies nowhere any more; of an issued edition that is wrong
    OTHER_CODE = "other_code"  # made by another version: what was kept is proven, making it again is not
    OTHER_LOCK = "other_lock"  # other packages: its bytes are held against their stored hash alone
    PURGED = "purged"  # a purge took rows away since: it cannot be made again
    NOT_KEPT = "not_kept"  # made before what it saw and said was kept
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class EditionProof:
    """
    One edition.

    Attributes:
        snapshot: The rows it was made of, read again as known then.
        view_model: What it says: the kept content hashed again, and made again where the code is the same.
        files: PDF and workbook as they lie there, against their stored hashes.
        made_again: Their bytes rendered anew.
    """

    edition: str
    report: str
    period: str
    state: str
    snapshot: Same
    view_model: Same
    files: Same
    made_again: Same = Same.NOT_ASKED

    @property
    def is_wrong(self) -> bool:
        told = (self.snapshot, self.view_model, self.files, self.made_again)
        return Same.DIFFERS in told or (self.files is Same.GONE and self.state == "issued")


@dataclass(frozen=True, slots=True)
class _Kept:
    """An edition with what was kept of it; `made` is it made again, None where that cannot be."""

    edition: Row
    content: Row
    made: Made | None
    is_purged: bool

    @property
    def is_same_snapshot(self) -> bool:
        return self.made is not None and self.made.snapshot.sha256 == self.edition["snapshot_sha256"]

    @property
    def is_same_code(self) -> bool:
        return self.made is not None and self.made.report.renderer_sha256 == self.content["renderer_sha256"]


def verify_editions(context: Context, name: str | None = None, *, renders: bool = False) -> Iterator[EditionProof]:
    """
    One proof for each content that was kept, oldest first.

    Args:
        name: Only editions of this name.
        renders: Also render each anew, where code and packages are those it was made by.

    Raises:
        NothingToReportError: No edition bears the name.
    """
    made = edition_rows.editions_made(context.database)
    chosen = [one for one in made if name in (None, one["edition"])]
    if name is not None and not chosen:
        raise NothingToReportError(f"no edition {name!r} is kept; ./monitor editions --all lists them")
    purged = [stone.recorded_at for stone in secrecy_rows.tombstones(context.database)]
    for edition in chosen:
        kept = _kept(context, edition, _issued(edition, made), is_purged=any(at >= edition["made_at"] for at in purged))
        yield _proof(context, edition, kept, renders=renders)


def _issued(edition: Row, made: list[Row]) -> Issued | None:
    """What an issued edition bears, as it was ordered."""
    if edition["number"] is None:
        return None
    about = (edition["report"], edition["period_kind"], edition["period_end"], edition["corrects"])
    same = [one for one in made if (one["report"], one["period_kind"], one["period_end"], one["number"]) == about]
    corrects = (edition["corrects"], same[-1]["issued_on"]) if edition["corrects"] else None
    return Issued(edition["number"], edition["place"], edition["issued_on"], edition["signer"], corrects)


def _kept(context: Context, edition: Row, issued: Issued | None, *, is_purged: bool) -> _Kept | Same:
    """Why nothing can be told, where nothing was kept."""
    content = edition_rows.content_of_edition(context.database, edition["briefing_id"])
    if content is None:
        return Same.PURGED if is_purged else Same.NOT_KEPT
    return _Kept(edition, content, _again(context, edition, content, issued), is_purged)


def _proof(context: Context, edition: Row, kept: _Kept | Same, *, renders: bool) -> EditionProof:
    told = {name: edition[name] for name in ("edition", "report", "state")}
    told |= {"period": period_of(edition).name, "files": _files(context, edition)}
    if isinstance(kept, Same):
        return EditionProof(**told, snapshot=kept, view_model=kept)
    made = _rendered(context, kept) if renders else Same.NOT_ASKED
    return EditionProof(**told, snapshot=_snapshot(kept), view_model=_view_model(kept), made_again=made)


def _again(context: Context, edition: Row, content: Row, issued: Issued | None) -> Made | None:
    """None where a purge took its run away, or this version can neither read its catalogue nor make its report."""
    try:
        return made_again(context_then(context, content), edition, issued)
    except (CatalogueError, NothingToReportError, RenderError):
        return None


def _snapshot(kept: _Kept) -> Same:
    if kept.is_same_snapshot:
        return Same.SAME
    if kept.is_purged:
        return Same.PURGED
    is_by_rules_of_now = kept.is_same_code and kept.edition["rules_version"] == rules_version()
    return Same.DIFFERS if is_by_rules_of_now else Same.OTHER_CODE


def _view_model(kept: _Kept) -> Same:
    wanted = kept.edition["view_model_sha256"]
    if text_sha256(kept.content["content"]) != wanted:
        return Same.DIFFERS
    if kept.made is None or not (kept.is_same_code and kept.is_same_snapshot):
        return Same.PURGED if kept.is_purged else Same.OTHER_CODE
    return Same.SAME if kept.made.briefing.sha256 == wanted else Same.DIFFERS


def _rendered(context: Context, kept: _Kept) -> Same:
    if kept.made is None or not (kept.is_same_code and kept.is_same_snapshot):
        return Same.PURGED if kept.is_purged else Same.OTHER_CODE
    if kept.edition["lock_sha256"] != lock_sha256(context.settings):
        return Same.OTHER_LOCK
    made = kept.made
    with pdf_maker() as maker:
        files = rendered(made.report, made.briefing, made.snapshot.period, maker)
    return Same.SAME if [sha256(one).hexdigest() for one in files] == _hashes(kept.edition) else Same.DIFFERS


def _files(context: Context, edition: Row) -> Same:
    """As they lie in the folder of briefings; those of a draft may be gone, it can be made again."""
    folder, mark = context.settings.briefings_folder, edition["edition"][-8:]
    found = [next(iter(folder.glob(f"*-{mark}.{ending}")), None) for ending in ("pdf", "xlsx")]
    for path, wanted in zip(found, _hashes(edition), strict=True):
        if path is not None and sha256(path.read_bytes()).hexdigest() != wanted:
            return Same.DIFFERS
    return Same.SAME if all(found) else Same.GONE


def _hashes(edition: Row) -> list[str]:
    return [edition["pdf_sha256"], edition["xlsx_sha256"]]
