"""Kinds that are no incident: papers, ideas, concerns and help, and the words for them."""

from typing import Final

from domain.kinds.kind import Entry
from domain.urgency import Urgency

P1, P2, P3, P4 = Urgency

ENTRIES: Final = (
    Entry(
        "RESIDENCE", P4, "",
        say="ngủ lại|ở lại qua đêm|ra ở vài tháng|ở vài ngày|"
        "tạm trú|đăng ký tạm trú|khai báo tạm trú|đk tạm trú|lưu trú|khai báo lưu trú|"
        "thông báo lưu trú|báo lưu trú|khách lưu trú|khách ngủ lại|khách đến ngủ|có khách ở lại|"
        "khách ở lại|khách ở nhờ|tạm vắng|khai báo tạm vắng|thường trú|nhập khẩu|"
        "nhập hộ khẩu|hộ khẩu|sổ hộ khẩu|chuyển khẩu|tách khẩu|cư trú|xác nhận cư trú|nhà trọ|"
        "chủ nhà trọ|phòng trọ|thuê trọ|cho thuê trọ|xóm trọ|dãy trọ|trọ không khai báo|"
        "không đăng ký tạm trú|không khai báo tạm trú|người ở trọ|nhà nghỉ không khai báo|"
        "khách sạn không khai báo|homestay|mới chuyển đến|chuyển đến ở|làm căn cước|"
        "làm cccd|định danh điện tử|ct01",
        plain="tam tru|luu tru|homestay|ho khau",
        hint="trọ|thuê nhà|khách",
        english="temporary residence|stay notice|residence|residence registration|"
        "register a guest|"
        "guest staying|overnight guest|boarding house|landlord|tenant",
    ),
    Entry(
        "IDEA", P4, "",
        say="góp ý|đóng góp ý kiến|góp ý kiến|ý kiến|sáng kiến|đề xuất|đề nghị lắp|kiến nghị|"
        "hiến kế|ý tưởng|nên lắp|nên có|mong muốn|mong phường|mong khu phố|lắp camera|"
        "lắp thêm đèn|lắp thêm camera|khen|cảm ơn công an|cảm ơn các anh|biểu dương|xin đề xuất|"
        "đề nghị phường|đề nghị khu|nguyện vọng|tôi có ý kiến|muốn góp ý|làm thêm sân chơi",
        plain="gop y|y kien|sang kien",
        hint="đề nghị|mong|nên",
        english="suggestion|suggest|idea|proposal|feedback|propose|thank you officers",
        has_advice=False,
    ),
    Entry(
        "OFFICIAL", P4, "",
        say="tố cáo cán bộ|tố cáo|phản ánh cán bộ|cán bộ phường|cán bộ xã|cán bộ nhũng nhiễu|"
        "nhũng nhiễu|hách dịch|vòi tiền|đòi hối lộ|hối lộ|nhận hối lộ|tham nhũng|tham ô|"
        "cửa quyền|quan liêu|gây khó dễ|gây khó khăn khi làm giấy tờ|công an nhận tiền|"
        "công an đánh người|công an phường đánh|công an xã đánh|công an đánh|cán bộ đánh|"
        "công an vòi tiền|trưởng khu tham ô|lợi dụng chức vụ|lạm quyền|"
        "bao che|thái độ cán bộ|thái độ của cán bộ|thái độ phục vụ|thu tiền sai|thu sai quy định|"
        "lạm thu|tiêu cực|cán bộ ăn chặn|ăn chặn|ăn chặn tiền|khiếu nại|chủ tịch phường|"
        "cán bộ thái độ|đơn tố cáo|đơn khiếu nại|làm khó dân",
        plain="to cao|tham nhung|hoi lo|khieu nai",
        hint="cán bộ",
        english="corruption|corrupt|bribe|bribery|complaint about an officer|"
        "official asked for money|misconduct|complain about an official|rude officer",
        has_advice=False,
    ),
    Entry(
        "EX_OFFENDER", P4, "",
        say="người lầm lỗi|tái hòa nhập|tái hòa nhập cộng đồng|mãn hạn tù|ra tù|mới ra tù|"
        "đi tù về|mới đi tù về|mới ra trại|ra trại|chấp hành xong án|chấp hành xong án phạt|"
        "đặc xá|tha tù|tha tù trước thời hạn|cai nghiện về|đi cai|đi cai về|sau cai nghiện|"
        "sau cai|giúp cai nghiện|"
        "xin cai nghiện|đi cai nghiện|cai nghiện tự nguyện|cai nghiện|xóa án tích|án treo|"
        "cải tạo|giúp đỡ người lầm lỗi|lầm lỗi|tìm việc cho người ra tù|quản lý sau cai|"
        "cảm hóa|cảm hóa giáo dục|giáo dục tại xã phường|giáo dục tại phường|trại giam về",
        plain="ra tu|dac xa|an treo|cai nghien",
        english="released from prison|ex offender|ex prisoner|former prisoner|reintegration|"
        "rehab|rehabilitation|parole",
        has_advice=False,
    ),
    Entry(
        "OTHER", P3, "",
        say="việc khác|chuyện khác|vấn đề khác|khác",
        english="other|something else|other matter",
        has_advice=False,
    ),
)  # fmt: skip
