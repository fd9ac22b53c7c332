"""What a sender is told, in Vietnamese, of files that became no submission, or not yet one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from resolution_monitor.collect.receipt import JSON_ENDING, TEXT_ENDING, dumped, joined, moment_text
from resolution_monitor.collect.refusals import MAX_FILE_BYTES, megabytes
from resolution_monitor.period import TIME_ZONE

Files = Mapping[str, bytes]
WAITING_NAME = "tep-cho-thu-nhan"


@dataclass(frozen=True, slots=True)
class _Notice:
    state: str
    heading: str
    text: str
    action: str


_CLOSED = _Notice(
    "closed",
    "THÔNG BÁO TẠM NIÊM GIỮ TỆP",
    "Có một tệp gửi đến có chữ có thể là dấu chỉ độ mật. Tệp được niêm giữ, chưa ai mở đọc, chờ người có thẩm quyền "
    "xem xét và quyết định.",
    "Nếu tệp chứa bí mật nhà nước, đề nghị báo ngay cơ quan tổng hợp và gửi theo đường quy định. Nếu không, không cần "
    "gửi lại: kết quả xem xét sẽ được thông báo trong thư mục này.",
)
_RELEASED = _Notice(
    "released",
    "THÔNG BÁO TIẾP NHẬN TỆP ĐÃ XEM XÉT",
    "Tệp bị niêm giữ trước đây đã được xem xét: không mang dấu chỉ độ mật. Tệp được tiếp nhận với thời điểm nhận ban "
    "đầu.",
    "Không cần gửi lại; biên nhận mang tên tệp cho biết tình trạng tiếp theo.",
)


def closed_notice(received_at: datetime) -> tuple[str, Files]:
    """A file waits for a person's decision: name of the notice without ending, and by ending the content."""
    return _timed(_CLOSED, received_at)


def released_notice(received_at: datetime) -> tuple[str, Files]:
    """The same file was released: the notice takes the place of the one before."""
    return _timed(_RELEASED, received_at)


def untaken_notice(file_name: str, size_bytes: int, received_at: datetime) -> Files:
    """A file was too large to be copied at all."""
    text = (
        f"Tệp nặng {megabytes(size_bytes)} MB, vượt xa giới hạn {megabytes(MAX_FILE_BYTES)} MB, nên không được tiếp "
        "nhận và không được đọc."
    )
    action = "Đề nghị bỏ hình ảnh, trang tính thừa rồi gửi lại."
    notice = _Notice("not_taken", "THÔNG BÁO KHÔNG TIẾP NHẬN", text, action)
    return _files(notice, received_at, file_name)


def waiting_notice(files: int, now: datetime) -> Files:
    """So many files of a sender wait for the next collection."""
    text = (
        f"Còn {files} tệp chờ lần thu nhận sau vì số lượng, dung lượng hoặc thời gian đọc tệp của một lần đã đến "
        "giới hạn."
    )
    action = "Không cần gửi lại: lần thu nhận sau tiếp tục với các tệp đó; mỗi tệp được nhận có biên nhận riêng."
    return _files(_Notice("waiting", "THÔNG BÁO TỆP CHỜ THU NHẬN", text, action), now)


def _timed(notice: _Notice, received_at: datetime) -> tuple[str, Files]:
    return f"{received_at.astimezone(TIME_ZONE):%Y%m%d-%H%M%S}", _files(notice, received_at)


def _files(notice: _Notice, moment: datetime, file_name: str | None = None) -> Files:
    local = moment.astimezone(TIME_ZONE).isoformat(timespec="seconds")
    told = {"received_at": local, "state": notice.state, "text": notice.text, "action": notice.action}
    named: Sequence[str] = [f"Tên tệp: {file_name}"] if file_name else []
    lines = [notice.heading, "", *named, f"Thời điểm: {moment_text(moment)}", "", notice.text, notice.action]
    return {JSON_ENDING: dumped({"file_name": file_name, **told} if file_name else told), TEXT_ENDING: joined(lines)}
