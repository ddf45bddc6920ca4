"""Everyday messages that were invented without a look at the keywords, with the kind that is
meant ("-": none, and none may be guessed). No real person, place number or event.
"""

EVERYDAY = """
THEFT: mất gà
THEFT: mat ga
THEFT: nhà em mất con chó từ hôm qua chắc bị bắt
THEFT: sang day khong thay xe dau nua
THEFT: mất mấy chậu lan trước hiên
THEFT: bi mat vi o tren xe bus
THEFT: ai lay mat doi giay de ngoai cua
THEFT: thang nao cat mat cap dien nha toi
NOISE: nhà bên cạnh khoan tường cả trưa
NOISE: hat ho am i 11h dem khong ngu duoc
NOISE: quan bia mo nhac dinh tai
NOISE: tiếng máy cưa gỗ ồn suốt ngày
ENV: có mùi khét do đốt nhựa sau nhà
ENV: họ vứt xác lợn chết xuống mương
ENV: nuoc thai chay tran ra duong hoi tham
ENV: bãi rác tự phát ở đầu ngõ
ENV: song co vang dau
HAZARD: đèn ngõ nhà em tắt mấy hôm nay
HAZARD: nap cong bi mat nguy hiem qua
HAZARD: cay sap do vao nha
HAZARD: dây điện võng thấp chạm đầu người
HAZARD: duong co o ga to lam xe nga hoai
TRAFFIC: xe tai do chan loi di
TRAFFIC: tụi trẻ bốc đầu xe máy ngoài đường lớn
TRAFFIC: tắc đường chỗ cổng trường giờ tan học
TRAFFIC_CRASH: hai xe máy đâm nhau ở ngã tư
TRAFFIC_CRASH: co nguoi nga xe nam giua duong
ANIMAL: cho nha hang xom khong xich chay ra duong
ANIMAL: đàn bò phá nát vườn rau nhà tôi
ANIMAL: con em bi cho duoi can vao chan
DISPUTE: nhà bên trồng cây lấn sang đất nhà tôi
DISPUTE: hang xom cho nuoc mua chay sang nha toi
DISPUTE: anh em trong nhà cãi nhau vì chia đất bố mẹ
SCAM: co nguoi goi bao trung thuong bat dong phi
SCAM: em bi lua mat 5 trieu tren mang
SCAM: số lạ gọi bảo thẻ ngân hàng tôi bị khóa
CYBER: zalo cua toi bi hack
CYBER: nguoi yeu cu dang anh nong cua em len mang
STRANGER: co 2 nguoi la di vong quanh xom tu sang
STRANGER: có ông lạ mặt cho kẹo trẻ con trước cổng trường
DRUG: mấy thanh niên hút cần sau nhà văn hóa
DRUG: co kim tiem vut o cong vien
GAMBLING: quán nước đầu ngõ tối nào cũng đánh bài ăn tiền
GAMBLING: bac toi nghien lo de ban het dat
DV: chong toi danh toi
DV: em bi chong tat sung mat
DV: nghe tieng vo chong nha ben danh nhau khoc loc
CHILD_ABUSE: thằng bé hàng xóm bị bố lấy roi quất suốt
MISSING: mẹ tôi lẫn đi từ sáng chưa về
MISSING: con gai toi 15 tuoi bo nha di 2 hom
MEDICAL: ông nội ngã cầu thang không dậy được
MEDICAL: co nguoi xiu ngoai cho
FIRE: bep gas nha em boc lua
FIRE: khói mù mịt từ nhà số 10
RESCUE: thằng cu rơi xuống giếng
RESCUE: ket thang may tang 5
ASSAULT: may thang say ruou danh nhau truoc quan nhau
ASSAULT: con trai tôi bị bạn cùng lớp đánh hội đồng
THREAT: no nhan tin bao se giet ca nha toi
THREAT: nguoi yeu cu cu bam theo em
LOAN_SHARK: tui cho vay nang lai den nha quay roi
DISORDER: đám say rượu la hét đập chai lọ ngoài đường
PROPERTY_DAMAGE: xe em bị ai đó rạch lốp
URBAN: quan an bay ban ghe het via he
URBAN: nhà kia xây không phép lên 5 tầng
FOOD: ca nha an banh mi xong non mua
RESIDENCE: nha toi co khach ngu lai thi bao the nao
RESIDENCE: đăng ký tạm trú cho sinh viên
LOST_FOUND: tôi nhặt được cái ví có căn cước
LOST_FOUND: em đánh rơi bằng lái xe
FIREWORK: tre con dot phao no dem ngay
BORDER: nghi co xe cho hang lau luc nua dem
IDEA: đề nghị lắp thêm camera ở ngõ 3
OFFICIAL: can bo phuong gay kho de khi lam giay to
NOISE: my neighbour plays loud music every night
THEFT: someone stole my bicycle
FIRE: my house is on fire
ASSAULT: help he has a knife
HAZARD: street light is broken
TRAFFIC: cars parked on the pavement
-: vay bao gio toi
-: thoi
-: alo
-: chao ban
-: xin chao
-: em hoi chut a
-: bao gio thi cong an den
-: cam on nhe
-: ban oi
-: ai day
-: toi muon hoi
-: co ai o do khong
-: duoc roi
-: khong biet
THEFT: em bị mất cái quạt để ngoài sân
THEFT: ke trom be khoa vao lay het tien
THEFT: nha toi bi trom dot nhap hoi trua
THEFT: mat con ga trong
NOISE: on ao qua toi khong chiu noi
NOISE: quán nhậu kế bên la hét tới 2 giờ sáng
ENV: xe rac ca tuan khong toi
ENV: người ta đốt rơm khói mù cả xóm
HAZARD: cột điện sắp đổ
HAZARD: bong den duong bi chay
HAZARD: nắp hố ga trước nhà bị vỡ
TRAFFIC: xe dau truoc cua nha toi
TRAFFIC_CRASH: vừa có vụ đụng xe ngoài quốc lộ
ANIMAL: có con rắn to bò vào bếp
ANIMAL: cho nha ai can chet ga nha toi
DISPUTE: nhà hàng xóm xây tường lấn sang
DISPUTE: hai nha cai nhau vi cai ranh nuoc
SCAM: mẹ em vừa chuyển 20 triệu cho người giả công an
SCAM: bi lua dat coc phong tro
CYBER: facebook em bị mất
STRANGER: cu co xe may la chay qua chay lai xom
DRUG: xom em co may dua hay hut hit trong nha hoang
GAMBLING: nha so 8 danh bac ca dem
DV: ba xa bi chong danh bam tim
DV: chồng say rượu về đập phá đánh con
CHILD_ABUSE: cô giáo tát học sinh lớp 1
MISSING: ông tôi bị lẫn đi lạc
MEDICAL: con tôi sốt co giật
FIRE: chay roi o xuong go
FIRE: nhà hàng xóm cháy lớn lắm
RESCUE: có đứa nhỏ rớt xuống mương
ASSAULT: có đám đang chém nhau ngoài cầu
THREAT: có người dọa giết tôi
LOAN_SHARK: bi app vay tien khung bo dien thoai
URBAN: hang quan lan het loi di bo
FOOD: an bun o cho xong bi tieu chay
RESIDENCE: cho nguoi thue nha thi phai khai bao gi
LOST_FOUND: tôi rơi mất căn cước
IDEA: nên làm thêm gờ giảm tốc trước trường
OFFICIAL: cán bộ đòi tiền mới làm giấy
-: bac oi
-: toi can giup
-: cho hoi
-: may gio lam viec
-: nhanh len
-: sao lau vay
-: ok da hieu
-: mat bao lau
-: ho tro toi voi
"""


def everyday() -> list[tuple[str, str]]:
    """(message, expected code or "-") of every line above."""
    pairs = (line.split(": ", 1) for line in EVERYDAY.strip().splitlines())
    return [(text, code) for code, text in pairs]
