"""Kinds about belongings and money: the words people use for them, and whom to call."""

from typing import Final

from domain.kinds.kind import Entry
from domain.urgency import Urgency

P1, P2, P3, P4 = Urgency

ENTRIES: Final = (
    Entry(
        "THEFT", P3, "113",
        say="mất cái xe|mất con xe|mất chiếc xe|mất cái|bị ăn trộm|không thấy xe đâu|"
        "lấy mất|kẻ gian|két sắt|"
        "trộm|bị trộm|mất trộm|trộm cắp|ăn trộm|kẻ trộm|thằng trộm|tên trộm|có trộm|"
        "trộm xe|trộm chó|trộm gà|trộm cây|trộm tiền|trộm đồ|trộm vàng|trộm đột nhập|"
        "đột nhập|nhảy trộm|trộm vào nhà|trộm trèo|cậy cửa|cạy cửa|phá khóa|bẻ khóa|"
        "cắt khóa|trèo tường|trèo vào nhà|ăn cắp|đánh cắp|lấy cắp|lấy trộm|bị lấy mất|mất cắp|"
        "bị mất cắp|mất xe|mất xe máy|mất xe đạp|mất điện thoại|mất tiền|mất đồ|mất vàng|"
        "mất chó|mất gà|mất laptop|mất ví trong nhà|móc túi|bị móc túi|chôm|chôm đồ|nẫng|"
        "xoáy mất|rút trộm|câu trộm|bắt trộm chó|trộm mèo|mất bình ắc quy|mất dây điện|"
        "trộm dây cáp|mất con gà|mất mấy|lấy mất đồ|bị lấy trộm|mất cây cảnh|mất gương xe|"
        "vặt gương|mất biển số",
        plain="trom|trom cap|an cap",
        hint="mất|khóa cửa|camera",
        english="theft|thief|thieves|stolen|stole|burglar|burglary|break in|broke in|"
        "pickpocket|motorbike is gone",
        raised=(
            (P1, "trộm trong nhà|đang ở trong nhà|đang trong nhà|vẫn trong nhà|còn trong nhà|"
             "trộm vào nhà tôi rồi|có trộm trong|đang đột nhập|đang cậy cửa|đang cạy cửa|"
             "đang phá khóa|đang bẻ khóa|đang trèo|đang lục|thief inside|inside my house|"
             "cầm dao|có người lạ trong nhà"),
            (P2, "đang trộm|đang ăn trộm|đang lấy|vừa bắt được|bắt được trộm|vừa mất|vừa bị|"
             "vừa xong|đang bỏ chạy|right now|just now"),
        ),
        more_if="điện thoại|iphone|samsung|sim|laptop|máy tính|thẻ|thẻ ngân hàng|ngân hàng|"
        "tài khoản|ví|túi|túi xách|ba lô|balo|cặp|phone|laptop|bank|card|wallet|purse|bag|"
        "handbag|backpack",
    ),
    Entry(
        "SCAM", P2, "113 156",
        say="mượn tiền|vay tiền bạn bè|nhắn mượn tiền|hỏi mượn tiền|chuyển mất|"
        "không rút được|"
        "lừa đảo|bị lừa|bị lừa đảo|lừa tiền|lừa mất|lừa qua mạng|lừa chuyển khoản|"
        "chuyển khoản nhầm|chuyển tiền cho|đã chuyển khoản|ck nhầm|đã ck|lỡ ck|ck cho nó|ck rồi|"
        "bắt ck|lỡ chuyển khoản|chuyển khoản rồi|"
        "mất tiền trong tài khoản|mất tiền trong thẻ|tài khoản bị trừ|bị trừ tiền|"
        "trừ tiền ngân hàng|link lạ|bấm vào link|ấn vào link|đường link|mã otp|đọc otp|"
        "xin otp|đọc mã otp|trúng thưởng|báo trúng thưởng|đầu tư tiền ảo|sàn ảo|sàn tiền ảo|"
        "sàn chứng khoán|đầu tư online|làm nhiệm vụ online|nhiệm vụ online|cộng tác viên|"
        "việc làm online|đặt cọc|lừa cọc|lừa đặt cọc|lừa mua hàng|mua hàng online bị lừa|"
        "shipper giả|giả shipper|giả ngân hàng|giả nhân viên ngân hàng|giả điện lực|"
        "người yêu qua mạng|tình qua mạng|đa cấp|huy động vốn|vỡ hụi|vỡ họ|ôm tiền bỏ trốn|"
        "lừa bán đất|cuộc gọi lừa đảo|gọi lừa đảo|tin nhắn lừa đảo|số lạ gọi|deepfake|"
        "cài app lạ|mất tiền qua mạng|chiếm đoạt tài sản|chiếm đoạt tiền|lừa nạp thẻ|"
        "khóa sim|khóa thuê bao|dọa khóa sim|hoàn tiền|mượn tiền qua zalo|mượn tiền qua facebook",
        plain="lua dao|otp|scam",
        hint="chuyển khoản|chuyển tiền|stk|số tài khoản|ngân hàng|lừa|zalo|facebook",
        english="scam|scammed|scammer|fraud|online fraud|phishing|otp|fake bank|"
        "transferred money|sent money to a stranger|fake prize",
    ),
    Entry(
        "ROBBERY", P1, "113",
        say="cướp|bị cướp|cướp giật|cướp xe|cướp tiền|cướp của|cướp vàng|cướp tiệm vàng|"
        "cướp ngân hàng|giật túi|giật túi xách|giật điện thoại|giật dây chuyền|giật đồ|"
        "bị giật|giật ví|giật mất|trấn lột|bị trấn lột|trấn tiền|xin đểu|kẻ cướp|"
        "dí dao cướp|khống chế cướp|giật xong bỏ chạy|giật lắc|giật vàng",
        plain="cuop|tran lot",
        hint="giật",
        english="robbery|robbed|robber|mugged|snatched|snatching|bag snatched|hold up",
    ),
    Entry(
        "LOAN_SHARK", P2, "113",
        say="tín dụng đen|cho vay nặng lãi|vay nặng lãi|lãi nặng|lãi cao|lãi cắt cổ|"
        "lãi ngày|bốc bát họ|bát họ|bốc họ|vay nóng|vay app|vay qua app|app vay|app vay tiền|"
        "vay tiền qua app|đòi nợ|đòi nợ thuê|đến đòi nợ|xiết nợ|siết nợ|bắt nợ|"
        "ép trả nợ|khủng bố đòi nợ|đòi tiền vay|vay nặng|vay lãi|dán tờ rơi cho vay|"
        "tờ rơi cho vay|quảng cáo cho vay|hỗ trợ tài chính|cho vay không thế chấp|"
        "xã hội đen đòi nợ|"
        "giữ người đòi nợ|bị giữ vì nợ|cầm đồ nặng lãi|vay tiền góp|trả góp ngày|vay nợ",
        plain="tin dung den|tdd",
        hint="nợ|vay|lãi|nợ tiền|trả nợ",
        english="loan shark|loan sharks|black credit|debt collector|debt collectors|"
        "usury|loan app|high interest loan|collect a debt",
        raised=((P1, "bị giữ|bị bắt giữ|giữ người|nhốt|bị nhốt|đang đánh|cầm dao|dọa giết|"
                 "đòi giết|dọa chém|đang phá cửa|bị thương|chảy máu|held|kill|knife"),),
    ),
    Entry(
        "PROPERTY_DAMAGE", P2, "113",
        say="tạt sơn|ném sơn|đổ sơn|hắt sơn|bị tạt sơn|tạt mắm tôm|ném mắm tôm|hắt mắm tôm|"
        "ném chất bẩn|tạt chất bẩn|chất bẩn|ném bom xăng|bom xăng|ném gạch|ném đá vào nhà|"
        "ném đá|ném đá vào xe|đập kính|đập vỡ kính|vỡ kính xe|đập xe|phá xe|đập phá xe|"
        "cào xe|xước xe|bị cào xước|chọc lốp|chọc thủng lốp|phá hoại|phá hoại tài sản|"
        "hủy hoại tài sản|hủy hoại|chặt cây của|chặt phá cây|đập cửa kính|phá cổng|phá hàng rào|"
        "đốt xe|vẽ bậy|phun sơn|đổ keo vào khóa|đổ keo ổ khóa|bẻ gương|đầu độc cá|phá hoa màu|"
        "rạch lốp|rạch yên xe|rải đinh|bỏ thuốc độc ao cá|cắt lưới",
        hint="mắm tôm|sơn",
        english="paint attack|"
        "vandalism|vandalised|vandalized|threw paint|paint on my house|smashed|"
        "property damage|scratched my car|graffiti|damaged my",
    ),
    Entry(
        "IMPERSONATION", P2, "",
        say="giả danh|giả danh công an|giả công an|giả làm công an|tự xưng công an|"
        "xưng là công an|tự xưng là công an|mạo danh|mạo danh công an|giả cán bộ|"
        "giả danh cán bộ|tự xưng cán bộ|xưng là cán bộ|công an giả|cán bộ giả|"
        "giả bộ đội|giả danh bộ đội|giả nhân viên|giả danh nhân viên|mạo danh cán bộ|"
        "gọi điện xưng công an|xưng công an|xưng viện kiểm sát|giả viện kiểm sát|"
        "giả danh thuế|tự xưng cán bộ thuế|cập nhật vneid qua điện thoại|"
        "gọi cập nhật vneid|yêu cầu cài vneid|giả danh phường|giả giấy tờ công an|"
        "tự xưng nhân viên|tự xưng|công an gọi điện|công an gọi video|cán bộ thuế gọi|"
        "lệnh bắt qua điện thoại|gửi lệnh bắt",
        hint="vneid|lệnh bắt|viện kiểm sát",
        english="impersonation|impersonating|fake police|fake officer|pretending to be police|"
        "claimed to be police|claims to be police|says he is police",
    ),
    Entry(
        "CYBER", P3, "",
        say="mất tài khoản|"
        "bôi nhọ|nói xấu|nói xấu trên mạng|bôi xấu|vu khống|xúc phạm|xúc phạm danh dự|"
        "lộ ảnh|lộ clip|lộ ảnh nóng|ảnh nóng|clip nóng|phát tán ảnh|phát tán clip|đăng ảnh|"
        "tung ảnh|tung clip|tung tin|tin giả|tin đồn thất thiệt|chiếm tài khoản|mất facebook|"
        "mất zalo|hack facebook|bị hack|hack zalo|hack nick|mất nick|bị hack facebook|"
        "chiếm facebook|giả mạo facebook|lập nick giả|nick giả|giả mạo tài khoản|"
        "tài khoản giả|cắt ghép ảnh|ghép ảnh|tống tiền|tống tiền bằng ảnh|dọa tung ảnh|"
        "dọa tung clip|đăng bài bôi nhọ|livestream chửi|bóc phốt|chửi trên facebook|"
        "lộ thông tin|lộ thông tin cá nhân|bán thông tin cá nhân",
        plain="hack",
        hint="facebook|zalo|tiktok|trên mạng",
        english="hacking|leaks|"
        "hacked|account hacked|hacked my account|defamation|leaked photos|"
        "leaked photo|fake account|fake news|blackmail|extortion|slander",
        raised=((P2, "tống tiền|dọa tung|đòi tiền|ảnh nóng|clip nóng|tung ảnh|tung clip|"
                 "đang mượn tiền|vay tiền bạn bè|blackmail|extortion|money"),),
    ),
    Entry(
        "SEA_THEFT", P2, "113",
        say="mất trộm hàu|mất trộm cá|mất trộm lưới|lấy trộm lưới|lấy trộm ngư cụ|"
        "mất lồng cá|mất cá song|"
        "trộm trên bè|trộm cá|trộm hàu|trộm bè|trộm lồng|trộm lồng cá|trộm tôm|trộm ngao|"
        "trộm lưới|trộm ngư cụ|trộm thuyền|trộm hải sản|trộm thủy sản|trộm máy tàu|"
        "trộm bạch tuộc|trộm mực|mất cá lồng|mất hàu|mất lưới|mất ngư cụ|mất thuyền|mất lồng bè|"
        "mất ngao|mất dây hàu|cắt trộm dây hàu|cắt dây hàu|bắt trộm cá|cướp cá|"
        "cào trộm ngao|lấy trộm hàu|lấy trộm cá|mất máy thủy|mất máy nổ trên bè|"
        "trộm ở bè|vào bè lấy trộm|ăn trộm cá|trộm cua|mất tôm|trộm ao tôm",
        hint="bè|lồng bè|hàu|ngao|ngư cụ|lưới|ao tôm",
        english="stolen fish|stolen oysters|theft at sea|stole my nets|stolen nets|"
        "fish farm theft|"
        "stolen boat|stole oysters|stole fish",
    ),
    Entry(
        "LOST_FOUND", P4, "",
        say="đánh rơi|rơi ví|làm rơi|làm mất|rơi giấy tờ|mất giấy tờ|mất căn cước|mất cccd|"
        "mất chứng minh|mất bằng lái|mất ví|rơi điện thoại|nhặt được|nhặt được ví|nhặt được của|"
        "nhặt được giấy tờ|nhặt được điện thoại|nhặt dc|bỏ quên|để quên|quên đồ|rơi chìa khóa|"
        "mất chìa khóa|tìm giấy tờ|trả lại đồ|mất sổ đỏ|mất đăng ký xe|rơi mất|rơi túi|"
        "tìm đồ rơi|ai nhặt được|mất thẻ|nhặt được tiền|rơi tiền|giấy tờ rơi|đồ rơi|thất lạc",
        hint="giấy tờ|căn cước|ví",
        english="lost|found|lost my wallet|lost wallet|found a wallet|lost my id|lost and found|"
        "dropped my|lost keys|lost my phone",
    ),
)  # fmt: skip
