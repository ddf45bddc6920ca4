"""What neighbours write in their group on ordinary days, invented for these tests, and what they
cry out or accuse somebody of. No real person, place number or event.
"""

ORDINARY = """
Chào bà con buổi sáng
Mai họp khu lúc 19h30 ở nhà văn hóa nhé
Cho hỏi mấy giờ cắt điện ạ?
Nhà em bán gà ta thả vườn, ai mua liên hệ zalo
Bà con nhớ phân loại rác trước khi đổ
hôm qua cháy nhà ở Hà Nội thương quá
Ai nhặt được chìa khóa xe máy cho em xin với
Mất nước từ sáng giờ, khu mình có bị không ạ
Chúc mừng sinh nhật bác Tư
mất xe rồi bà con ơi
Mất con chó vàng, ai thấy báo giúp nhà em
Cảnh báo lừa đảo giả danh công an gọi điện
Nghe nói nhà ông Tư đánh bạc à?
thằng con nhà em đỗ đại học rồi
Diễn tập phòng cháy chữa cháy sáng thứ bảy
Hàng bán chạy quá bà con ơi
xe đang chạy bị xịt lốp
Cháy hàng rồi, mai có tiếp
cứu trợ bão lũ miền Trung, bà con ủng hộ
Ông Nam ơi qua lấy cái thang
Anh Tuấn cho em hỏi số điện thoại tổ trưởng
Tối nay đá bóng ai xem không
trời nóng như cháy da cháy thịt
Chị Hoa ơi còn trứng không
Cấm đánh bạc dưới mọi hình thức, bà con lưu ý
Khu mình sắp lắp camera chống trộm
Đề nghị các hộ nuôi chó phải rọ mõm
ma túy nguy hiểm lắm các cháu ạ
Có ai biết chỗ sửa máy giặt không
Nhà hàng xóm mới chuyển đến thân thiện lắm
Nhà số 5 có cho thuê phòng
Bọn trẻ con đá bóng vui ghê
Loa phường mấy giờ phát
Cảm ơn công an phường đã giúp
Mọi người đóng tiền rác cho cô Lan nhé
Bé nhà em sốt cao uống thuốc gì ạ
Bắt được trộm xe trên báo đăng kìa
Ốm quá, chắc chết mất thôi
Chết cười với ông này
Bom hàng hoài chán quá
Hôm nay thợ tới sửa ống nước nhà bà Năm
mai khu mình phun thuốc muỗi
vào nhà nhớ khóa cửa kẻo trộm
đau đầu muốn chết
nóng muốn chết
cháy túi rồi
đang cháy deadline
xem phim cướp biển hay lắm
giá vàng bị cướp hết tiền lãi
Mấy đứa nhỏ hay phá chuông cửa
nhà bác Ba có giỗ mời cả xóm
ba con oi mai hop to
cháy ở đâu thế ạ?
cháy chỗ nào vậy
đã dập rồi bà con yên tâm, hết cháy
Xem ngay: cháy lớn tại chợ https://bao.example/chay
"""

CRIES = """
FIRE: cháy nhà rồi bà con ơi
FIRE: chay nha roi cuu voi
RESCUE: cứu với
FIRE: có cháy ở cuối ngõ 5
DISASTER: nước dâng vào nhà rồi
RESCUE: có đứa bé đuối nước ở hồ
FIRE: rò ga nồng nặc ở số 12
MEDICAL: bà cụ ngất bất tỉnh ngoài cổng chợ
ROBBERY: cướp cướp
DV: chồng tôi đánh tôi cứu với
HAZARD: dây điện đứt rơi xuống đường
FIRE: CHÁY NHÀ ÔNG TƯ
FIRE: chays nhaf khu 3
THEFT: đang có trộm trong nhà
"""

ACCUSATIONS = """
nhà ông Tư bán ma túy đấy
thằng Tuấn con bà Năm trộm xe đạp nhà tôi
nhà số 12 ngõ 3 tối nào cũng đánh bạc
mấy thằng nghiện tụ tập hút chích sau nhà bà Lan
nha ong tu buon ma tuy
quán karaoke Hoa Hồng có gái mại dâm
bà Hạnh lừa đảo chiếm đoạt tiền chơi hụi của tôi
con mụ Hương cho vay nặng lãi
ông Bảy dâm ô trẻ em
nhà bên cạnh ghi lô đề
nhà kia đánh bài ăn tiền suốt ngày
chúng nó trộm gà nhà tôi
"""


def lines(text: str) -> list[str]:
    """One message a line."""
    return text.strip().splitlines()


def cries() -> list[tuple[str, str]]:
    """(kind, words)."""
    return [(code, words) for code, _, words in (line.partition(": ") for line in lines(CRIES))]
