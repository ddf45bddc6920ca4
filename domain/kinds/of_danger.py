"""Kinds where life is in danger: the words people use for them, and whom to call."""

from typing import Final

from domain.kinds.kind import Entry
from domain.urgency import Urgency

P1, P2, P3, P4 = Urgency

ENTRIES: Final = (
    Entry(
        "FIRE", P1, "114",
        say="lửa bùng|lửa đang|bùng lên|lửa lan|"
        "cháy|nổ|cháy nổ|cháy nhà|nhà cháy|đang cháy|bị cháy|báo cháy|bốc cháy|bốc khói|"
        "khói đen|khói nghi ngút|khói mù mịt|nhiều khói|cháy lớn|cháy to|cháy rồi|cháy xe|"
        "xe cháy|cháy rừng|cháy chợ|cháy quán|cháy kho|cháy xưởng|cháy bếp|cháy điện|"
        "chập điện|chập cháy|nổ bình ga|nổ bình gas|nổ ga|nổ gas|bình ga nổ|rò ga|rò gas|"
        "rò rỉ ga|rò rỉ gas|rò khí|xì ga|xì gas|mùi ga|mùi gas|hở ga|mùi khét|hỏa hoạn|"
        "phát hỏa|bén lửa|lửa cháy|lửa to|ngọn lửa|đám cháy|vụ nổ|tiếng nổ|nổ lớn|dập lửa|"
        "chữa cháy|cứu hỏa|phóng hỏa|đốt nhà|lửa bốc|cháy ở|vụ cháy|có cháy|cháy tầng",
        plain="pccc",
        hint="khói|lửa",
        english="fire|on fire|burning|explosion|exploded|smoke|gas leak|house fire",
    ),
    Entry(
        "RESCUE", P1, "114 112",
        say="kẹt vào|kẹt đầu|kẹt tay|kẹt chân|không rút ra được|kẹt trong nhà|kẹt trong xe|"
        "mắc kẹt|bị kẹt|kẹt trong thang máy|kẹt thang máy|đuối nước|chết đuối|"
        "ngã xuống nước|ngã xuống sông|rơi xuống nước|rơi xuống sông|rơi xuống giếng|"
        "rớt xuống mương|rơi xuống mương|rớt xuống sông|rớt xuống ao|rơi xuống ao|rơi xuống hồ|"
        "ngã xuống ao|ngã xuống giếng|sập nhà|nhà sập|sập giàn giáo|"
        "sập hầm|sập lò|bục nước|đổ tường|bị vùi lấp|vùi lấp|bị nước cuốn|nước cuốn|"
        "cứu hộ|cứu nạn|cứu người|rơi xuống hố|ngã giàn giáo|sụt hố|không thoát ra được|"
        "bị chìm|sắp chìm",
        plain="cnch",
        hint="kẹt|sập|cứu",
        english="trapped|stuck|drowning|collapsed|collapse|rescue|fell into the water",
    ),
    Entry(
        "MEDICAL", P1, "115",
        say="cấp cứu|xỉu|bị xỉu|người xỉu|bất tỉnh|ngất|ngất xỉu|bị ngất|khó thở|ngừng thở|"
        "không thở|co giật|"
        "đột quỵ|tai biến|tim ngừng|ngừng tim|đau tim|đau ngực|nhồi máu|bị ngộ độc|ngộ độc|"
        "uống nhầm|chảy máu nhiều|máu chảy|ra nhiều máu|mất máu|gãy chân|gãy tay|gãy xương|"
        "ngã cầu thang|bị ngã|đẻ rơi|sắp đẻ|vỡ ối|đau đẻ|sốt cao co giật|sốt cao|"
        "sốc phản vệ|hôn mê|xe cứu thương|cần cứu thương|hóc|bị hóc|hóc xương|hóc dị vật|hóc kẹo|"
        "điện giật|bị bỏng|bỏng nặng|ong đốt|rắn cắn|ốm nặng|bệnh nặng|mệt lắm|"
        "trúng gió|cần bác sĩ|gọi xe cấp cứu|ngã gãy|bị điện giật|sùi bọt mép|liệt nửa người",
        plain="ngat",
        hint="chảy máu|đau|ốm|ngã|bệnh viện|bác sĩ",
        english="ambulance|unconscious|not breathing|heart attack|stroke|bleeding|fainted|"
        "medical emergency|seizure|choking|collapsed on the floor",
    ),
    Entry(
        "TRAFFIC_CRASH", P2, "113 115",
        say="lật ngang|container lật|xe khách lật|xe tải lật|ô tô lật|quệt phải|quệt vào|"
        "va phải|đâm phải|tông phải|xe quệt|vụ đâm xe|tông vào|ngã ra đường|"
        "tai nạn|tai nạn giao thông|tai nạn xe|đâm xe|xe đâm|va chạm|va chạm xe|va quệt|"
        "tông xe|xe tông|bị xe tông|bị xe đâm|đụng xe|xe đụng|hai xe đâm|đâm nhau xe|"
        "ô tô đâm|xe máy đâm|xe tải đâm|ngã xe|tự ngã xe|lật xe|xe lật|gây tai nạn|"
        "bỏ chạy sau tai nạn|cán người|cán chết|xe cán|xe húc|húc vào|đâm vào|đâm liên hoàn|"
        "mất lái|lao vào|quệt xe|đâm đuôi|đâm phải người",
        plain="tngt",
        hint="xe máy|ô tô|xe tải|xe khách|container",
        english="crash|car crash|accident|traffic accident|motorbike accident|road accident|"
        "collision|hit by a car|hit and run",
        raised=(
            (P1, "bị thương|chảy máu|nằm bất tỉnh|bất tỉnh|gãy|máu|nặng lắm|nguy kịch|chết|"
             "tử vong|mắc kẹt|kẹt trong xe|nằm giữa đường|nằm im|cán người|cán chết|cấp cứu|"
             "injured|bleeding|dead|unconscious|hurt"),
        ),
    ),
    Entry(
        "MISSING", P2, "113 111 112",
        say="mất tích|đi lạc|bị lạc|lạc đường|lạc mất|lạc con|lạc cháu|trẻ lạc|bị bắt cóc|"
        "bắt cóc|không thấy về|chưa thấy về|chưa về nhà|không về nhà|bỏ nhà đi|bỏ đi|"
        "không liên lạc được|mất liên lạc|tìm người|tìm người thân|tìm trẻ|tìm con|"
        "đi đâu không thấy|đi khỏi nhà|không biết đi đâu|lẫn đi lạc|tìm bà cụ|tìm ông cụ|"
        "đi từ sáng chưa về|chưa thấy cháu về",
        hint="lạc|tìm",
        english="missing|missing person|missing child|lost child|kidnapped|did not come home|"
        "cannot find my son|cannot find my daughter|ran away from home",
        raised=(
            (P1, "trẻ em|bé|cháu|con tôi|con em|con mình|con gái|con trai|tuổi|cụ|bà cụ|ông cụ|"
             "người già|bà ngoại|ông ngoại|bà nội|ông nội|mẹ tôi|bố tôi|bị lẫn|lẫn|tâm thần|"
             "bệnh|bắt cóc|child|son|daughter|elderly|grandmother|grandfather|kidnapped|"
             "trên biển|ra biển|tự tử"),
        ),
    ),
    Entry(
        "HAZARD", P3, "114 112",
        say="bóng đèn|bóng điện|đèn ngõ|bóng cháy|đèn không sáng|đèn không lên|"
        "đèn hỏng|đèn đường hỏng|đèn đường|đèn tắt|đường tối|cột đèn|bóng đèn hỏng|hố ga|"
        "mất nắp cống|nắp cống|nắp hố ga|cống vỡ|ổ gà|hố sâu|sụt đường|sụt lún|lún đường|"
        "cây đổ|cây gãy|cành cây|cây sắp đổ|cây nghiêng|dây điện|dây điện đứt|đứt dây điện|"
        "dây điện rơi|hở điện|rò điện|rò rỉ điện|dây điện võng|dây cáp|dây mạng|cột điện|"
        "cột điện nghiêng|đường hỏng|vỡ ống nước|vỡ đường ống|biển báo đổ|tường sắp đổ|"
        "lan can hỏng|cầu hỏng|mất đèn|trạm biến áp|tủ điện|đường trơn|đá rơi",
        hint="điện|cống|cột",
        english="street light|streetlight|lamp is broken|pothole|manhole|fallen tree|"
        "tree fell|power line|live wire|electric wire|broken road",
        raised=(
            (P1, "dây điện đứt|đứt dây điện|dây điện rơi|hở điện|rò điện|rò rỉ điện|điện giật|"
             "tóe lửa|phóng điện|live wire|sparks|đè vào người|đè trúng|bị thương"),
        ),
        advice_if="dây điện|đứt dây|dây đứt|hở điện|rò điện|rò rỉ điện|điện giật|tóe lửa|"
        "phóng điện|dây cáp|cột điện|trạm biến áp|tủ điện|wire|wires|power line|live wire|sparks",
    ),
    Entry(
        "DISASTER", P2, "112",
        say="bão|lũ|bão lũ|mưa bão|ngập|ngập nước|ngập nhà|ngập lụt|ngập sâu|bị ngập|lụt|lũ quét|"
        "lũ ống|nước dâng|nước lên|nước tràn|triều cường|sạt lở|sạt đất|sạt lở đất|lở đất|"
        "lở núi|đất đá|tốc mái|bay mái|bay mái tôn|mái tôn bay|lốc xoáy|giông lốc|cô lập|"
        "bị cô lập|vỡ đê|vỡ đập|sơ tán|nứt đất|động đất|đất sạt|taluy|núi lở|mưa đá",
        plain="lut",
        hint="mưa to|mưa lớn|gió lớn",
        english="storm|typhoon|flood|flooded|flooding|landslide|evacuation|roof blown off",
        raised=(
            (P1, "ngập nhà|nước dâng|cô lập|mắc kẹt|sạt lở|vùi|trôi|cuốn|lũ quét|vỡ đê|vỡ đập|"
             "tốc mái|bay mái|người già|trẻ em|không ra được|trapped|cut off|bị thương"),
        ),
    ),
    Entry(
        "SEA_SOS", P1, "112 02253759508",
        say="chìm thuyền|chìm tàu|tàu chìm|thuyền chìm|lật thuyền|thuyền lật|lật tàu|trôi bè|"
        "bè trôi|bè bị trôi|bè vỡ|vỡ bè|đứt neo|chết máy trên biển|tàu hỏng máy|hỏng máy|"
        "tàu chết máy|thuyền chết máy|thả trôi|mắc cạn|tàu mắc cạn|rơi xuống biển|"
        "ngã xuống biển|cứu trên biển|cấp cứu trên biển|nạn trên biển|bè gặp nạn|"
        "tàu gặp nạn|thuyền gặp nạn|ngư dân gặp nạn|thuyền thủng|tàu thủng|nước vào thuyền|"
        "đâm tàu|tàu đâm|trôi dạt|bị sóng cuốn|sóng đánh|trôi ngoài biển|trôi ra biển|"
        "chưa vào bờ|không vào được bờ",
        hint="ngoài biển|trên biển|tàu cá|thuyền|bè|vịnh",
        english="emergency at sea|"
        "boat sinking|sinking|ship sinking|capsized|adrift|man overboard|sos at sea|"
        "distress at sea|raft",
    ),
    Entry(
        "SUICIDE_RISK", P1, "115 113",
        say="tự tử|tự sát|muốn chết|không muốn sống|chán sống|nhảy cầu|nhảy lầu|đòi nhảy|"
        "định nhảy|uống thuốc sâu|uống thuốc trừ sâu|uống thuốc ngủ|uống thuốc diệt cỏ|"
        "cắt cổ tay|rạch tay|treo cổ|kết liễu|tự thiêu|tự làm hại|tự hại|đòi chết|dọa chết|"
        "dọa tự tử|viết thư tuyệt mệnh|thư tuyệt mệnh|không thiết sống|nghĩ quẩn|làm dại",
        english="suicide|kill myself|want to die|kill himself|kill herself|self harm|"
        "hurt themselves|hurt himself|hurt herself|jump off",
    ),
    Entry(
        "WEAPON", P1, "113",
        say="bom|mìn|lựu đạn|quả bom|đầu đạn|bom mìn|quả đạn|đạn pháo|vật nổ|vật liệu nổ|"
        "thuốc nổ|kíp nổ|kíp mìn|vũ khí|súng|khẩu súng|có súng|súng hơi|súng săn|súng tự chế|"
        "súng hoa cải|tàng trữ vũ khí|bán súng|bán dao|mã tấu|đao kiếm|kiếm nhật|dùi cui điện|"
        "súng điện|hàng nóng|giữ súng|chế súng|bắn súng|nổ súng|vũ khí thô sơ",
        plain="bom",
        hint="đạn|kiếm",
        english="bomb|gun|grenade|explosives|weapon|weapons|old bomb|shell|firearm|landmine",
    ),
)  # fmt: skip
