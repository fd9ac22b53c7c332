"""The same report as plain text: CSV with a section for each sheet, and JSON."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

from resolution_monitor.exchange.report_rows import Answer, answers, in_words, meta_rows
from resolution_monitor.formula_text import marked_text
from resolution_monitor.reporting import layout
from resolution_monitor.reporting.content import BodyReport

DELIMITER = ";"


def digits_text(value: Decimal) -> str:
    """
    Every digit of a number, with a decimal comma.

    Three decimals get a fourth: "1,234" could be one thousand two hundred and thirty-four.
    """
    text = f"{value:f}".replace(".", ",")
    _, comma, decimals = text.partition(",")
    return f"{text}0" if comma and len(decimals) == 3 else text


def report_csv(report: BodyReport, catalogue_sha256: str = "") -> bytes:
    """
    UTF-8 with BOM, semicolons: what Excel in Viet Nam opens and saves.

    A line with the name of a sheet alone begins its section; then come its headings and its rows.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow([layout.META])
    writer.writerows(meta_rows(report, catalogue_sha256))
    for sheet, rows in answers(report).items():
        writer.writerow([])
        writer.writerow([sheet])
        fields = list(rows[0]) if rows else _fields(sheet)
        writer.writerow([layout.HEADINGS[sheet][field] for field in fields])
        writer.writerows([_text(row[field]) for field in fields] for row in (in_words(sheet, row) for row in rows))
    return target.getvalue().encode("utf-8-sig")


def _fields(sheet: str) -> list[str]:
    return list(layout.HEADINGS[sheet])


def _text(answer: Answer) -> str:
    if answer is None:
        return ""
    if isinstance(answer, Decimal):
        return digits_text(answer)
    if isinstance(answer, date):
        return f"{answer:%d/%m/%Y}"
    return marked_text(answer) if isinstance(answer, str) else str(answer)


def report_json(report: BodyReport, catalogue_sha256: str = "") -> bytes:
    """Fields by their own names, codes in place of words, days as YYYY-MM-DD, nothing as null."""
    told = dict(meta_rows(report, catalogue_sha256)) | {"is_demonstration": report.is_demonstration}
    told |= {"mark": layout.DEMONSTRATION} if report.is_demonstration else {}
    rows = {
        layout.FIELDS[sheet]: [{field: _value(answer) for field, answer in row.items()} for row in rows]
        for sheet, rows in answers(report).items()
    }
    return (json.dumps({**told, **rows}, ensure_ascii=False, indent=1) + "\n").encode()


def _value(answer: Answer) -> str | int | float | bool | None:
    """A number as JSON has it where that loses no digit, else its digits as text."""
    if isinstance(answer, Decimal):
        as_float = float(answer)
        return as_float if Decimal(repr(as_float)) == answer else digits_text(answer)
    if isinstance(answer, date):
        return answer.isoformat()
    return answer
