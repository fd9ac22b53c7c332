"""The page as HTML: a sandboxed template, every value escaped unless it is a drawing of ours."""

import unicodedata
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from resolution_monitor.brief.briefing import Briefing
from resolution_monitor.brief.report import Report
from resolution_monitor.errors import RenderError

# Keys whose values are SVG made by brief/charts and brief/maps, which escape what they are given.
_DRAWINGS = {
    *("bullet", "dots", "plan_head", "tick_foot", "province_map", "swatch", "bar", "mark"),
    *("mark_pair", "dumbbell"),
    *("task_cells", "indicator_cells", "warnings", "way", "slip"),
}


def page_html(report: Report, briefing: Briefing) -> str:
    """
    The whole document, composed (NFC).

    Raises:
        RenderError: The template is wrong or asks for what the view does not hold.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(report.templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    view = {key: _marked(key, value) for key, value in briefing.page.items()}
    made_for = briefing.made_for.isoformat()
    try:
        template = environment.get_template(f"{report.name}/page.html.jinja")
        html = template.render(
            title=briefing.title, edition=briefing.edition, made_for=made_for, language=report.language, **view
        )
    except TemplateError as error:
        raise RenderError(f"report_templates/{report.name}/page.html.jinja: {error}; mend the template") from error
    return unicodedata.normalize("NFC", html)


def _marked(key: str, value: Any) -> Any:
    if key in _DRAWINGS and isinstance(value, str):
        return Markup(value)  # noqa: S704 - drawn by us, escaped where it is drawn
    if isinstance(value, dict):
        return {name: _marked(name, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_marked(key, inner) if isinstance(inner, (dict, list)) else inner for inner in value]
    return value
