"""Ordinary texts that hold "mật": bile, honey, trees, places, people, compounds; none of them marks a document."""

import unicodedata

import pytest

from resolution_monitor.collect.marking_words import marking_of_name, marking_of_text

MEDICINE = """
KHOA GAN - MẬT - TỤY
Khoa Gan - Mật - Tụy
KHOA NGOẠI GAN MẬT
GAN, MẬT, TỤY
GAN/MẬT
GAN-MẬT-TỤY
Gan - Mật
GAN | MẬT | TỤY
KHOA PHẪU THUẬT GAN MẬT TỤY
Trung tâm Gan mật tiêu hóa
SIÊU ÂM GAN, MẬT
Siêu âm ổ bụng (gan, mật, tụy, lách)
NỘI SOI MẬT TỤY NGƯỢC DÒNG (ERCP)
SỎI MẬT
Sỏi túi mật
SỎI ỐNG MẬT CHỦ
VIÊM ĐƯỜNG MẬT CẤP
Viêm túi mật do sỏi
TÚI MẬT
CẮT TÚI MẬT NỘI SOI
DẪN LƯU ĐƯỜNG MẬT QUA DA
Teo đường mật bẩm sinh
U NANG ỐNG MẬT CHỦ
UNG THƯ ĐƯỜNG MẬT
Ung thư túi mật
DỊCH MẬT
Muối mật
MUỐI MẬT, SẮC TỐ MẬT
Acid mật
Sắc tố mật
TẮC MẬT SAU GAN
Ứ mật trong gan
VÀNG DA Ứ MẬT
Nang đường mật (Caroli)
Giun chui ống mật
ÁP XE GAN ĐƯỜNG MẬT
TIM MẠCH - GAN MẬT
Bệnh viện Bạch Mai: khoa Gan mật
BỆNH LÝ GAN MẬT (K70-K87)
Rối loạn bài tiết mật
CHỤP CỘNG HƯỞNG TỪ GAN - MẬT - TỤY
Xét nghiệm chức năng gan mật: 1.250 ca
Số ca phẫu thuật gan mật
GAN MẬT
KHÁM CHUYÊN KHOA GAN MẬT
THUỐC LỢI MẬT
Thuốc thông mật lợi tiểu
Cơn đau quặn mật
Dẫn lưu mật ra da
Tế bào biểu mô đường mật
""".strip().split("\n")

HONEY = """
MẬT ONG
Mật ong
mật ong
MẬT ONG RỪNG U MINH
Mật ong bạc hà Mèo Vạc
MẬT ONG HOA NHÃN HƯNG YÊN
MẬT ONG (HOA VẢI)
MẬT HOA DỪA
Mật hoa dừa Trà Vinh
NUÔI ONG LẤY MẬT
Nuôi ong lấy mật
SẢN LƯỢNG MẬT
SẢN LƯỢNG MẬT ONG (TẤN)
Sản lượng mật: 120 tấn
MẬT MÍA
Mật mía Nghệ An
RỈ MẬT
RỈ MẬT ĐƯỜNG
Mật rỉ
BÁNH MẬT
BÁNH - MẬT - KẸO
ĐƯỜNG, MẬT, SỮA
ĐƯỜNG - MẬT
SỮA - MẬT ONG - PHẤN HOA
PHẤN HOA, MẬT, SÁP ONG
TRÀ GỪNG MẬT ONG
CHANH ĐÀO MẬT ONG
NGHỆ - MẬT ONG
TỎI NGÂM MẬT ONG
KHOAI LANG MẬT
Khoai mật Đà Lạt
KHOAI MẬT
CHUỐI MẬT
MÍT MẬT
Mít mật, mít dai
BÁNH CHƯNG GÙ CHẤM MẬT
Bánh trôi mật
CHÈ KHO MẬT
XÔI CHẤM MẬT
HỢP TÁC XÃ MẬT ONG TÂY NGUYÊN
HTX nuôi ong mật Tam Đảo
OCOP 4 SAO: MẬT ONG CHÈO SAPA
Mật ong nguyên chất 500 ml
MẬT ONG NGUYÊN CHẤT - 500 ML
MẬT TƯƠI
Ong mật
ĐÀN ONG MẬT
ONG MẬT
Số đàn ong mật
RƯỢU MẬT
Rượu mật gấu
MẬT GẤU
MẬT BÒ
Mật cá trắm
MẬT CÁ
MẬT LỢN
Ngộ độc mật cá
ĐƯỜNG MẬT
Ngọt như mật
NƯỚC MẮM - MẬT ONG - RƯỢU
Giá mật: 250.000 đồng/lít
Vắt mật hai lần một năm
Cây cho mật
Chân đồi: keo, mật, sim
""".strip().split("\n")

TREES_AND_PLACES = """
CÂY MẬT NHÂN
Cây mật nhân
MẬT NHÂN
Rễ mật nhân khô
CÂY MẬT GẤU
Lá mật gấu
CÂY MẬT CẬT
Mật cật gai
RỪNG MẬT CẬT
Thôn Mật Sơn
PHƯỜNG MẬT SƠN
Chùa Mật Đa
CHÙA MẬT SƠN
Núi Mật
NÚI MẬT
Suối Mật
SUỐI MẬT, XÃ TÂN SƠN
Bến Mật
Cầu Mật
ĐÈO MẬT
Thôn Mật, xã Yên Bình
XÃ MẬT THUẬN
Mật Thủy - Mật Sơn
Mật tông
PHẬT GIÁO MẬT TÔNG
Đường Mật Sơn, thành phố Thanh Hóa
Khu dân cư Mật Sơn 3
HỒ SUỐI MẬT
""".strip().split("\n")

PEOPLE = """
Nguyễn Văn Mật
NGUYỄN VĂN MẬT
Trần Thị Mật
TRẦN THỊ MẬT
Lê Mật
LÊ MẬT
Phan Hữu Mật
PHAN HỮU MẬT
Ông Mật
Bà Mật
ông Trần Mật - Trưởng thôn
Hoàng Mật
ĐẶNG MẬT
Võ Đình Mật
Liên hệ: Bùi Xuân Mật
Đỗ Mật Huyền
NGUYỄN MẬT ÁNH
Vũ Thị Mật - 1962
""".strip().split("\n")

COMPOUNDS = """
Độ bảo mật: cao
Mức độ bảo mật: 2
Cấp độ bảo mật 3
Bảo mật
BẢO MẬT
BẢO MẬT THÔNG TIN
AN TOÀN, BẢO MẬT
AN TOÀN - BẢO MẬT
AN TOÀN/BẢO MẬT
Chính sách bảo mật (Privacy)
BÍ MẬT
BÍ MẬT KINH DOANH
BÍ MẬT ĐỜI TƯ
Bí mật công tác
Bí mật nhà nước
BẢO VỆ BÍ MẬT NHÀ NƯỚC
Luật Bảo vệ bí mật nhà nước năm 2025
LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC
MẬT ĐỘ
MẬT ĐỘ DÂN SỐ
Mật độ dân số (người/km2)
MẬT ĐỘ XÂY DỰNG
Mật độ đường giao thông
MẬT ĐỘ - TẦN SUẤT
MẬT KHẨU
Mật khẩu mạnh
ĐỔI MẬT KHẨU
MẬT MÃ
BAN CƠ YẾU: MẬT MÃ DÂN SỰ
Mật mã lượng tử
Sản phẩm mật mã dân sự
CƠ MẬT
VIỆN CƠ MẬT
Cơ mật viện
MẬT VỤ
Mật thám
MẬT THƯ
MẬT LỆNH
Mật nghị Hồng y
MẬT ƯỚC
MẬT DANH
Mật hiệu
MẬT BÁO
Thân mật
BỮA CƠM THÂN MẬT
GẶP MẶT THÂN MẬT
Tuần trăng mật
TUẦN TRĂNG MẬT
TRĂNG MẬT
Cẩn mật
CANH PHÒNG CẨN MẬT
Kín mật
Giải mật
GIẢI MẬT
TÀI LIỆU GIẢI MẬT
Đã giải mật
Quan hệ mật thiết
MẬT THIẾT
Số văn bản mật
Số văn bản mật đến: 12
Số văn bản mật đi
Tỷ lệ văn bản mật được số hóa
Danh mục tài liệu mật
Quản lý tài liệu mật
QUẢN LÝ TÀI LIỆU MẬT
Máy tính soạn thảo văn bản mật
Không soạn thảo văn bản mật trên máy có kết nối mạng
Hệ thống không tiếp nhận tài liệu mật
Báo cáo không chứa nội dung mật
Độ mật: Thường
Độ mật: Không
Độ mật: không mật
Độ mật
ĐỘ MẬT
Cấp độ mật
Mật, Tối mật, Tuyệt mật
MẬT - TỐI MẬT - TUYỆT MẬT
Độ mật (Thường, Mật, Tối mật, Tuyệt mật)
Văn bản tuyệt mật, tối mật, mật
Danh mục bí mật nhà nước độ tuyệt mật
Số tài liệu tối mật: 0
Trời tối mật độ xe giảm
CẬP NHẬT MẬT ĐỘ
Sinh trắc học và mật khẩu
tối mặt
TỐI MẶT TỐI MŨI
MẤT ĐIỆN
MẶT TRẬN TỔ QUỐC
BỀ MẶT
MẠT SẮT
Mạt chược
Cưa mạt gỗ
MẮT - TAI - MŨI
MÁT - LẠNH
TÔI MẤT
MAT
Mat
FORMAT
""".strip().split("\n")

MORE = """
Trung tâm Bảo tồn gấu: mật gấu
Bệnh viện Gan Mật Tụy
TRUNG TÂM GAN - MẬT
PHÒNG KHÁM TIÊU HÓA - GAN MẬT
Khoa Ngoại tiêu hóa - Gan mật
Chi phí phẫu thuật Gan - Mật
BỆNH GAN, TÚI MẬT VÀ TỤY
Tỷ lệ sỏi mật (%)
Mật (gan tiết ra)
ỐNG MẬT - TỤY
Mật ong - 500g
Mật ong (lít)
Sản phẩm: mật ong, sáp ong, phấn hoa
Mật, sữa ong chúa, phấn hoa
Thu hoạch mật vụ xuân
Đường phèn, mật, kẹo lạc
MỨT GỪNG MẬT
Bưởi mật
Dưa mật
Thanh long mật
Mận mật
Hồng mật
CAM MẬT
Nho mật
Lê mật
Đào mật
Cây mật
RỪNG MẬT
Cây vối mật
Cây mật sâm
Dây mật
Lan mật
Hoa có nhiều mật
CHIM HÚT MẬT
Chim hút mật
Gấu mật
ong ruồi lấy mật
Xã Mật Sơn
Xóm Mật
Ấp Mật
KHU PHỐ MẬT SƠN
Cầu Mật, huyện X
Đồi Mật
Hòn Mật
Hồ Mật
Sông Mật
Lý Mật
Ngô Mật
Bà Nguyễn Thị Mật
Bà Đỗ Thị Mật (1955)
CỤ TRẦN VĂN MẬT
Thượng tọa Thích Mật Hiển
Thích Mật Thể
THÍCH MẬT NGUYỆN
Đinh Công Mật
BÙI VĂN MẬT
Y Mật
Anh Mật
Chị Mật
em Mật
cháu Mật
bé Mật
Kim Mật
Mật Thị Lan
MẬT THỊ HOA
Tăng mật độ trồng lúa
Mật độ gia súc
Mật độ LTE
mật độ năng lượng
BẢN ĐỒ MẬT ĐỘ
Mật khẩu wifi
Mật vụ
Hội nghị bí mật
Bí mật thương mại
Bí mật gia truyền
BÍ MẬT HÔN NHÂN
An toàn thông tin - bảo mật
Bảo mật, an toàn
Điều khoản bảo mật
CAM KẾT BẢO MẬT
THỎA THUẬN BẢO MẬT THÔNG TIN (NDA)
Phần mềm bảo mật
Ban Cơ yếu - mật mã
Kín đáo, bí mật
mật thiết
Tình cảm mật thiết
Tuần trăng mật ở Đà Lạt
ngọt mật
Mật ngọt
MẬT NGỌT CHẾT RUỒI
Nếm mật nằm gai
NẰM GAI NẾM MẬT
To gan lớn mật
TO GAN LỚN MẬT
mật xanh mật vàng
Vỡ mật
MẬT NGỮ
Mật chú
MẬT THỰC
Mật nghị
Mật chỉ
mật báo viên
Số 5 Mật Sơn
Giao nhận văn bản mật
Sổ theo dõi văn bản mật
Số tài liệu mật được giải mật trong kỳ
Tỷ lệ tài liệu mật
Quy chế bảo vệ bí mật nhà nước
KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC
BÁO CÁO CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC
BÁO CÁO CÔNG TÁC BẢO MẬT
BÁO CÁO GAN MẬT
Báo cáo sản lượng mật
BÁO CÁO SẢN LƯỢNG MẬT
KẾ HOẠCH NUÔI ONG LẤY MẬT
DANH SÁCH NGƯỜI NUÔI ONG MẬT
HỒ SƠ SẢN PHẨM MẬT ONG
Đề án phát triển ong mật (giai đoạn 2)
Thẻ mật
Hộp thư mật
Lối đi bí mật
Điện mật
Thư mật
Tin mật
Họp mật
Mật đàm
Phiếu kín, mật
GẠO - MẬT - MUỐI
Chè, mật
XUẤT KHẨU: ĐIỀU, TIÊU, MẬT
Mật: 120 kg
MẬT: 120 KG
MẬT (KG)
Mật (kg)
Giá mật (đồng/kg)
100 lít mật
5 tấn mật
MẬT 100%
Mật 500ml
MẬT KHOÁNG
QUẶNG MẬT
BÁNH TRUNG THU (MẬT ONG)
CÀ PHÊ MẬT (HONEY)
HONEY - MẬT
Màu mật
Nước màu mật
""".strip().split("\n")

ORDINARY = [*MORE, *MEDICINE, *HONEY, *TREES_AND_PLACES, *PEOPLE, *COMPOUNDS]

# What may be either: such a file is held closed until a person decides, and never removed.
DOUBTFUL = [
    "Mật",
    "mật",
    "Mật 01",
    "MẠT",
    "Báo cáo tháng 10 (mật)",
    "Mật - Báo cáo quý III",
    "VĂN BẢN MẬT",
    "Tài liệu Mật",
    "CHÈ XANH - TRẦM HƯƠNG - MẬT",
]

NAMES = """
Gan mật
gan_mật_tụy
Gan - Mật - Tụy
BC khoa Gan Mật
nuôi ong lấy mật
Sản lượng mật ong
mật ong rừng
OCOP mật ong
Nguyễn Văn Mật
Trần Thị Mật
Lê Mật
Thôn Mật
Suối Mật
Bảo mật
an toàn bảo mật
mật độ dân số
Mật khẩu
mật mã
Tuần trăng mật
Số văn bản mật
khoai mật
cây mật nhân
""".strip().split("\n")


def forms(text: str) -> list[str]:
    return [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]


def test_table_is_wide():
    """
    Two hundred ordinary texts at least, no two the same.
    """
    assert 200 <= len(ORDINARY) == len(set(ORDINARY))


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text(text: str):
    """
    The text marks nothing, and nobody needs to decide about it.
    """
    assert [None, None] == [marking_of_text(form) for form in forms(text)]


@pytest.mark.parametrize("text", DOUBTFUL)
def test_doubtful_text(text: str):
    """
    The text may be a marking: a person decides.
    """
    assert [False, False] == [marking is not None and marking.is_clear for marking in map(marking_of_text, forms(text))]
    assert marking_of_text(text) is not None


@pytest.mark.parametrize("name", NAMES)
def test_ordinary_name(name: str):
    """
    A file or sheet of this name is of an ordinary matter.
    """
    assert [None, None] == [marking_of_name(form) for form in forms(name)]
