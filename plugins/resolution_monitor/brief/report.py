"""A report's folder in report_templates/: its settings, its messages, its templates."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from resolution_monitor.brief.sentences import Messages
from resolution_monitor.errors import RenderError


@dataclass(frozen=True, slots=True)
class Report:
    """
    What a report's folder says.

    Attributes:
        templates: report_templates/, below which every file of a page lies.
        settings: report.yaml as it stands.
        workbook: workbook.yaml as it stands.
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


def load_report(templates: Path, name: str, map_path: Path, language: str = "vi") -> Report:
    """
    Read a report's folder.

    Raises:
        RenderError: There is no such folder, or a file of it cannot be read.
    """
    folder = templates / name
    try:
        settings = yaml.safe_load((folder / "report.yaml").read_text(encoding="utf-8"))
        workbook = yaml.safe_load((folder / "workbook.yaml").read_text(encoding="utf-8"))
        messages = Messages(folder / f"messages.{language}.yaml")
    except (OSError, yaml.YAMLError) as error:
        raise RenderError(f"report_templates/{name}: {error}; restore the file") from error
    return Report(
        name=settings["report"],
        code=settings["code"],
        file_name=settings["file_name"],
        templates=templates,
        settings=settings,
        workbook=workbook,
        messages=messages,
        map_path=map_path,
        renderer_sha256=_renderer_sha256(templates),
    )


def _renderer_sha256(templates: Path) -> str:
    code = sorted(Path(__file__).parent.rglob("*.py"))
    pages = sorted(path for path in templates.rglob("*") if path.suffix not in {"", ".md", ".txt"} and path.is_file())
    lock = templates.parent / "requirements.txt"
    digests = (hashlib.sha256(path.read_bytes()).digest() for path in (*code, *pages, lock))
    return hashlib.sha256(b"".join(digests)).hexdigest()
