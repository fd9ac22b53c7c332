"""A report's folder in report_templates/: its settings, its messages, its templates."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from resolution_monitor.brief.sentences import Messages
from resolution_monitor.errors import RenderError
from resolution_monitor.wording import VIETNAMESE, is_language

SHARED = "_shared"


@dataclass(frozen=True, slots=True)
class Report:
    """
    What a report's folder says.

    Attributes:
        templates: report_templates/, below which every file of a page lies.
        settings: report.yaml as it stands.
        workbook: workbook.yaml as it stands: tables and columns; their words are messages.
        map_path: Outlines of the provinces.
        renderer_sha256: Of the templates, the drawing code and the lock: what else decides the bytes of a file.
    """

    name: str
    code: str
    file_name: str
    templates: Path
    settings: dict[str, Any]
    workbook: dict[str, Any]
    messages: Messages
    map_path: Path
    renderer_sha256: str

    @property
    def language(self) -> str:
        return self.messages.language

    def given(self, words: Mapping[str, str]) -> "Report":
        """The same report with these places filled in its messages."""
        return replace(self, messages=self.messages.given(words))

    @property
    def language_mark(self) -> str:
        """What tells an edition of another language apart; nothing for a Vietnamese one."""
        return "" if self.language == VIETNAMESE else f"-{self.language}"


def load_report(templates: Path, name: str, map_path: Path, language: str = VIETNAMESE) -> Report:
    """
    Read a report's folder.

    Raises:
        RenderError: There is no such folder, a file of it cannot be read, or it is not written in the language.
    """
    folder = templates / name
    try:
        settings = yaml.safe_load((folder / "report.yaml").read_text(encoding="utf-8"))
        workbook = yaml.safe_load((folder / "workbook.yaml").read_text(encoding="utf-8"))
        messages = Messages(_message_files(templates, name, settings, language), language)
    except (OSError, yaml.YAMLError) as error:
        raise RenderError(f"report_templates/{name}: {error}; restore the file") from error
    return Report(
        name=name,
        code=settings["code"],
        file_name=settings["file_name"],
        templates=templates,
        settings=settings,
        workbook=workbook,
        messages=messages,
        map_path=map_path,
        renderer_sha256=_renderer_sha256(templates),
    )


def languages_of(templates: Path, name: str) -> list[str]:
    """The languages a report is written in: those its folder has messages for."""
    return sorted(path.name.split(".")[1] for path in (templates / name).glob("messages.*.yaml"))


def require_language(templates: Path, name: str, language: str) -> None:
    """
    Refuse a language that a report is not written in.

    Raises:
        RenderError: It has no messages, or no known way of writing numbers.
    """
    known = languages_of(templates, name)
    if language not in known or not is_language(language):
        file = f"report_templates/{name}/messages.{language}.yaml"
        raise RenderError(f"report {name!r} is written in {', '.join(known)}; for {language!r} add {file}")


def _message_files(templates: Path, name: str, settings: dict[str, Any], language: str) -> list[Path]:
    """What all reports share, what a group of them shares, and the report's own last."""
    require_language(templates, name, language)
    rooms = (SHARED, *(f"{SHARED}/{room}" for room in settings.get("shares", ())), name)
    return [templates / room / f"messages.{language}.yaml" for room in rooms]


def _renderer_sha256(templates: Path) -> str:
    code = sorted(Path(__file__).parent.rglob("*.py"))
    pages = sorted(path for path in templates.rglob("*") if path.suffix not in {"", ".md", ".txt"} and path.is_file())
    lock = templates.parent / "requirements.txt"
    digests = (hashlib.sha256(path.read_bytes()).digest() for path in (*code, *pages, lock))
    return hashlib.sha256(b"".join(digests)).hexdigest()
