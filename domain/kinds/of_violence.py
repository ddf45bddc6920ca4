"""Kinds where people hurt or frighten people: the words for them, and whom to call."""

from typing import Final

from domain.kinds.kind import Entry
from domain.urgency import Urgency

P1, P2, P3, P4 = Urgency

ENTRIES: Final = (
    Entry(
        "ASSAULT", P1, "113 115",
        say="bị bạn đánh|bạn đánh|nó đánh|chúng nó đánh|đuổi đánh|đánh đập|"
        "đánh nhau|đang đánh nhau|đâm nhau|chém nhau|đập nhau|choảng nhau|choảng|ẩu đả|"
        "xô xát|hành hung|bị hành hung|bị đánh|đánh người|đánh hội đồng|đánh chết|đánh tôi|"
        "đánh em|đánh anh|đánh bạn|đánh bố|đánh mẹ|đánh cháu|đánh ghen|đâm người|chém người|"
        "cầm dao|rút dao|vác dao|cầm gậy|cầm gạch|cầm tuýp|bị đâm|bị chém|giết người|giết|"
        "đâm chém|truy sát|đấm|đấm đá|tát|cố ý gây thương tích|gây thương tích|"
        "đánh bị thương|đánh chảy máu|đánh trọng thương|đánh gãy|ném đá vào người|"
        "bạo lực học đường|học sinh đánh nhau|đánh lộn|uýnh nhau|oánh nhau|phang nhau|"
        "tẩn nhau|đánh nhau to|đập vào đầu|cắm dao",
        plain="choang",
        hint="đánh|chém|đâm|dao|gậy",
        english="fight|fighting|assault|attacked|beating|beaten|beat me|stabbed|stabbing|"
        "punched|hitting each other|knife",
    ),
    Entry(
        "DV", P2, "113",
        say="bạo lực gia đình|bạo hành gia đình|chồng đánh|bị chồng đánh|đánh vợ|vợ đánh|"
        "đánh đập vợ|hàng xóm đánh vợ|đánh vợ con|vợ chồng đánh nhau|đánh vợ con|ck đánh|"
        "ck em đánh|bị ck đánh|đánh con|"
        "bố đánh|bố đánh mẹ|đánh mẹ|"
        "bạo hành|bạo hành vợ|con đánh bố|con đánh mẹ|đánh bố mẹ|đánh đập bố mẹ|"
        "ngược đãi|ngược đãi cha mẹ|ngược đãi bố mẹ|chồng chửi|chồng dọa|chồng dọa giết|"
        "chồng em đánh|chồng tôi đánh|chồng tát|vợ chồng nhà bên đánh nhau|nhốt vợ|chồng cũ đánh|"
        "chồng say rượu|chồng nghiện|"
        "hành hạ vợ|chồng hành hạ|chồng bạo hành|đuổi vợ ra khỏi nhà|vợ bị đánh|"
        "con trai đánh|đuổi đánh vợ|chồng bóp cổ|chồng say|đánh mẹ già",
        plain="blgd",
        hint="chồng|vợ",
        english="domestic violence|my husband beats|my husband hit|husband hits|beats his wife|"
        "hits his wife|beating his wife|abusive husband|abused by my husband",
        raised=(
            (P1, "đang|ngay bây giờ|cầm dao|chảy máu|bị thương|bóp cổ|dọa giết|đòi giết|"
             "kêu cứu|cứu|nhốt|con nhỏ|now|help|bleeding|knife"),
        ),
    ),
    Entry(
        "THREAT", P2, "113",
        say="dọa chặt|dọa cắt|dọa đâm|dọa bắn|gọi điện dọa|nhắn dọa|dọa sẽ|"
        "đe dọa|bị đe dọa|dọa giết|dọa đánh|dọa đốt nhà|dọa chém|đòi giết|dọa nạt|hăm dọa|"
        "khủng bố|khủng bố tinh thần|khủng bố điện thoại|nhắn tin đe dọa|gọi điện đe dọa|"
        "nhắn tin dọa|gọi dọa|quấy rối điện thoại|đòi xử|dọa xử|bám theo|theo dõi tôi|rình rập|"
        "bị theo dõi|bị bám theo|làm phiền liên tục|gọi điện quấy rối|chặn đường|chặn xe dọa|"
        "đến nhà dọa|dọa dẫm|uy hiếp|ép buộc|gửi quan tài|gửi vòng hoa",
        hint="dọa|quấy rối",
        english="threat|threats|threatened|threatening|threaten|harassed|harassment|stalking|"
        "following me|threatens to kill",
        raised=((P1, "cầm dao|có súng|đang ở ngoài cửa|ngoài cửa|trước cửa nhà|trước cửa|"
                 "đang đập cửa|phá cửa|đập cửa|at my door|outside my door|knife|gun|"
                 "mã tấu|phóng lợn|cầm kiếm|cầm gậy|cầm súng|hung khí|mang dao|có dao|dí dao|"
                 "with a weapon|has a weapon|armed"),),
    ),
    Entry(
        "DISORDER", P2, "113",
        say="gây rối|gây rối trật tự|gây mất trật tự|mất trật tự|tụ tập|tụ tập đông|"
        "tụ tập đông người|thanh niên tụ tập|băng nhóm|nhóm thanh niên|đám thanh niên|"
        "hỗn chiến|mang hung khí|cầm hung khí|hung khí|phóng lợn|dao phóng lợn|côn đồ|"
        "giang hồ|xã hội đen|bảo kê|say rượu quậy phá|quậy phá|quậy|say rượu chửi|"
        "chửi bới|đập phá|phá phách|gây sự|cà khịa|thách thức|la hét|hò hét|"
        "uống rượu chửi|rượu say làm loạn|làm loạn|kéo đến nhà|kéo nhau đến|hai nhóm|"
        "mang dao|mang tuýp|vác hung khí|đuổi chém|đuổi đánh nhau|ngáo rượu|say xỉn",
        hint="thanh niên|say|đông người|hung hăng",
        english="disorder|gangs|mob|crowd with weapons|drunk and shouting|troublemakers|"
        "public disorder|riot",
        raised=((P1, "hung khí|phóng lợn|cầm dao|mang dao|mã tấu|kiếm|súng|đuổi chém|hỗn chiến|"
                 "đánh nhau|bị thương|chảy máu|knives|weapons|gun"),),
    ),
    Entry(
        "CHILD_ABUSE", P2, "111 113",
        say="bạo hành trẻ|bạo hành trẻ em|đánh trẻ|đánh trẻ em|đánh cháu bé|đánh đập trẻ|"
        "đánh đập con|hành hạ trẻ|hành hạ con|hành hạ cháu|xâm hại trẻ em|xâm hại trẻ|"
        "dâm ô|dâm ô trẻ em|ấu dâm|dụ dỗ trẻ em|dụ dỗ cháu|dụ dỗ bé|bỏ rơi trẻ|bỏ rơi con|"
        "bỏ rơi em bé|trẻ bị bỏ rơi|trẻ sơ sinh bị bỏ|bóc lột trẻ em|bắt trẻ đi ăn xin|"
        "trẻ em lao động|trẻ bị đánh|cháu bé bị đánh|bé bị đánh|bảo mẫu đánh|cô giáo đánh|"
        "bố lấy roi|lấy roi quất|tát học sinh|đánh học sinh|mẹ kế đánh|bố dượng đánh|"
        "bạo hành con|bạo hành bé|bạo hành cháu|lạm dụng trẻ em|"
        "nhốt trẻ|nhốt con|bỏ đói|bỏ đói con|sờ mó cháu|tảo hôn",
        hint="trẻ em|cháu bé|em bé|bé gái",
        english="child abuse|abusing a child|beating a child|abused child|hits the child|"
        "child is beaten|molested",
        raised=((P1, "đang|ngay bây giờ|kêu cứu|chảy máu|bị thương|bất tỉnh|nhốt|"
                 "sơ sinh|now|bleeding"),),
    ),
    Entry(
        "SEXUAL", P2, "113 115",
        say="hiếp dâm|cưỡng hiếp|cưỡng dâm|xâm hại tình dục|xâm hại|quấy rối tình dục|"
        "sàm sỡ|bị sàm sỡ|sờ mó|sờ soạng|bị sờ|giở trò|giở trò đồi bại|đồi bại|khỏa thân|"
        "khoe của|phô bày|biến thái|quay lén|nhìn trộm|nhìn trộm tắm|chụp lén|gạ tình|gạ gẫm|"
        "lạm dụng tình dục|ép quan hệ|tấn công tình dục",
        plain="hiep dam|sam so",
        english="rape|raped|sexual assault|sexual harassment|groped|groping|flasher|"
        "touched me|molest",
        raised=((P1, "hiếp|cưỡng|đang|ép|vừa bị|bị thương|chảy máu|raped|rape|now"),),
    ),
    Entry(
        "TRAFFICKING", P2, "113 111",
        say="mua bán người|buôn người|buôn bán người|bị bán|bị lừa bán|lừa bán|"
        "bán sang trung quốc|bán sang campuchia|lừa sang campuchia|lừa sang trung quốc|"
        "lừa sang|việc nhẹ lương cao|đưa sang campuchia|đưa sang trung quốc|"
        "sang campuchia làm|bị giữ ở campuchia|đòi tiền chuộc|tiền chuộc|chuộc người|"
        "bị giữ ở nước ngoài|lừa ra nước ngoài|lừa đi nước ngoài|lừa đi lao động|"
        "dụ đi nước ngoài|rủ sang biên giới|môi giới lấy chồng trung quốc|bị bắt làm việc|"
        "bị ép làm lừa đảo|bán trẻ em|bán con|mua bán trẻ em|bán nội tạng|bán thận",
        hint="campuchia|tam giác vàng|myanmar",
        english="trafficking|human trafficking|sold to china|scam compound|ransom|"
        "held in cambodia|forced to work",
        raised=((P1, "đang bị giữ|bị giữ|bị nhốt|đòi tiền chuộc|tiền chuộc|đang trên xe|"
                 "đang ở cửa khẩu|sắp qua biên giới|trẻ em|ransom|held"),),
    ),
)  # fmt: skip
