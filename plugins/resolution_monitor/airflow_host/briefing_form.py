"""What an operator reads of a briefing's DAG and fills in to begin a run: names, descriptions, the form's fields."""

from collections.abc import Sequence

from airflow.sdk import Param

from resolution_monitor.brief.report import languages_of
from resolution_monitor.period import ReportCalendar, pattern_of
from resolution_monitor.pipeline import missing_periods
from resolution_monitor.settings import Settings
from resolution_monitor.wording import VIETNAMESE

# What is rarely filled in; the others stand open as soon as the form does.
_MORE = "Tùy chọn khác · More"
_MOST_NAMED = 24
_LANGUAGES = {VIETNAMESE: "Tiếng Việt", "en": "English"}
# A period of each kind, as it is written.
_EXAMPLES = {
    "day": "2026-10-31",
    "week": "2026-W44",
    "month": "2026-10",
    "quarter": "2026-Q4",
    "half_year": "2026-H2",
    "nine_months": "2026-9M",
    "year": "2026",
}


def title_of(calendar: ReportCalendar) -> str:
    """What the DAG is called on Airflow's pages."""
    return " · ".join(name for name in (calendar.name_vi, calendar.name_en) if name) or calendar.report


def form_of(calendar: ReportCalendar, settings: Settings) -> dict[str, Param]:
    """The fields of the form by which a run of a report is begun."""
    return {
        "period": _period(calendar, missing_periods(settings, calendar.report)),
        "collects": Param(
            True,
            type="boolean",
            title="Thu nhận tệp mới trước · Collect new files first",
            description_md="Bỏ chọn để lập lại một kỳ cũ chỉ từ những gì đã lưu. "
            "Untick to make a past period again of what is kept alone.",
        ),
        "inbox": Param(
            None,
            type=["null", "string"],
            title="Nơi nhận tệp · Inbox",
            description_md="Để trống: hộp nhận của hệ thống. Empty: the installation's own. "
            "Ví dụ · for example: /srv/monitor/inbox",
            section=_MORE,
        ),
        "language": _language(languages_of(settings.root / "report_templates", calendar.report)),
        "full": Param(
            False,
            type="boolean",
            title="Chấm lại mọi cơ quan · Score every body",
            description_md="Kể cả cơ quan không có gì mới. Also those without news; the scores come out the same.",
            section=_MORE,
        ),
    }


def _period(calendar: ReportCalendar, missing: Sequence[str]) -> Param:
    example = _EXAMPLES[calendar.period_kind.removeprefix("decree_")] + "D" * calendar.period_kind.startswith("decree_")
    named = ", ".join(missing[:_MOST_NAMED])
    more = f" … ({len(missing)})" if len(missing) > _MOST_NAMED else ""
    gaps = f"**Chưa lập · Missing: {named}{more}**" if missing else "Không thiếu kỳ nào · No period is missing."
    return Param(
        None,
        type=["null", "string"],
        pattern=pattern_of(calendar.period_kind),
        examples=[*missing[:_MOST_NAMED], *([] if missing else [example])],
        title="Kỳ báo cáo · Period",
        description_md=f"Viết như {example}; để trống: kỳ mới nhất đã đến hạn lập. "
        f"Written as {example}; empty: the last that is due.\n\n{gaps}",
    )


def _language(written: Sequence[str]) -> Param:
    return Param(
        VIETNAMESE,
        type="string",
        enum=list(written),
        values_display={code: _LANGUAGES.get(code, code) for code in written},
        title="Ngôn ngữ · Language",
        description_md="Bản ngôn ngữ khác đứng bên cạnh bản tiếng Việt. "
        "An edition of another language stands beside the Vietnamese one.",
    )
