"""What residents might write, invented for these tests, with the kind that is meant.

Elders without accents or punctuation, young people in shorthand, a keyboard left in Telex
or VNI, misspellings, a little English. No real person, place number or event.
"""

SAID = """
FIRE: cháy nhà ở ngõ 5 khu 2 rồi các anh ơi
FIRE: chay nha roi cac chu oi cuu voi
FIRE: BAO CHAY O CHO HA LONG
FIRE: nhà đối diện bốc khói đen mù mịt
FIRE: có mùi ga nồng nặc ở chung cư tầng 3
FIRE: ro ga o quan com binh dan
FIRE: chays nhaf khu 3
FIRE: there is a fire in the building next to mine
FIRE: chập điện cháy ở ki ốt số 12
FIRE: dam chay lon o bai rac sau cho
RESCUE: có đứa bé đuối nước ở hồ
RESCUE: co nguoi duoi nuoc o bai tam
RESCUE: mẹ em bị kẹt trong thang máy toà B
RESCUE: sập giàn giáo có công nhân bị vùi lấp
RESCUE: có người rơi xuống giếng ở tổ 4
RESCUE: two kids are trapped in the lift
MEDICAL: bố tôi bất tỉnh không thở được
MEDICAL: ong nha toi kho tho qua goi cap cuu giup
MEDICAL: bà cụ ngã cầu thang gãy chân cần xe cứu thương
MEDICAL: ck e bị đột quỵ méo miệng
MEDICAL: co nguoi bi co giat ngoai cong cho
MEDICAL: my father is unconscious please send an ambulance
MEDICAL: cháu bị điện giật ngất xỉu
TRAFFIC_CRASH: tai nạn giao thông ở ngã tư, hai xe máy đâm nhau
TRAFFIC_CRASH: co tai nan xe tai dam xe may nguoi bi thuong nam giua duong
TRAFFIC_CRASH: tngt chỗ cầu bãi cháy
TRAFFIC_CRASH: oto tong xe may o dau ngo 7
TRAFFIC_CRASH: xe container lật ngang đường ở dốc
TRAFFIC_CRASH: motorbike accident near the market
MISSING: cháu tôi đi lạc từ sáng chưa về
MISSING: ba cu nha toi bi lan di lac tu chieu
MISSING: con gái em 14 tuổi bỏ nhà đi 2 hôm không liên lạc được
MISSING: co nguoi mat tich o khu 5
MISSING: my son is missing since this morning
HAZARD: đèn đường ngõ 3 hỏng cả tuần nay tối om
HAZARD: day dien dut roi xuong duong
HAZARD: cay do chan ngang duong ngo 12
HAZARD: hố ga mất nắp trước cổng trường nguy hiểm quá
HAZARD: cột điện nghiêng sắp đổ
HAZARD: the street light in our alley is broken
DISASTER: nước dâng vào nhà ngập đến đầu gối rồi
DISASTER: sat lo dat o chan doi khu 6
DISASTER: bão tốc mái nhà bà Năm
DISASTER: ngap nha het roi can so tan
DISASTER: lũ quét cô lập cả thôn
SEA_SOS: tàu cá chết máy trôi ngoài vịnh
SEA_SOS: be nuoi ca bi dut neo troi ra bien
SEA_SOS: thuyền lật có 3 người rơi xuống biển
SEA_SOS: chim tau o cua luc
SEA_SOS: our boat is sinking near the island
SUICIDE_RISK: bạn em nhắn là không muốn sống nữa
SUICIDE_RISK: co nguoi dinh nhay cau bai chay
SUICIDE_RISK: em muốn chết quá
SUICIDE_RISK: anh hàng xóm uống thuốc sâu tự tử
WEAPON: đào móng nhà thấy quả bom cũ
WEAPON: thay co thang giau khau sung trong nha
WEAPON: nhặt được quả lựu đạn ở bãi cát
WEAPON: nhà đấy tàng trữ vũ khí mã tấu nhiều lắm
ASSAULT: đánh nhau ở quán bia đầu ngõ
ASSAULT: co danh nhau to o cho co ca dao
ASSAULT: em bị 3 thằng đánh hội đồng ở cổng trường
ASSAULT: ddanhs nhau truoc cua nha em
ASSAULT: d9a1nh nhau o quan nhau
ASSAULT: chém nhau máu me be bét các anh xuống ngay
ASSAULT: con toi bi ban danh o truong
ASSAULT: two men fighting with knife outside
DV: chồng em đánh em suốt, giờ vẫn đang đánh
DV: ck danh e bam tim het ng
DV: hang xom danh vo keu khoc tham thiet
DV: bố đánh mẹ cháu chảy máu
DV: bạo lực gia đình nhà số 8
DV: my husband beats me every night
DV: thằng con nghiện đánh bố mẹ già đòi tiền
THREAT: nó nhắn tin dọa giết cả nhà tôi
THREAT: co nguoi de doa toi qua dien thoai
THREAT: người yêu cũ bám theo em mấy hôm nay
THREAT: bị khủng bố tinh thần gọi điện chửi suốt ngày
THREAT: he is threatening to kill me
DISORDER: đám thanh niên tụ tập gây rối mang theo phóng lợn
DISORDER: nhom thanh nien mang hung khi di xe may
DISORDER: ông say rượu quậy phá chửi bới cả xóm
DISORDER: bang nhom tu tap o cong vien gay mat trat tu
DISORDER: con đồ kéo đến nhà đập phá
CHILD_ABUSE: mẹ kế đánh cháu bé suốt ngày
CHILD_ABUSE: bao hanh tre em o nhom tre tu thuc
CHILD_ABUSE: có ông già dụ dỗ bé gái trong xóm
CHILD_ABUSE: thấy trẻ sơ sinh bị bỏ rơi ở cổng chùa
CHILD_ABUSE: they are beating a child next door
SEXUAL: em bị sàm sỡ trên xe buýt
SEXUAL: co thang bien thai quay len nha tam
SEXUAL: bạn em bị hiếp dâm
SEXUAL: sếp quấy rối tình dục em
TRAFFICKING: em gái tôi bị lừa sang Campuchia đòi tiền chuộc
TRAFFICKING: viec nhe luong cao lua sang campuchia
TRAFFICKING: nghi có đường dây mua bán người qua biên giới
TRAFFICKING: con em bị bán sang trung quốc
THEFT: mất trộm xe máy đêm qua
THEFT: nha toi bi mat trom toi qua mat het tien vang
THEFT: co trom vao nha hang xom
THEFT: trộm chó bắt mất con chó nhà em
THEFT: bị móc túi ở chợ mất cái điện thoại
THEFT: e bi mat xe dap dien de o san
THEFT: trooms xe may
THEFT: my motorbike was stolen last night
THEFT: kẻ trộm đang cậy cửa nhà bên
THEFT: nhayr trooms vaof nhaf
SCAM: em bị lừa chuyển khoản 20 triệu qua zalo
SCAM: mẹ em ấn vào link lạ mất hết tiền trong tài khoản
SCAM: bi lua dao mua hang online da ck 5tr
SCAM: co nguoi goi dien bao trung thuong doi dong phi
SCAM: làm nhiệm vụ online nạp tiền không rút được
SCAM: I was scammed online and sent money
SCAM: nó xin mã otp của tôi
ROBBERY: bị giật túi xách ở đường Trần Phú
ROBBERY: cuop giat dien thoai chay ve huong cau
ROBBERY: cướp tiệm vàng
ROBBERY: mấy thằng trấn lột tiền học sinh
ROBBERY: cuwowps giaatj ddieenj thoaij
ROBBERY: someone snatched my bag
LOAN_SHARK: bọn đòi nợ thuê đến nhà ngồi lì
LOAN_SHARK: vay app lai cao bi khung bo doi no
LOAN_SHARK: cho vay nặng lãi bốc bát họ trong khu
LOAN_SHARK: tin dung den dan to roi khap noi
LOAN_SHARK: loan sharks keep coming to my house
PROPERTY_DAMAGE: nhà tôi bị tạt sơn đỏ đêm qua
PROPERTY_DAMAGE: bi nem mam tom vao cua
PROPERTY_DAMAGE: thằng nào đập vỡ kính xe ô tô của em
PROPERTY_DAMAGE: xe bị cào xước hết thân xe
PROPERTY_DAMAGE: chat pha cay cua nha toi
IMPERSONATION: có người tự xưng công an gọi bắt cài app
IMPERSONATION: gia danh cong an goi dien doa bat
IMPERSONATION: một ông giả danh cán bộ phường đi thu tiền
IMPERSONATION: someone pretending to be police called me
CYBER: bị bôi nhọ trên facebook
CYBER: nick fb cua e bi hack roi
CYBER: người yêu cũ dọa tung ảnh nóng
CYBER: no dang anh noi xau toi tren mang
CYBER: my account was hacked
SEA_THEFT: đêm qua bị trộm cá lồng bè
SEA_THEFT: mat trom hau o be nha toi
SEA_THEFT: trộm ngư cụ trên bè số 7
SEA_THEFT: no lay trom luoi voi thuyen
LOST_FOUND: em nhặt được cái ví có giấy tờ
LOST_FOUND: toi danh roi can cuoc o cho
LOST_FOUND: rơi chìa khoá xe ở sân nhà văn hoá
LOST_FOUND: I found a wallet near the school
DRUG: có tụ điểm chơi ma túy ở nhà trọ
DRUG: thay nhieu kim tiem o bai dat trong
DRUG: thằng đó ngáo đá cầm dao chạy ngoài đường
DRUG: bon no dap da bay lac trong phong
DRUG: nghi bán hàng trắng ở quán net
DRUG: people are selling drugs in the alley
GAMBLING: xóc đĩa đánh bạc trong nhà ông T
GAMBLING: danh bai an tien suot ngay dem
GAMBLING: ghi lô đề ở quán nước
GAMBLING: co to chuc da ga ca do moi chu nhat
GAMBLING: cá độ bóng đá
GAMBLING: illegal gambling house here
STRANGER: có người lạ lảng vảng trước cửa nhà
STRANGER: xe la do truoc ngo may hom nay nguoi ngoi trong nhin ngo
STRANGER: mấy người khả nghi đi gõ cửa từng nhà
STRANGER: a suspicious man hanging around the school
FIREWORK: đốt pháo nổ ầm ầm
FIREWORK: ban phao lau tren mang
FIREWORK: nhà bên chế pháo
SOCIAL_EVIL: quán massage trá hình mại dâm
SOCIAL_EVIL: co nhom truyen dao hoi thanh duc chua troi
SOCIAL_EVIL: bói toán mê tín dị đoan
BORDER: có người đưa khách vượt biên
BORDER: buon lau thuoc la qua song ban dem
BORDER: xuất cảnh trái phép qua lối mở
FOREIGNER: nhà bên có mấy người Trung Quốc ở không khai báo
FOREIGNER: nguoi nuoc ngoai thue nha khong dang ky
SEA_ILLEGAL: tàu kích điện đánh cá ven bờ
SEA_ILLEGAL: danh min bat ca
SEA_ILLEGAL: thả lồng bát quái tận diệt
SEA_ILLEGAL: illegal fishing with electricity
MINING: khai thác than trái phép ban đêm
MINING: tau hut cat trom o cua song
MINING: xe chở than lậu chạy rầm rầm
NOISE: hàng xóm hát karaoke quá to lúc nửa đêm
NOISE: loa keo on ao ca dem khong ngu duoc
NOISE: quán nhậu mở nhạc ầm ĩ
NOISE: on qua k ngu dc
NOISE: loud music every night
NOISE: loa kẹo kéo hát inh ỏi
DISPUTE: tranh chấp ranh giới đất với nhà bên
DISPUTE: hang xom cai nhau vi cai cong
DISPUTE: nhờ tổ hoà giải giúp hai anh em chia đất
DISPUTE: vo chong em cai nhau muon ly hon
DISPUTE: land dispute with my neighbour
TRAFFIC: xe ô tô đỗ chắn cửa nhà tôi
TRAFFIC: thanh nien dua xe boc dau moi toi
TRAFFIC: đỗ xe lòng đường gây ùn tắc
TRAFFIC: hoc sinh di xe may kep 3 khong mu
TRAFFIC: a car is blocking my gate
ENV: rác chất đống không ai dọn bốc mùi hôi thối
ENV: do rac bua bai o bo ho
ENV: nhà máy xả nước thải ra mương
ENV: dot rac khoi mu mit ca xom
ENV: cống tắc nước bẩn tràn lên
ENV: people dumping garbage at the beach
ANIMAL: chó thả rông không rọ mõm
ANIMAL: cháu bị chó cắn vào chân
ANIMAL: trau bo tha rong pha vuon
ANIMAL: con rắn to bò vào nhà
ANIMAL: stray dogs everywhere
URBAN: lấn chiếm vỉa hè bán hàng
URBAN: nha ben xay dung trai phep
URBAN: xây lấn ra đất công
MARKET: bán hàng giả ở chợ
MARKET: chat chem khach du lich
MARKET: cân thiếu
FOOD: cả nhà ăn bánh mì bị ngộ độc thực phẩm
FOOD: quan ban thit thoi
FOOD: thực phẩm hết hạn vẫn bán
FOOD: food poisoning after eating at a restaurant
RESIDENCE: tôi muốn đăng ký tạm trú
RESIDENCE: khai bao luu tru cho khach
RESIDENCE: nhà trọ không khai báo tạm trú
RESIDENCE: how to register temporary residence
IDEA: tôi có góp ý về sân nhà văn hoá
IDEA: de xuat lap camera o dau ngo
IDEA: mong phường lắp thêm đèn
OFFICIAL: tố cáo cán bộ vòi tiền
OFFICIAL: can bo phuong hach dich
OFFICIAL: thái độ phục vụ của cán bộ một cửa kém
EX_OFFENDER: con tôi mới ra tù muốn tìm việc
EX_OFFENDER: xin cho con di cai nghien tu nguyen
EX_OFFENDER: cần giúp đỡ người mãn hạn tù tái hoà nhập
THEFT: mất trộmm xe máyy
DRUG: ma tuýy
GAMBLING: danh bacj
NOISE: karaokee to quá
SCAM: lưa đảo qua mang
FIRE: nỗ bình gas nhà hàng
ASSAULT: đanh nhau trước cổng trường
FIRE: alo cứu hoả ơi quán phở đầu đường cháy to lắm
FIRE: nhà dân bên cạnh lửa đang bùng lên
FIRE: binh ga nha em bi xi mui nong lam
RESCUE: bé gái thò đầu kẹt vào lan can không rút ra được
RESCUE: may dua tre tam song chua thay len chac duoi nuoc
MEDICAL: cụ ông nằm gục ở ghế đá gọi không tỉnh
MEDICAL: vo toi dau de roi goi giup xe cap cuu
MEDICAL: chau nho sot cao co giat
TRAFFIC_CRASH: vừa có vụ đâm xe chỗ vòng xuyến, máu chảy nhiều
TRAFFIC_CRASH: xe ba gac quet phai hoc sinh roi bo chay
MISSING: nhờ tìm giúp ông nội em bị lẫn đi khỏi nhà từ 5h sáng
MISSING: tre 5 tuoi bi lac o cho dem
HAZARD: đường hỏng nhiều ổ gà quá
HAZARD: bong den ngo toi bi chay 2 tuan chua thay
HAZARD: canh cay gay vuong vao day dien
DISASTER: nuoc lut len nhanh lam khong ra khoi nha duoc
DISASTER: taluy sau nhà sạt xuống sát bếp
SEA_SOS: cap cuu tau hong may song to gan dao co to
SUICIDE_RISK: con gái em nhốt mình trong phòng đòi chết
ASSAULT: bọn nó đang cầm gậy đuổi đánh nhau ngoài đường
ASSAULT: em bị ông hàng xóm đấm vào mặt
ASSAULT: co nguoi bi dam o karaoke
DV: đêm nào chồng cũng say rượu rồi chửi bới đánh đập vợ con
DV: cô hàng xóm bị chồng bạo hành
THREAT: có số lạ gọi dọa chặt tay chân em
THREAT: thằng kia đến tận nhà đe doạ
DISORDER: lũ trẻ trâu tụ tập hò hét ngoài công viên
DISORDER: may ong say xin chui boi ngoai duong
CHILD_ABUSE: nghe thấy tiếng bố dượng đánh đứa bé khóc
SEXUAL: co ong gia hay so mo con gai trong xom
TRAFFICKING: người quen rủ sang campuchia làm việc lương cao giờ bị giữ
THEFT: sang nay ra thi mat cai xe wave
THEFT: kẻ gian đột nhập lấy két sắt
THEFT: may cai chau lan bi an trom
THEFT: ban ngày ban mặt nó bẻ khoá xe sh
SCAM: bạn em bị hack zalo nhắn mượn tiền em chuyển mất 10tr
SCAM: dau tu san tien ao bi mat 200 trieu
SCAM: e dat coc thue phong bi lua
ROBBERY: 2 thang di xe exciter giat day chuyen cua toi
LOAN_SHARK: tôi vay nóng 10 triệu giờ nó bắt trả 50 triệu
LOAN_SHARK: bon xa hoi den toi siet no nha e
PROPERTY_DAMAGE: đêm qua ai chọc thủng 4 lốp xe
IMPERSONATION: co nguoi xung la cong an phuong keu nop phat qua dien thoai
CYBER: mất tài khoản facebook
CYBER: bi vu khong tren tiktok
SEA_THEFT: bè nhà em bị mất mấy lồng cá song
LOST_FOUND: mất ví có cccd ai nhặt được cho xin lại
DRUG: mấy đứa nghiện hay chích ở nhà hoang
DRUG: nghe noi nha do ban da
GAMBLING: chieu nao cung danh phom an tien o via he
GAMBLING: sới bạc di động trên đồi
STRANGER: có thằng lạ mặt cứ nhìn ngó vào nhà
FIREWORK: tụi nhỏ mua pháo về đốt
SOCIAL_EVIL: nha nghi do chua gai mai dam
BORDER: thay doan nguoi la di qua loi mon sang trung quoc ban dem
NOISE: cong trinh thi cong den 11h dem on khong chiu duoc
NOISE: nhà đối diện mở loa cả ngày
DISPUTE: nhà bên xây tường lấn sang đất nhà tôi
DISPUTE: hang xom chui nhau suot ngay
TRAFFIC: xe tải đậu kín ngõ không đi được
ENV: bo rac thai xay dung truoc cua nha toi
ENV: khói bụi nhà máy xi măng
ANIMAL: đàn chó hoang đuổi trẻ con
URBAN: quan ca phe ke ban ghe kin via he
MARKET: mua phải hàng nhái
FOOD: cả lớp ăn xong bị nôn hết
RESIDENCE: khách nước ngoài ngủ lại thì khai báo thế nào
RESIDENCE: nha toi co chau o que ra o vai thang phai lam gi tam tru
IDEA: cảm ơn các anh công an phường nhiệt tình
OFFICIAL: ông trưởng khu thu tiền sai quy định
FIRE: kho hàng gần bến xe đang bốc cháy dữ dội
FIRE: xe oto dau trong gara tu nhien boc khoi
RESCUE: sap nha dan 2 nguoi mac ket ben trong
MEDICAL: hàng xóm bị đau tim ngã lăn ra nhà
MEDICAL: be 2 tuoi hoc keo tim tai roi
TRAFFIC_CRASH: vừa xảy ra vụ va chạm giữa xe khách và xe máy
TRAFFIC_CRASH: co nguoi nga xe may dap dau xuong duong
MISSING: mẹ già 80 tuổi đi chợ từ sáng tới giờ chưa thấy về
HAZARD: dây cáp sà xuống sát đầu người đi đường
HAZARD: nap cong bi vo xe di qua de sup
DISASTER: mưa to quá ngập hết đường vào xóm
SEA_SOS: thuyen em bi thung nuoc vao nhieu lam cuu em
SUICIDE_RISK: thằng bạn em rạch tay livestream
ASSAULT: tụi nó đập nhau trước quán net đông lắm
ASSAULT: anh em bi chem o quan karaoke
DV: bác ơi ngày nào anh ấy cũng đánh vợ
DV: con rể đánh con gái tôi thâm tím mặt mày
THREAT: bi nguoi ta doa dot nha
DISORDER: hai nhóm thanh niên cầm gậy gộc kéo đến trước quán
CHILD_ABUSE: cô giáo mầm non đánh trẻ
SEXUAL: cháu bị ông hàng xóm sờ soạng
TRAFFICKING: chau toi bi lua sang myanmar doi 200tr tien chuoc
THEFT: kẻ trộm trèo tường vào lấy mất 2 cái điện thoại
THEFT: mat cap dien thoai o cho
THEFT: con cho nha toi bi bat trom dem qua
SCAM: số lạ gọi bảo con tôi cấp cứu bắt chuyển khoản
SCAM: mua hang tren facebook chuyen tien roi bi chan
ROBBERY: toi bi cuop mat tui xach
LOAN_SHARK: chúng nó đến đòi nợ chửi bới cả nhà
PROPERTY_DAMAGE: co nguoi nem da vo kinh nha toi
IMPERSONATION: có kẻ mạo danh công an yêu cầu cập nhật VNeID
CYBER: có người lập facebook giả mạo tôi
SEA_THEFT: bị cắt trộm dây hàu ngoài bãi
LOST_FOUND: tôi để quên túi ở bến xe
DRUG: nghi có nhóm dùng ma tuý ở tầng 4 nhà nghỉ
GAMBLING: may ba trong xom suot ngay danh bai to tom
GAMBLING: có người ghi số đề ở đầu chợ
STRANGER: xe ô tô lạ đỗ 3 hôm không thấy chủ
FIREWORK: đêm giao thừa có nhà đốt pháo
SOCIAL_EVIL: tiem cat toc thu gian co gai ban dam
BORDER: xe tải chở hàng lậu từ biên giới về
FOREIGNER: may nguoi han quoc thue nha chua khai bao
SEA_ILLEGAL: có thuyền dùng xung điện bắt cá gần bờ
MINING: dao than trai phep tren doi
NOISE: chó nhà hàng xóm sủa cả đêm
NOISE: dam cuoi mo loa den 12h dem
DISPUTE: hang xom tranh chap loi di chung
TRAFFIC: oto do truoc cong khong ra duoc
TRAFFIC: đám choai choai nẹt pô lạng lách
ENV: nước cống đen ngòm chảy ra đường
ENV: nha ben nuoi lon mui hoi khong chiu noi
ANIMAL: chó nhà ông B cắn người
URBAN: nhà kia xây nhà lấn ra ngõ
MARKET: cho nay ban do can dieu
FOOD: ăn cỗ cưới về hơn chục người đau bụng tiêu chảy
RESIDENCE: em mới thuê trọ cần khai báo gì không
RESIDENCE: thu tuc tam tru cho cong nhan
IDEA: tôi muốn góp ý với phường
OFFICIAL: cán bộ địa chính nhận hối lộ
EX_OFFENDER: em vua di cai ve muon hoc nghe
"""


def messages() -> list[tuple[str, str]]:
    """(message, expected code) of every line above."""
    pairs = (line.split(": ", 1) for line in SAID.strip().splitlines())
    return [(text, code) for code, text in pairs]
