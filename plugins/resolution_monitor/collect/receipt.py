"""The receipt a sender gets for each file: what came, when, under which number, and where it stands. In Vietnamese."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from resolution_monitor.period import TIME_ZONE
from resolution_monitor.wording import number

JSON_ENDING, TEXT_ENDING = ".bien-nhan.json", ".bien-nhan.txt"
_DEMONSTRATION = "DỮ LIỆU MINH HỌA"
_STATES = {
    "received": "Đã nhận, chờ kiểm tra nội dung",
    "accepted": "Đã tiếp nhận toàn bộ",
    "accepted_in_part": "Đã tiếp nhận một phần",
    "rejected": "Không tiếp nhận",
}
# Of a content that its sender returned to, byte for byte, after it had sent something else.
_OUTCOMES = {
    "counts": "Nội dung này được gửi lại sau khi đã gửi nội dung khác; lần gửi sau cùng quyết định nên nội dung này "
    "được tính trở lại.",
    "retracted": "Nội dung này đã được rút trước đó nên việc gửi lại không làm nó được tính. Nếu nội dung vẫn đúng, đề "
    "nghị liên hệ cơ quan tổng hợp để bỏ việc rút.",
    "closed": "Lần gửi lại này đến khi kỳ báo cáo đã khóa nên không được tính. Nếu cần sửa, đề nghị cơ quan tổng hợp "
    "mở lại kỳ rồi gửi lại.",
    "superseded": "Nội dung này được gửi lại nhưng đã có tệp đến sau nên không được tính.",
}
_OTHER_STATE = "Đã nhận"
# More is read better in the answer, beside the cells themselves.
_MOST_TO_MEND = 20
_MARKED = (
    "Có một văn bản mang dấu chỉ độ mật được gửi đến hệ thống. Văn bản không được tiếp nhận và không được lưu lại."
)
_MARKED_ACTION = (
    "Đề nghị gửi văn bản theo đường quy định đối với tài liệu bí mật nhà nước, không gửi lại qua hệ thống này; nếu văn "
    "bản còn trong thư mục gửi thì đề nghị gỡ ngay."
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """
    What a sender is told of one file.

    Attributes:
        sender_name: The body's name; None for a folder that is no body's.
        first_name: Under which name the same content came before; None where it did not.
        returned_at: When the sender came back to this content after another; None where it came once.
        outcome: What became of that: one of the keys of _OUTCOMES; None while nobody knows.
        findings: How many things its sender is asked to look at.
        reasons: Why the file as a whole, or all of it, was refused.
        answer: Name of the answer that the same run lays beside the receipt; None where there is none.
        to_mend: What its sender is asked to look at, one sentence each.
    """

    sender_id: str
    sender_name: str | None
    file_name: str
    first_name: str | None
    sha256: str
    size_bytes: int
    received_at: datetime
    returned_at: datetime | None
    outcome: str | None
    submission_id: int
    state: str
    findings: int
    reasons: tuple[str, ...]
    is_demonstration: bool
    answer: str | None = None
    to_mend: tuple[str, ...] = ()


def receipt_files(receipt: Receipt) -> Mapping[str, bytes]:
    """Ending of the name -> content; the same receipt, the same bytes."""
    return {JSON_ENDING: _json(receipt), TEXT_ENDING: _text(receipt)}


def marked_receipt_files(received_at: datetime) -> tuple[str, Mapping[str, bytes]]:
    """
    A receipt for a document that bears a mark of secrecy: it tells nothing of the file but when it came.

    Returns:
        The name without its ending, and by ending the content.
    """
    local = received_at.astimezone(TIME_ZONE)
    told = {
        "received_at": local.isoformat(timespec="seconds"),
        "state": "not_taken",
        "text": _MARKED,
        "action": _MARKED_ACTION,
    }
    moment = f"Thời điểm nhận: {moment_text(received_at)}"
    lines = ["THÔNG BÁO KHÔNG TIẾP NHẬN", "", moment, "", _MARKED, _MARKED_ACTION]
    return f"{local:%Y%m%d-%H%M%S}", {JSON_ENDING: dumped(told), TEXT_ENDING: joined(lines)}


def _json(receipt: Receipt) -> bytes:
    told = {
        "sender_id": receipt.sender_id,
        "file_name": receipt.file_name,
        "same_as": receipt.first_name,
        "sha256": receipt.sha256,
        "size_bytes": receipt.size_bytes,
        "received_at": receipt.received_at.astimezone(TIME_ZONE).isoformat(timespec="seconds"),
        **_returned(receipt),
        "submission": receipt.submission_id,
        "state": receipt.state,
        "state_vi": _state(receipt),
        "findings": receipt.findings if _is_read(receipt) else None,
        "reasons": list(receipt.reasons),
        "answer": receipt.answer,
        "to_mend": list(receipt.to_mend[:_MOST_TO_MEND]),
    }
    mark = {"mark": _DEMONSTRATION} if receipt.is_demonstration else {}
    return dumped({**mark, **told})


def _text(receipt: Receipt) -> bytes:
    name = f"{receipt.sender_name} ({receipt.sender_id})" if receipt.sender_name else receipt.sender_id
    lines = [
        *([_DEMONSTRATION, ""] if receipt.is_demonstration else []),
        "BIÊN NHẬN TỆP BÁO CÁO",
        "",
        f"Nơi gửi: {name}",
        f"Tên tệp: {receipt.file_name}",
        f"Dung lượng: {number(Decimal(receipt.size_bytes))} byte",
        f"Mã kiểm tra nội dung (SHA-256): {receipt.sha256}",
        f"Thời điểm nhận: {moment_text(receipt.received_at)}",
        *([f"Thời điểm gửi lại: {moment_text(receipt.returned_at)}"] if receipt.returned_at else []),
        f"Số tiếp nhận: {receipt.submission_id}",
        f"Tình trạng: {_state(receipt)}",
    ]
    if receipt.outcome:
        lines.append(_OUTCOMES[receipt.outcome])
    elif receipt.first_name:
        lines.append(f"Nội dung giống hệt tệp «{receipt.first_name}» đã gửi nên chỉ tính một lần.")
    if _is_read(receipt):
        lines.append(f"Số nội dung đề nghị xem lại: {receipt.findings}")
    if receipt.answer:
        lines.append(f"Tệp trả lời: {receipt.answer}")
    if receipt.reasons:
        lines += ["", "Lý do:", *(f"- {reason}" for reason in receipt.reasons)]
    return joined([*lines, *_to_mend(receipt)])


def _to_mend(receipt: Receipt) -> list[str]:
    """What is to be mended beyond the reasons, and where all of it stands."""
    open_ones = [text for text in receipt.to_mend if text not in receipt.reasons]
    lines = ["", "Nội dung đề nghị xem lại:", *(f"- {text}" for text in open_ones[:_MOST_TO_MEND])] if open_ones else []
    if len(open_ones) > _MOST_TO_MEND:
        lines.append(f"- và {len(open_ones) - _MOST_TO_MEND} nội dung khác trong tệp trả lời.")
    return lines


def _returned(receipt: Receipt) -> Mapping[str, object]:
    """Nothing of a file that came once."""
    if receipt.returned_at is None:
        return {}
    returned_at = receipt.returned_at.astimezone(TIME_ZONE).isoformat(timespec="seconds")
    told = {"outcome": receipt.outcome, "outcome_vi": _OUTCOMES[receipt.outcome]} if receipt.outcome else {}
    return {"returned_at": returned_at, **told}


def _is_read(receipt: Receipt) -> bool:
    return receipt.state != "received"


def _state(receipt: Receipt) -> str:
    return _STATES.get(receipt.state, _OTHER_STATE)


def moment_text(received_at: datetime) -> str:
    return f"{received_at.astimezone(TIME_ZONE):%H giờ %M phút %S giây, ngày %d/%m/%Y} (giờ Việt Nam)"


def dumped(told: Mapping[str, object]) -> bytes:
    lines = (f' "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in told.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def joined(lines: Sequence[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
