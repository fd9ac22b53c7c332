"""HTML becomes PDF in a child process with limits; the only module that imports WeasyPrint.

The same HTML gives the same bytes: dates and identifier come with the document, nothing from the clock.
"""

import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from resolution_monitor.errors import RenderError

_MEMORY_BYTES = 2 * 1024 * 1024 * 1024
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class PdfMaker:
    """A child that makes one document, and gets ready for it while its parent does other things."""

    _child: subprocess.Popen[bytes]

    def render(self, html: str, templates: Path, identifier: str) -> bytes:
        """
        The PDF of one document.

        Args:
            html: Refers to style sheets and fonts below `templates` only.
            identifier: Hash of the content; becomes the file's identifier.

        Raises:
            RenderError: WeasyPrint or Pango is missing, a file is refused, or a limit is passed.
        """
        request = json.dumps({"html": html, "templates": str(templates), "identifier": identifier})
        try:
            pdf, said = self._child.communicate(request.encode(), timeout=2 * _SECONDS)
        except subprocess.TimeoutExpired as error:
            raise RenderError(f"the PDF was not ready within {2 * _SECONDS} s; report this with the period") from error
        if self._child.returncode or not pdf.startswith(b"%PDF"):
            words = said.decode(errors="replace").strip().splitlines() or ["no words"]
            raise RenderError(f"the PDF could not be made: {words[-1]}{_hint(words)}")
        return pdf


@contextlib.contextmanager
def pdf_maker() -> Iterator[PdfMaker]:
    """A child that is ready soon, and gone at the end whether it was asked or not."""
    package_root = str(Path(__file__).resolve().parents[2])
    kept = {name: os.environ[name] for name in ("HOME", "PATH", "FONTCONFIG_FILE") if name in os.environ}
    with tempfile.TemporaryDirectory() as folder:
        # Cache and configuration of fontconfig stay out of the user's home, which may not be writable.
        environment = {**kept, "PYTHONPATH": package_root, "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": folder}
        command = [sys.executable, "-m", "resolution_monitor.brief.render_pdf"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe) as child:
            try:
                yield PdfMaker(child)
            finally:
                child.kill()


def render_pdf(html: str, templates: Path, identifier: str) -> bytes:
    """The PDF of one document, by a child of its own; see PdfMaker.render."""
    with pdf_maker() as maker:
        return maker.render(html, templates, identifier)


def _hint(words: list[str]) -> str:
    if any("cannot load library" in line for line in words):
        return "; Pango is missing: run make run again, or apt-get install libpango-1.0-0 libpangoft2-1.0-0"
    return ""


def main() -> None:
    """The child: one request on standard input, the PDF on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    # Loaded while the parent still writes the page: it takes as long as a short page.
    import weasyprint  # noqa: F401

    request = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(_pdf(request["html"], Path(request["templates"]), request["identifier"]))


def _pdf(html: str, templates: Path, identifier: str) -> bytes:
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class TemplateFetcher(URLFetcher):  # type: ignore[misc]
        """Reads files below the templates and nothing else; a refused file ends the rendering."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if not url.startswith("file://") or not _is_below(url, templates):
                raise FatalURLFetchingError(f"refused to fetch {url}")
            return super().fetch(url, headers)

    fetcher = TemplateFetcher(allowed_protocols=("file",), allow_redirects=False, fail_on_errors=True)
    document = HTML(string=html, base_url=f"{templates}/", url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(pdf_identifier=identifier.encode(), pdf_variant="pdf/a-3a")
    return pdf


def _is_below(url: str, folder: Path) -> bool:
    return Path(unquote(url.removeprefix("file://"))).resolve().is_relative_to(folder.resolve())


if __name__ == "__main__":
    main()
