"""Harmless phrases that look like trouble, above all without accents ("đang chạy" beside
"đang cháy"). A longer one hides the word inside it; one of the same letters makes it unsure.
"""

from typing import Final

HARMLESS: Final = tuple(
    part
    for line in (
        "đang chạy|chạy xe|xe chạy|chạy bộ|chạy nhanh|chạy ra|chạy vào|chạy đến|chạy qua",
        "chạy về|chạy trốn|bỏ chạy|chạy máy|máy chạy|chạy bàn|chạy chợ|chạy chậm|chạy lên",
        "chạy xuống|chạy theo|chạy đi|chạy quanh|chạy lung tung|chạy điện|chạy án|chạy tiền",
        "tập chạy|chạy rồi|chạy thử|bị chạy|chạy ở|có chạy|cơm chay|ăn chay|đồ chay",
        "quán chay|chạy quán|chay quán|bị chảy|chảy nước|nước chảy|đang chảy|chảy máu cam",
        "chảy rồi|chảy xuống|chảy ra|cơm cháy|cháy hàng|cháy vé|cháy túi|cháy nắng|cháy máy",
        "cháy da|nóng cháy|cháy giáo án|cháy phố|cháy hết mình",
        "phòng cháy chữa cháy|phòng cháy|bình chữa cháy|diễn tập chữa cháy",
        "tập huấn chữa cháy|diễn tập phòng cháy|bí danh|danh sách|biệt danh|bị đánh cắp",
        "bị đánh thức|bị đánh giá|bị đánh rơi|bị đánh thuế|bị đánh dấu|bị đánh tráo",
        "chồng đánh bạc|chồng đánh bài|chồng đánh đề|chồng đánh lô|đánh con lô|đánh con đề",
        "đánh vợt|vợ đánh bạc|nổ máy|nổ lốp|bùng nổ|máy nổ|cựu chiến binh|cừu|nghiên cứu",
        "cứu trợ|tra cứu|cứu xét|cửu vạn|nóng muốn chết|mệt muốn chết|đói muốn chết",
        "buồn ngủ muốn chết|ồn muốn chết|chán muốn chết|vui muốn chết|đông muốn chết",
        "đẹp muốn chết|lạnh muốn chết|hôi khó thở|mùi khó thở|thối khó thở|bụi khó thở",
        "bị ngắt|ngắt rồi",
        "bom hàng|bom tấn|máy bơm|bơm nước|bơm xe|bơm hơi|đi lắc|súng nước|súng đồ chơi",
        "giết gà|giết lợn|giết mổ|chó đánh nhau|mèo đánh nhau|phim đánh nhau|chơi đánh nhau",
        "đánh nhau giả|xem đánh nhau|chồng đánh cá|đánh cá|cướp lời|chạy điện thoại",
        "từ từ|vậy bao giờ|vậy thì|vậy bao lâu",
        "bị bạn|bị bàn|cá chết máy|bạn con|ban con|đá bóng|cho con|bán xe|bạn đá|nghe nói",
    )
    for part in line.split("|")
)
