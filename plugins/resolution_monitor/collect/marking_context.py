"""The words beside "mật" that say whether it marks a document, or is bile, honey, a place, a person or a compound.

All in capitals; a word is a syllable, as Vietnamese is written.
"""

import re

# What a document calls itself.
NOUN = (
    r"(?:TÀI LIỆU|HỒ SƠ|BÁO CÁO|CÔNG VĂN|TỜ TRÌNH|KẾ HOẠCH|QUYẾT ĐỊNH|CHỈ THỊ|NGHỊ QUYẾT|NGHỊ ĐỊNH|THÔNG BÁO|PHỤ LỤC|"
    r"BIÊN BẢN|ĐỀ ÁN|PHƯƠNG ÁN|CÔNG ĐIỆN|ĐIỆN|BẢN TIN|HƯỚNG DẪN|KẾT LUẬN|SỐ LIỆU|DANH SÁCH|BẢN ĐỒ|DỰ THẢO|BIỂU MẪU|"
    r"CHƯƠNG TRÌNH|GIẤY MỜI|VĂN KIỆN|CHUYÊN ĐỀ)"
)
# "văn bản mật" is also what statistics of secrets count.
COUNTED_NOUN = "VĂN BẢN"
LABEL = (
    r"(?:(?:ĐÓNG )?DẤU(?: CHỈ)?(?: MỨC| CẤP)? ĐỘ MẬT|CHỈ ĐỘ MẬT|(?:MỨC ĐỘ|CẤP ĐỘ|ĐỘ|MỨC|CẤP)(?: BẢO)? MẬT|ĐỘ BÍ MẬT|"
    r"(?:ĐÓNG )?DẤU|PHÂN LOẠI(?: MẬT)?|LOẠI(?: VĂN BẢN| TÀI LIỆU| HỒ SƠ| MẬT)?|CHẾ ĐỘ(?: MẬT)?)"
    r"(?: CỦA (?:VĂN BẢN|TÀI LIỆU|HỒ SƠ|BÁO CÁO))?(?: LÀ)?"
)
# A label that can only be one of secrecy.
SECRECY_LABEL = (
    r"(?:MỨC ĐỘ|CẤP ĐỘ|ĐỘ|MỨC|CẤP|PHÂN LOẠI)(?: BẢO)? MẬT(?: CỦA (?:VĂN BẢN|TÀI LIỆU|HỒ SƠ|BÁO CÁO))?(?: LÀ)?"
)
URGENT = r"(?:(?:HỎA|HOẢ) ?TỐC(?: HẸN GIỜ)?|THƯỢNG KHẨN|KHẨN(?: CẤP)?|HẸN GIỜ)"
COPY = (
    r"(?:(?:BẢN SỐ|BẢN|SỐ|NO|QUYỂN|TẬP|TỜ|TRANG)(?: SỐ)? \d.*|BẢN (?:CHÍNH|SAO|GỐC|LƯU|DUY NHẤT|DỰ THẢO).*|BẢN SỐ|"
    r"NGÀY \d.*|SỐ)"
)
BARE_NUMBER = r"\d{1,4}(?: \d{1,4})?"
ORDER = r"(?:KHÔNG (?:ĐƯỢC )?(?:SAO|PHỔ|CÔNG|CHỤP|TIẾT|MANG|LƯU)|CẤM|CHỈ (?:NGƯỜI|LƯU|PHỔ)|THU HỒI|LƯU HÀNH|ĐỌC XONG).*"

# Compounds: the word right before, or right after, makes another word of "mật".
BEFORE = frozenset(
    str.split("""
    BÍ BẢO CƠ ĐỘ MỨC BẢN LIỆU TIN SỐ SƠ VĂN THÂN GỬI HOẶC VÀ CÓ KHÔNG VIỆC DANH THƯ MỎ CẨN KÍN GIẢI NỘI HƯƠNG TRĂNG
    NUÔI LẤY LƯỢNG QUAY ĂN UỐNG RỈ VẮT CHO BÁN MUA CHẾ THU HÚT TÍCH TẠO BẰNG NHƯ CỦA TỪ VỚI ĐẦY CÔ TRÍCH
    TÌNH CHUM HŨ CHAI
    THỊ BÀ ÔNG ANH CHỊ EM CHÁU THÔN XÃ XÓM ẤP PHƯỜNG CẦU NÚI SUỐI SÔNG ĐÈO CHÙA ĐỀN LÀNG ĐẢO HÒN PHỐ NGÕ BẾN CHỢ
    MƯỜNG BUÔN PLEI ĐÌNH HUYỆN GIA TÊN VƯỜN ĐỒI RẪY LÍT KG LỌ GIỌT TRỘN PHA VỊ MÙI THỨ GIỐNG TRÁI QUẢ
    """)
)
AFTER = frozenset(
    str.split("""
    ĐỘ KHẨU MÃ ONG VỤ THIẾT THÁM ƯỚC ĐÀM GẤU MÍA VÀ HOẶC CỦA TRONG NGỌT NGỮ NHÂN HOA RỪNG DỪA CÁ BÒ LỢN HEO GÀ RẮN
    TRĂN TRÂU VỊT CẬT TÔNG GIÁO CHÚ ĐẠO TẤU SÁP CẬN DỤNG NGUYÊN TƯƠI ĐẮNG SƠN THỦY THUỶ GIA NHÃN VẢI KEO TRÀM CHÚA
    SÚ VẸT CHIÊN NGHỆ GỪNG CHANH TỎI QUẾ LÀ ĐƯỢC KHÔNG CÓ ĐÔNG ĐẶC LÊN ĐẶT TIẾT CHẢY TRÀN VÀNG DỊCH THẤT ÂM CHO TỪ
    BẠC DƯỠNG KÝ SẮC KẾT TRẮNG MỘC TRẠI LƯỢNG ĐEN NÂU
    """)
)
# Of two syllables: the second says what the first would leave open ("báo" and "báo cáo").
AFTER_PAIRS = re.compile(
    r"(?:BÁO(?! CÁO)|DANH(?! SÁCH| MỤC)|KẾ(?! HOẠCH)|HIỆU|LỆNH|NGHỊ(?! QUYẾT| ĐỊNH)|CHỈ(?! THỊ| NGƯỜI| LƯU| PHỔ)|"
    r"THƯ(?! MỜI)|"
    r"NHÀ|KHU|MÔN|TRÌNH|ĐƯỜNG|CAO SU|CÀ PHÊ|TAM GIÁC|BẠCH ĐÀN|BẠC HÀ|U MINH|TÂY|THÔ)(?!\w)"
)
# Bile, honey and what grows: beside "mật", across any sign, they make it one of them; elsewhere in the line they raise
# doubt.
ORDINARY = frozenset(
    str.split("""
    HONEY GAN TỤY TUỴ TÚI ỐNG SỎI TẮC VIÊM MUỐI TỐ LÁCH THẬN TIM PHỔI RUỘT DÀY DẠ NANG RÒ SÁN GIUN BILIRUBIN CAROLI ONG
    ĐƯỜNG SỮA SÁP PHẤN KẸO MỨT BÁNH RƯỢU MÍA MẮM DẦU GẠO BƠ CHÈ TRÀ NGHỆ GỪNG CHANH NHUNG SÂM TỎI MÍT KHOAI CHUỐI
    DƯA TÁO ĐÀO NHO XOÀI BƯỞI CAM NHÃN VẢI ỔI LÊ HỒNG MẬN DỪA ĐIỀU TIÊU CÂY GẤU MẮC BÒ LỢN HEO GÀ TRÂU THẢO QUẾ HỒI
    TRẦM SIRÔ SIRO THẠCH BỘT TRỨNG NẤM HẠT HOA MÁU THƯỢNG TỬU CỐM XÔI DỊCH DẪN PHÊ CACAO KG TẤN LÍT ML GAM TẠ CHAI
    HŨ THÙNG NGÀN TRIỆU
    """)
) - {"MẬT"}
SURNAMES = frozenset(
    str.split("""
    NGUYỄN TRẦN LÊ PHẠM HOÀNG HUỲNH PHAN VŨ VÕ ĐẶNG BÙI ĐỖ HỒ NGÔ DƯƠNG LÝ ĐÀO ĐINH LÂM TRỊNH MAI TRƯƠNG HÀ TẠ CAO
    CHU TÔ QUÁCH LƯƠNG THÁI TÔN KIM NÔNG HỨA VI LÒ SÙNG GIÀNG VÀNG LƯU ĐOÀN TRIỆU VƯƠNG LA LẠI TĂNG THẠCH SƠN DANH
    ĐÀM BẾ MA MÃ PHÙNG QUAN TIÊU TỪ VĂN ĐỒNG NGHIÊM KHUẤT KIỀU MẠC ĐIÊU CẦM QUÀNG TÒNG LƯỜNG A H Y
    """)
)
# What only a document bears: its number, the name of its kind, its author.
OF_DOCUMENT = re.compile(
    rf"(?<!\w)(?:{NOUN}|{URGENT}|VĂN BẢN|SỐ|KÍNH GỬI|NƠI NHẬN|ỦY BAN|UỶ BAN|UBND|CỘNG HÒA|BỘ|SỞ|CỤC|BAN)(?!\w)"
    r"|\d{1,2}/\d{2,4}|\d+[-/][A-ZĐ]{2}"
)
