"""Kinds that neighbours see and the police look into: their words, and whom to call."""

from typing import Final

from domain.kinds.kind import Entry
from domain.urgency import Urgency

P1, P2, P3, P4 = Urgency

ENTRIES: Final = (
    Entry(
        "DRUG", P2, "113 0769040404",
        say="ma túy|chơi ma túy|bán ma túy|mua bán ma túy|sử dụng ma túy|tàng trữ ma túy|"
        "hút ma túy|chích ma túy|nghiện ma túy|nghiện|con nghiện|thằng nghiện|nghiện hút|"
        "hút cần|hút hít|hút chích|tiêm chích|chích choác|kim tiêm|bơm kim tiêm|xi lanh|đập đá|"
        "chơi đá|hút đá|"
        "bán đá|hàng đá|hàng trắng|bán hàng trắng|cái chết trắng|bay lắc|cắn kẹo|bán kẹo|"
        "thuốc lắc|chơi ke|ketamin|cần sa|hút cỏ|bán cỏ|cỏ mỹ|nước vui|heroin|hê rô in|"
        "ngáo đá|bị ngáo|ngáo|phê thuốc|phê đá|bóng cười|pod chill|thuốc phiện|"
        "tụ điểm ma túy|buôn ma túy|trồng cần sa|trồng cây thuốc phiện|nghi bán thuốc|"
        "bán thuốc lắc|giao hàng trắng|xì ke|mua hàng trắng",
        plain="heroin|ketamin|ma tuy|ngao da",
        hint="đá|ke|kẹo|cỏ|phê",
        english="drug|drugs|drug dealer|drug dealing|selling drugs|using drugs|heroin|meth|"
        "needles|syringe|syringes|cannabis|addict|addicts",
        raised=((P1, "ngáo|ngáo đá|cầm dao|đang đập phá|dọa chém|dọa giết|la hét cầm|đuổi đánh|"
                 "đang đánh|bị thương|sốc thuốc|sốc ma túy|bất tỉnh|knife|overdose"),),
    ),
    Entry(
        "GAMBLING", P2, "113",
        say="đánh bạc|cờ bạc|sới bạc|sòng bạc|chiếu bạc|tụ tập đánh bạc|đánh bài|"
        "đánh bài ăn tiền|bài bạc|chơi bạc|xóc đĩa|sóc đĩa|lô đề|đánh lô|đánh đề|ghi đề|"
        "ghi lô|ghi lô đề|chủ lô|bán số đề|chơi đề|số đề|ba cây|phỏm|tá lả|liêng|đánh liêng|"
        "tiến lên ăn tiền|chơi phỏm|bầu cua|tài xỉu|nổ hũ|bắn cá|cá độ|cá độ bóng đá|cá cược|"
        "cá cược online|bóng bánh|cá độ bóng|đá gà|chọi gà|trường gà|chọi gà ăn tiền|"
        "đánh bạc online|game bài|máy bắn cá|sát phạt|chắn ăn tiền|đánh chắn|xì tố|"
        "đánh tổ tôm|tổ chức đánh bạc|gầm bài|ăn thua đỏ đen|đá gà ăn tiền|casino",
        plain="phom|ta la|ca do|danh bac|co bac|casino",
        hint="lô|đề|bài|ăn tiền",
        english="gambling|gamble|gamblers|betting|card game for money|illegal lottery|"
        "cockfight|cockfighting|casino|online betting",
    ),
    Entry(
        "STRANGER", P3, "",
        say="người lạ|người lạ mặt|kẻ lạ|kẻ lạ mặt|lạ mặt|khả nghi|người khả nghi|nghi vấn|"
        "đối tượng lạ|thanh niên lạ|xe lạ|ô tô lạ|xe khả nghi|lảng vảng|đi lại khả nghi|"
        "lượn lờ|dòm ngó|nhòm ngó|ngó nghiêng|rình mò|lạ hoắc|không rõ lai lịch|"
        "biểu hiện lạ|biểu hiện nghi vấn|đáng ngờ|người đáng ngờ|đánh dấu nhà|"
        "gõ cửa nhà|bấm chuông nhà|đứng trước cửa nhà|đi xem từng nhà|chụp ảnh nhà|"
        "bán hàng rong lạ|tiếp thị lạ|xin vào nhà|hỏi dò|hỏi han trẻ em|flycam|"
        "qua lại xóm|chạy lại xóm|đi vòng quanh xóm|xe không biển số|đi loanh quanh|loanh quanh|"
        "bịt mặt|bịt khẩu trang kín|nhìn ngó",
        hint="lạ|nghi|nghi ngờ",
        english="unfamiliar vehicle|unfamiliar|"
        "stranger|strangers|suspicious|suspicious person|suspicious car|suspicious man|"
        "unknown person|unknown car|prowler|hanging around|lurking",
        raised=(
            (P2, "đêm|nửa đêm|khuya|trước cửa|cửa nhà|gõ cửa|đập cửa|cậy|trèo|trẻ em|"
             "bịt mặt|at night|at my door|night"),
            (P1, "trong nhà tôi|đã vào nhà|cầm dao|phá cửa|in my house|knife"),
        ),
    ),
    Entry(
        "FIREWORK", P2, "113",
        say="pháo|đốt pháo|bắn pháo|nổ pháo|pháo nổ|tiếng pháo|pháo lậu|bán pháo|mua pháo|"
        "buôn pháo|pháo hoa nổ|pháo trung quốc|chế pháo|làm pháo|chế tạo pháo|tàng trữ pháo|"
        "vận chuyển pháo|thuốc pháo|pháo tự chế|pháo dây|pháo giàn|dàn pháo|pháo hoa|pháo diêm|"
        "quả pháo|đốt pháo nổ|bán pháo trên mạng|pháo tép|pháo cối",
        plain="dot phao|ban phao",
        english="firework|fireworks|firecracker|firecrackers|illegal fireworks",
    ),
    Entry(
        "SOCIAL_EVIL", P3, "",
        say="mại dâm|bán dâm|mua dâm|gái mại dâm|gái bán dâm|gái gọi|chứa mại dâm|"
        "môi giới mại dâm|"
        "massage trá hình|mát xa trá hình|karaoke ôm|karaoke trá hình|tẩm quất trá hình|"
        "nhà nghỉ trá hình|trá hình|gái làng chơi|đi khách|phim đồi trụy|văn hóa phẩm đồi trụy|"
        "mê tín|mê tín dị đoan|bói toán|xem bói|đồng bóng|trừ tà|bùa ngải|thầy cúng lừa|"
        "tà đạo|hội thánh đức chúa trời|hội thánh|truyền đạo trái phép|đạo lạ|tuyên truyền đạo|"
        "truyền đạo|pháp luân công|dụ dỗ theo đạo|kích dục|cắt tóc thư giãn|tệ nạn|tệ nạn xã hội",
        plain="mai dam|te nan",
        english="vice|"
        "prostitution|prostitutes|brothel|cult|superstition|fortune teller|"
        "fortune telling|illegal preaching",
        has_advice=False,
    ),
    Entry(
        "BORDER", P2, "113",
        say="lối mòn|đường mòn|người lạ qua biên giới|"
        "vượt biên|vượt biên trái phép|xuất cảnh trái phép|nhập cảnh trái phép|"
        "đưa người vượt biên|đưa người qua biên giới|qua biên giới trái phép|nhập cảnh lậu|"
        "xuất nhập cảnh trái phép|đi chui|sang chui|đường mòn lối mở|lối mở|buôn lậu|hàng lậu|"
        "chở hàng lậu|vận chuyển hàng lậu|hàng cấm|thuốc lá lậu|xăng dầu lậu|dầu lậu|gà lậu|"
        "gia cầm lậu|lợn lậu|hải sản lậu|bè mảng qua sông|vượt sông|bốc hàng ban đêm|"
        "tập kết hàng lậu|hàng không rõ nguồn gốc|hàng nhập lậu|thực phẩm đông lạnh lậu|"
        "chở người sang trung quốc|cắm biên|mốc biên giới|trốn sang trung quốc",
        plain="vuot bien|buon lau",
        hint="biên giới|lậu",
        english="smuggling|smugglers|smuggled goods|illegal crossing|border crossing|"
        "illegal border|illegal entry|crossing the border",
    ),
    Entry(
        "FOREIGNER", P3, "",
        say="người nước ngoài|người trung quốc|khách trung quốc ở|người tàu|người tây|"
        "người hàn quốc|người ấn độ|người nước ngoài không khai báo|khách nước ngoài|"
        "người nước ngoài thuê nhà|người trung quốc thuê nhà|tây thuê nhà|ở quá hạn visa|"
        "quá hạn visa|hết hạn visa|khai báo người nước ngoài|tạm trú cho người nước ngoài|"
        "tạm trú người nước ngoài|làm việc không phép|không có hộ chiếu|"
        "cho người nước ngoài ở|khách nước ngoài không khai báo",
        hint="visa|hộ chiếu",
        english="foreigner|foreigners|overstay|overstayed visa|unregistered foreigner|"
        "foreign guests|foreign nationals|chinese people renting",
    ),
    Entry(
        "SEA_ILLEGAL", P3, "",
        say="kích điện|xung điện|đánh bắt trái phép|đánh cá bằng điện|kích cá|chích cá|chích điện|"
        "đánh mìn|nổ mìn đánh cá|đánh cá bằng mìn|thuốc nổ đánh cá|lồng bát quái|bát quái|"
        "giã cào|te điện|lưới bát quái|tận diệt|khai thác thủy sản trái phép|cào ngao trái phép|"
        "đánh bắt tận diệt|vi phạm iuu|khai thác iuu|ngắt thiết bị giám sát|"
        "tắt giám sát hành trình|"
        "đánh bắt trong vùng cấm|vùng cấm|cào sò trái phép|tàu giã|đánh cá trái phép|"
        "đánh bắt hải sản trái phép|dùng điện đánh cá|thuốc độc bắt cá|cào điện|rà điện|"
        "đi kích|lưới mắt nhỏ|tàu 3 không|tàu ba không|xyanua",
        plain="iuu|kich dien|xung dien",
        english="illegal fishing|electric fishing|dynamite fishing|blast fishing|iuu|"
        "electrofishing",
        raised=((P2, "đang|bây giờ|ngay lúc này|mìn|thuốc nổ|now|explosives|dynamite"),),
    ),
    Entry(
        "MINING", P3, "",
        say="khai thác than|than lậu|than thổ phỉ|khai thác than trái phép|đào than|trộm than|"
        "xúc than|chở than lậu|bãi than|lò than trái phép|hút cát|cát tặc|khai thác cát|"
        "khai thác cát trái phép|tàu hút cát|khai thác đất|khai thác đất trái phép|đào đất|"
        "múc đất|xúc đất|khai thác khoáng sản|khoáng sản trái phép|khoáng sản|khai thác đá|"
        "nổ mìn khai thác|đào vàng|khai thác trái phép|san gạt trái phép|đào bới|xẻ núi|"
        "múc đồi|bạt đồi|chở đất lậu|xe chở than|than cám|khai thác sỏi|trộm đất|trộm cát",
        plain="cat tac",
        hint="than|máy xúc|máy múc",
        english="illegal mining|coal mining|mining|stealing coal|sand mining|sand dredging|"
        "digging coal|illegal coal|quarry",
    ),
)  # fmt: skip
