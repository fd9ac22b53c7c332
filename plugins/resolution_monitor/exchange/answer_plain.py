"""An answer as CSV or JSON, for files that came as such."""

import csv
import io
import json

from resolution_monitor.exchange.answer import Answer, as_plain
from resolution_monitor.exchange.plain import DELIMITER
from resolution_monitor.formula_text import marked_text

HEADINGS = ("Số", "Mức độ", "Trang tính", "Ô", "Giá trị", "Nội dung", "Đề nghị")


def answer_csv(answer: Answer) -> bytes:
    """UTF-8 with BOM, semicolons; the first line says what became of the file."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow([marked_text(answer.file_name), answer.result])
    writer.writerow(HEADINGS)
    for number, told in answer.numbered():
        texts = (told.word, told.sheet, told.cell, told.value, told.text, told.action)
        writer.writerow([number, *(marked_text(text or "") for text in texts)])
    return target.getvalue().encode("utf-8-sig")


def answer_json(answer: Answer) -> bytes:
    told = {**as_plain(answer), "result": answer.result}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
