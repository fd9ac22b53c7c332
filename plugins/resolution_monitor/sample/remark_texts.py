"""What made-up bodies write about obstacles and requests: words of ours, about the task at hand, naming nobody."""

# kind of obstacle -> (agency_id of who could remove it, texts)
OBSTACLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "institution": (
        "BTP",
        (
            "Chưa có văn bản hướng dẫn thống nhất để thực hiện «{task}»; các quy định hiện hành còn chồng chéo.",
            "Thẩm quyền phê duyệt của «{task}» chưa được phân cấp rõ sau khi sắp xếp tổ chức bộ máy.",
            "Định mức kinh tế - kỹ thuật để lập dự toán của «{task}» chưa được ban hành.",
            "Quy định về chia sẻ dữ liệu giữa các cơ quan chưa đủ căn cứ để triển khai «{task}».",
            "Trình tự, thủ tục lấy ý kiến đối với «{task}» kéo dài hơn thời hạn được giao.",
        ),
    ),
    "resources": (
        "BTC",
        (
            "Kinh phí thực hiện «{task}» chưa được bố trí đủ trong dự toán năm.",
            "Thiếu công chức có chuyên môn về công nghệ thông tin để thực hiện «{task}».",
            "Nguồn vốn đầu tư cho «{task}» được giao chậm nên chưa đủ điều kiện lựa chọn nhà thầu.",
            "Cán bộ được giao phụ trách «{task}» phải kiêm nhiệm nhiều việc sau sắp xếp.",
            "Chưa có nguồn kinh phí duy trì, vận hành sau khi hoàn thành «{task}».",
        ),
    ),
    "data": (
        "BKHCN",
        (
            "Dữ liệu phục vụ «{task}» còn phân tán, chưa được làm sạch và chuẩn hóa.",
            "Kết nối với cơ sở dữ liệu quốc gia phục vụ «{task}» chưa ổn định.",
            "Hạ tầng máy chủ hiện có chưa đáp ứng yêu cầu an toàn thông tin của «{task}».",
            "Chưa thống nhất cấu trúc dữ liệu dùng chung để thực hiện «{task}».",
            "Tài liệu giấy cần số hóa cho «{task}» có khối lượng lớn, chất lượng không đồng đều.",
        ),
    ),
    "coordination": (
        "VPCP",
        (
            "Một số cơ quan phối hợp gửi ý kiến đối với «{task}» chậm so với thời hạn đề nghị.",
            "Chưa thống nhất đầu mối giữa các cơ quan cùng tham gia «{task}».",
            "Số liệu các cơ quan cung cấp cho «{task}» chưa khớp nhau, phải đối chiếu nhiều lần.",
            "Địa phương chưa thành lập tổ công tác để phối hợp thực hiện «{task}».",
        ),
    ),
}
GENERAL_TASK = "việc thực hiện các nghị quyết của Bộ Chính trị tại cơ quan"

EXTENSIONS = (
    "Đề nghị cho phép lùi thời hạn hoàn thành «{task}» để có đủ thời gian lấy ý kiến và thẩm định.",
    "Đề nghị gia hạn «{task}» do phải bổ sung hồ sơ theo yêu cầu của cơ quan thẩm định.",
    "Đề nghị điều chỉnh tiến độ «{task}» phù hợp với thời điểm được bố trí vốn.",
)
RECOMMENDATIONS = (
    "Kiến nghị sớm ban hành hướng dẫn thống nhất để thực hiện «{task}».",
    "Kiến nghị bố trí bổ sung kinh phí cho «{task}» trong dự toán năm 2027.",
    "Kiến nghị giao một cơ quan làm đầu mối điều phối «{task}».",
)
COSTS_OF_DELAY = (
    "Không hoàn thành mục tiêu năm 2026 được giao.",
    "Các nhiệm vụ có liên quan phải lùi tiến độ theo.",
    "Vốn được giao trong năm có nguy cơ không giải ngân hết.",
    "",
)

# Why a task is late, in the words of those who answer for it.
LATE_REASONS = (
    "Phải lấy ý kiến bổ sung của các cơ quan liên quan, đang hoàn thiện để trình",
    "Chờ văn bản hướng dẫn của cấp trên; đã chuẩn bị xong dự thảo",
    "Kinh phí được giao chậm so với kế hoạch; đã hoàn tất thủ tục mua sắm",
    "Phải điều chỉnh phạm vi sau khi sắp xếp tổ chức bộ máy",
)
# Why a figure was corrected.
TARGET_REASON = "Đã đạt mục tiêu đề ra, số liệu đã được rà soát với các đơn vị trực thuộc"
CORRECTION_REASON = "Đính chính số liệu sau khi rà soát lại với các đơn vị trực thuộc"
