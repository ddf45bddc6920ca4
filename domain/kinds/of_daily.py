"""Kinds of everyday life in a neighbourhood: the words for them, and whom to call."""

from typing import Final

from domain.kinds.kind import Entry
from domain.urgency import Urgency

P1, P2, P3, P4 = Urgency

ENTRIES: Final = (
    Entry(
        "NOISE", P4, "",
        say="ồn không chịu được|thi công đêm|thi công khuya|bật karaoke|hát hò ầm ĩ|ồn lắm|"
        "nghe nhạc to|"
        "ồn|ồn ào|gây ồn|tiếng ồn|làm ồn|karaoke|hát karaoke|hát hò|loa kéo|loa thùng|"
        "loa to|mở loa|mở nhạc|nhạc to|mở nhạc to|bật nhạc to|bật loa|nhạc ầm ĩ|ầm ĩ|inh ỏi|"
        "hát to|hát ầm|hát đêm|mất ngủ|không ngủ được|rú ga|nẹt pô|tiếng máy|khoan cắt|"
        "khoan tường|khoan bê tông|la hét tới|quá ồn|máy cưa|thi công ban đêm|xây ban đêm|"
        "khoan đục|chó sủa|sủa cả đêm|chó sủa đêm|gà gáy|"
        "đám cưới mở loa|đám ma kèn|loa phường|loa phát thanh|quán bar|quán nhậu ồn|"
        "nhậu nhẹt ồn|nhậu ồn ào|kẹo kéo|hát kẹo kéo|loa kẹo kéo|ồn quá|tra tấn lỗ tai",
        plain="karaoke|loa keo|on ao",
        hint="loa|nhạc|hát|nhậu",
        english="noise|noisy|loud|loud music|karaoke|loudspeaker|barking|barking dog|"
        "cannot sleep|partying",
        raised=((P3, "đêm|nửa đêm|khuya|22h|23h|24h|0h|1h sáng|2h sáng|3h sáng|12h đêm|"
                 "11h đêm|10h đêm|1h đêm|2h đêm|không ngủ được|mất ngủ|midnight|at night|"
                 "cannot sleep|late at night"),),
    ),
    Entry(
        "DISPUTE", P4, "",
        say="mâu thuẫn|mâu thuẫn hàng xóm|mâu thuẫn gia đình|tranh chấp|tranh chấp đất|"
        "tranh chấp đất đai|tranh chấp ranh giới|ranh giới đất|mốc giới|tranh chấp lối đi|"
        "lối đi chung|ngõ chung|lấn đất|lấn sang đất|xây lấn|cãi nhau|cãi vã|to tiếng|"
        "chửi nhau|hàng xóm chửi|chửi hàng xóm|hàng xóm gây sự|bất hòa|xích mích|hòa giải|"
        "nhờ hòa giải|xin hòa giải|cần hòa giải|tổ hòa giải|tranh giành|chia tài sản|"
        "chia thừa kế|thừa kế|ly hôn|vợ chồng cãi nhau|anh em tranh chấp|anh em cãi nhau|"
        "nước chảy sang nhà|chảy sang nhà tôi|mái nhà chảy|cành cây sang nhà|cây đổ sang nhà|"
        "vay không trả|nợ không trả|không trả tiền|mẹ chồng nàng dâu|mẹ chồng|kiện tụng|"
        "kiện nhau|đất đai|bờ rào|tường rào chung|cãi cọ|hàng xóm cãi|thoát nước sang",
        plain="hoa giai|mau thuan|tranh chap",
        hint="hàng xóm|nhà bên cạnh|đất",
        english="dispute|quarrel|argument|arguing|neighbour dispute|neighbor dispute|"
        "land dispute|mediation|boundary|inheritance|divorce",
        raised=((P2, "dọa|dọa đánh|sắp đánh nhau|căng thẳng|cầm dao|cầm gậy|đòi đánh|xông vào|"
                 "kéo người|kéo người đến|threat|threatened|knife|tense"),),
        has_advice=False,
    ),
    Entry(
        "TRAFFIC", P3, "113",
        say="đỗ trước cổng|đậu trước cổng|đậu kín|đỗ kín|đỗ chắn|đậu chắn|xe đỗ|xe đậu|"
        "đỗ xe|đậu xe|đỗ sai|đỗ xe sai|đỗ xe chắn|đỗ xe chắn cửa|đỗ xe trước cửa|"
        "đỗ xe lòng đường|đậu xe chắn|đậu xe trước nhà|chắn lối đi|chắn lối|chắn cổng|"
        "xe chắn cửa|chắn đường|ùn tắc|tắc đường|kẹt xe|tắc xe|đua xe|bốc đầu|lạng lách|"
        "đánh võng|tổ lái|nẹt pô đua|phóng nhanh|chạy quá tốc độ|quá tốc độ|phóng bạt mạng|"
        "vượt đèn đỏ|ngược chiều|đi ngược chiều|không mũ bảo hiểm|không đội mũ|chở ba|kẹp ba|"
        "kẹp 3|chở 3|đi xe trên vỉa hè|học sinh đi xe máy|chưa đủ tuổi lái xe|uống rượu lái xe|"
        "say rượu lái xe|lái xe say rượu|nồng độ cồn|xe quá tải|xe chở quá tải|xe quá khổ|"
        "xe tải chạy ẩu|xe ben|xe khách dừng|xe dù|bến cóc|dừng đỗ|vi phạm giao thông|"
        "giao thông|xe ba gác|chạy ẩu|xe chạy ẩu|bấm còi|xe container đỗ",
        plain="csgt|dua xe|do xe|dau xe|ket xe",
        hint="xe|ô tô|xe tải|đường",
        english="jams|parked on the pavement|parked on the sidewalk|"
        "parking|illegal parking|parked in front|blocking my gate|traffic jam|traffic|"
        "street racing|racing|speeding|drunk driving|wrong way|red light",
        raised=((P2, "đua xe|đang đua|bốc đầu|lạng lách|đánh võng|tổ lái|say rượu lái|"
                 "đi ngược chiều|racing|drunk"),),
    ),
    Entry(
        "ENV", P4, "",
        say="váng dầu|đốt nhựa sau|khét do đốt|rác thải xây dựng|bỏ rác|để rác|khói đốt rác|"
        "đốt rác khói|"
        "rác|đổ rác|xả rác|vứt rác|đống rác|bãi rác|rác thải|rác bừa bãi|không thu gom rác|"
        "chưa thu gom rác|rác không dọn|xe rác|mùi hôi|hôi thối|bốc mùi|mùi thối|thối quá|"
        "ô nhiễm|ô nhiễm môi trường|nước thải|xả thải|xả nước thải|nước bẩn|cống tắc|tắc cống|"
        "cống hôi|đốt rác|đốt rơm|đốt rơm rạ|đốt nhựa|khói bụi|bụi bẩn|bụi than|bụi quá|"
        "chăn nuôi gây mùi|nuôi lợn hôi|chuồng lợn|phân lợn|phân chó|chó ỉa|chó phóng uế|"
        "xác động vật|xác lợn|lợn chết|gà chết|cá chết|đổ dầu|tràn dầu|dầu loang|hóa chất|"
        "đổ hóa chất|đổ trộm|đổ phế thải|phế thải|phế thải xây dựng|đổ trộm phế thải|"
        "vệ sinh môi trường|mất vệ sinh|muỗi|ruồi|nước đen|nước cống|đổ đất thải|rác xuống biển|"
        "vứt xác|phao xốp trôi|rác trôi",
        plain="vsmt|xa rac|do rac|o nhiem|boc mui",
        hint="vệ sinh|bẩn|hôi|bụi",
        english="garbage|rubbish|trash|litter|dumping|sewage|waste|pollution|smell|stink|"
        "bad smell|oil spill|chemicals|burning rubbish|burning trash",
        raised=((P2, "hóa chất|axit|tràn dầu|đổ dầu|dầu loang|chất độc|độc hại|cá chết|"
                 "oil spill|chemicals|toxic"),),
        advice_if="hóa chất|axit|dầu|tràn dầu|dầu loang|váng dầu|chất độc|độc hại|chất lạ|"
        "chất lỏng|nước lạ|nước thải|nước đen|xả thải|thuốc sâu|bơm kim tiêm|cá chết|"
        "oil|oil spill|chemical|chemicals|toxic|acid|liquid|sewage|waste water",
    ),
    Entry(
        "ANIMAL", P4, "115",
        say="chó cắn chết|chó nhà ai|chó thả rông|thả rông|thả chó|chó không rọ mõm|rọ mõm|"
        "chó cắn|bị chó cắn|"
        "chó cắn người|chó đuổi|chó dữ|chó dại|chó hoang|chó nhà hàng xóm|mèo cắn|mèo hoang|"
        "trâu bò|trâu bò thả rông|trâu phá|bò phá|bò thả|trâu thả|bò chạy ra đường|gà phá vườn|"
        "lợn thả rông|dê phá|gia súc|gia súc thả rông|súc vật|rắn vào nhà|rắn trong nhà|"
        "con rắn|khỉ phá|khỉ vào nhà|tổ ong|ong vò vẽ|nuôi chó|chó pitbull|pitbull|bệnh dại|"
        "chó ốm|chó lạ|chó béc|chó to|đàn chó|con chó|dịch tả lợn|dịch lợn|cúm gia cầm",
        hint="chó|mèo|trâu|bò|rắn",
        english="livestock|"
        "dog|dogs|stray dog|dog bite|bitten by a dog|dog bit|loose dog|buffalo|cow|cows|"
        "snake|rabies|animal",
        raised=((P2, "cắn|bị cắn|dại|rắn vào nhà|bite|bitten|rabies"),),
    ),
    Entry(
        "URBAN", P4, "",
        say="lấn chiếm|lấn chiếm vỉa hè|lấn vỉa hè|vỉa hè|chiếm vỉa hè|bán hàng trên vỉa hè|"
        "lấn chiếm lòng đường|lấn lòng đường|bán hàng lòng đường|xây dựng trái phép|"
        "xây trái phép|xây không phép|xây sai phép|xây nhà trái phép|xây nhà không phép|"
        "không giấy phép xây dựng|cơi nới|xây lấn chiếm|lấn chiếm đất công|đất công|"
        "lấn chiếm hành lang|mái che vỉa hè|biển quảng cáo|bảng hiệu|quảng cáo che|"
        "dựng lều|dựng rạp|đổ vật liệu|vật liệu xây dựng|để vật liệu|chắn vỉa hè|lấn biển|"
        "lấn chiếm bãi biển|rơi vãi vật liệu|công trình xây dựng|trật tự đô thị|lều quán|"
        "lấn hết lối đi|lấn hết lối|bàn ghế vỉa hè|lấn chiếm lối đi|san lấp trái phép|"
        "xây chuồng trái phép",
        plain="via he|lan chiem",
        hint="xây|công trình|xây dựng",
        english="sidewalk|pavement|encroachment|illegal building|illegal construction|"
        "building without permit|blocking the sidewalk|construction",
        has_advice=False,
    ),
    Entry(
        "MARKET", P4, "",
        say="chợ|trật tự chợ|hàng giả|hàng nhái|hàng kém chất lượng|hàng dởm|cân điêu|cân thiếu|"
        "cân gian|gian lận cân|chặt chém|chặt chém khách|chặt chém du khách|hét giá|nâng giá|"
        "bán đắt|ép giá|ép mua|chèo kéo|chèo kéo khách|tranh khách|tranh giành khách|bán phá giá|"
        "gian lận|gian lận thương mại|mua phải hàng giả|tiểu thương|ki ốt|quầy hàng|"
        "chợ cóc|chợ tạm|họp chợ|họp chợ lòng đường|ban quản lý chợ|thuốc giả|"
        "mỹ phẩm giả|đầu cơ|găm hàng|không niêm yết giá|bán hết hạn|quá đắt",
        hint="chợ hạ long|mua hàng|sạp",
        english="market|fake goods|counterfeit|counterfeit goods|overcharged|overcharging|"
        "overcharge|short weight|rip off|cheated on weight|price gouging",
    ),
    Entry(
        "FOOD", P3, "115",
        say="an toàn thực phẩm|vệ sinh thực phẩm|thực phẩm bẩn|thực phẩm hết hạn|đồ ăn hỏng|"
        "thức ăn ôi thiu|ôi thiu|thịt ôi|thịt thối|thịt bẩn|thịt lợn bệnh|lợn bệnh|giết mổ lậu|"
        "mổ lợn bệnh|bán thịt lợn chết|ngộ độc thực phẩm|ngộ độc thức ăn|đau bụng sau khi ăn|"
        "ăn xong bị đau bụng|ăn xong đau bụng|ăn xong bị nôn|ăn xong nôn|đi ngoài sau khi ăn|"
        "bị đi ngoài|tiêu chảy|nôn mửa|đồ ăn bẩn|quán ăn bẩn|có giòi|bánh mì ngộ độc|ngộ độc rượu|"
        "cá ươn|hóa chất thực phẩm|hàn the|thực phẩm không rõ nguồn gốc|sữa giả|bếp ăn bẩn|"
        "bữa ăn bán trú|đồ ăn hết hạn|ăn phải",
        plain="attp",
        hint="thực phẩm|quán ăn|đồ ăn|thức ăn|thịt|ăn xong",
        english="food poisoning|food safety|bad food|rotten meat|expired food|spoiled food|"
        "dirty restaurant|food",
        raised=(
            (P1, "nhiều người|hàng loạt|cả nhà|cả lớp|cả xóm|mấy người|đám cưới|trường học|"
             "học sinh|công nhân|bất tỉnh|khó thở|co giật|people are sick|many people"),
        ),
    ),
)  # fmt: skip
