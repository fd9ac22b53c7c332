"""HTML becomes PDF in a child process that is closed in; the only module that imports WeasyPrint.

The same HTML gives the same bytes: dates and identifier come with the document, nothing from the clock, and no letter
from a font of the machine.
"""

import base64
import contextlib
import ctypes.util
import io
import json
import mimetypes
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

from resolution_monitor.errors import RenderError
from resolution_monitor.sandbox.attacks import tried_attacks
from resolution_monitor.sandbox.bait import Bait
from resolution_monitor.sandbox.confine import Needs, Protections, give_up_calls, give_up_rights, python_files
from resolution_monitor.sandbox.landlock import OWN, READ
from resolution_monitor.sandbox.system_calls import WITH_THREADS
from resolution_monitor.sandbox.warm_child import child_environment
from resolution_monitor.settings import PROJECT_ROOT

if TYPE_CHECKING:
    from resolution_monitor.brief.attached import Attached

_MEMORY_BYTES = 2 * 1024 * 1024 * 1024
_SECONDS = 120
_FILE_BYTES = 64 * 1024 * 1024  # fonts, unpacked
_OPEN_FILES = 128
_VARIANT = "pdf/a-3a"  # and PDF/UA-1: see pdf_finish
# Ours alone: a letter that they lack is drawn as a box, and no font of the machine takes their place.
_FONT_FOLDER = PROJECT_ROOT / "report_templates" / "_shared" / "fonts"
_FONT_SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{folder}</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class PdfMaker:
    """A child that makes one document, and gets ready for it while its parent does other things."""

    _child: subprocess.Popen[bytes]

    def begin(self, html: str, templates: Path, identifier: str) -> None:
        """
        Hand over the page, which the child sets while its parent makes what is attached.

        Args:
            html: Refers to style sheets and fonts below `templates` only.
            identifier: Hash of the content; becomes the file's identifier.
        """
        assert self._child.stdin is not None  # noqa: S101 - Popen was given a pipe
        request = {"html": html, "templates": str(templates), "identifier": identifier}
        # A child that is gone has said why; `finish` tells it.
        with contextlib.suppress(BrokenPipeError):
            self._child.stdin.write(json.dumps(request).encode() + b"\n")
            self._child.stdin.flush()

    def finish(self, attached: "Sequence[Attached]" = ()) -> bytes:
        """
        The PDF of the page that was handed over, with the files it carries.

        Raises:
            RenderError: WeasyPrint or Pango is missing, a file is refused, or a limit is passed.
        """
        pdf = self._answer([_as_plain(file) for file in attached])
        if not pdf.startswith(b"%PDF"):
            raise RenderError("the PDF could not be made: no PDF came of it")
        return pdf

    def attacked(self, bait: Bait, templates: Path) -> tuple[Protections, dict[str, str]]:
        """What protects such a child, and how each attack of it ended; see attacks."""
        told = json.loads(self._answer({"attack": bait.as_plain(), "templates": str(templates)}))
        return Protections(**told["protections"]), told["attacks"]

    def _answer(self, request: object) -> bytes:
        try:
            answer, said = self._child.communicate(json.dumps(request).encode(), timeout=2 * _SECONDS)
        except subprocess.TimeoutExpired as error:
            raise RenderError(f"the PDF was not ready within {2 * _SECONDS} s; report this with the period") from error
        if self._child.returncode:
            words = said.decode(errors="replace").strip().splitlines() or ["no words"]
            raise RenderError(f"the PDF could not be made: {words[-1]}{_hint(words)}")
        return answer


@contextlib.contextmanager
def pdf_maker() -> Iterator[PdfMaker]:
    """A child that is ready soon, and gone at the end whether it was asked or not."""
    with tempfile.TemporaryDirectory(prefix="pdf-") as folder:
        told = Path(folder) / "fonts.conf"
        told.write_text(_FONT_SETTINGS.format(folder=escape(folder), fonts=escape(str(_FONT_FOLDER))), encoding="utf-8")
        environment = {**child_environment(folder), "FONTCONFIG_FILE": str(told)}
        command = [sys.executable, "-P", "-m", "resolution_monitor.brief.render_pdf"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, cwd="/") as child:
            try:
                yield PdfMaker(child)
            finally:
                child.kill()


def render_pdf(html: str, templates: Path, identifier: str, attached: "Sequence[Attached]" = ()) -> bytes:
    """The PDF of one document, by a child of its own; see PdfMaker."""
    with pdf_maker() as maker:
        maker.begin(html, templates, identifier)
        return maker.finish(attached)


def _as_plain(file: "Attached") -> dict[str, str]:
    told = {"name": file.name, "about": file.about, "media_type": file.media_type}
    return {**told, "made_for": file.made_for.isoformat(), "content": base64.b64encode(file.content).decode()}


def _hint(words: list[str]) -> str:
    if any("cannot load library" in line for line in words):
        return "; Pango is missing: run make run again, or apt-get install libpango-1.0-0 libpangoft2-1.0-0"
    return ""


def main() -> None:
    """The child: on standard input the page, then what is attached, a line each; on standard output the PDF."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    _load_weasyprint()
    request = json.loads(sys.stdin.buffer.readline())
    templates = Path(request["templates"])
    protections = _close_in(templates)
    if "attack" in request:
        told = {"protections": asdict(protections), "attacks": tried_attacks(Bait(**request["attack"]))}
        sys.stdout.buffer.write(json.dumps(told).encode())
        return
    sys.stdout.buffer.write(_pdf(request["html"], templates, request["identifier"]))


def _load_weasyprint() -> None:
    """Loaded while the parent still writes the page: it takes as long as a short page."""
    # Looking for libraries starts compilers and linkers; those we need are found under their plain names.
    ctypes.util.find_library = lambda name: None
    mimetypes.init()  # reads tables of the machine
    import weasyprint  # noqa: F401


def _close_in(templates: Path) -> Protections:
    files = {**python_files(), templates: READ, _FONT_FOLDER: READ, Path(tempfile.gettempdir()): OWN}
    needs = Needs(_MEMORY_BYTES, WITH_THREADS, files, _FILE_BYTES, _OPEN_FILES, has_threads=True)
    protections = give_up_rights(needs)
    give_up_calls(needs, has_filter=protections.has_filter)
    return protections


def _pdf(html: str, templates: Path, identifier: str) -> bytes:
    from weasyprint import HTML

    from resolution_monitor.brief.pdf_finish import finisher

    document = HTML(string=html, base_url=f"{templates}/", url_fetcher=_fetcher(templates)).render(pdf_variant=_VARIANT)
    files = json.loads(sys.stdin.buffer.readline())
    document.metadata.attachments += [_attachment(file) for file in files]
    media_types = {file["name"]: file["media_type"] for file in files}
    finish = finisher(media_types)
    pdf: bytes = document.write_pdf(finisher=finish, pdf_identifier=identifier.encode(), pdf_variant=_VARIANT)
    return pdf


def _fetcher(templates: Path) -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class TemplateFetcher(URLFetcher):  # type: ignore[misc]
        """Reads files below the templates and nothing else; a refused file ends the rendering."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if not url.startswith("file://") or not _is_below(url, templates):
                raise FatalURLFetchingError(f"refused to fetch {url}")
            return super().fetch(url, headers)

    return TemplateFetcher(allowed_protocols=("file",), allow_redirects=False, fail_on_errors=True)


def _attachment(file: dict[str, str]) -> Any:
    """Bytes that the parent sent: nothing is fetched for it."""
    from weasyprint import Attachment

    made_for = datetime.fromisoformat(file["made_for"]).astimezone(UTC)
    return Attachment(
        file_obj=io.BytesIO(base64.b64decode(file["content"])),
        name=file["name"],
        description=file["about"],
        created=made_for,
        modified=made_for,
        relationship="Data",
    )


def _is_below(url: str, folder: Path) -> bool:
    return Path(unquote(url.removeprefix("file://"))).resolve().is_relative_to(folder.resolve())


if __name__ == "__main__":
    main()
