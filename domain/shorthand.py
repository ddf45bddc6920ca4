"""Chat shorthand and its meaning ("ko" is "không"). Only what has one meaning in a report is
here; what has two ("ck": chồng, chuyển khoản) stands in the keywords beside its neighbours.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_LINES: Final = """
không: k ko khg hok hem hông kô
gì: j
rồi: r rùi rui roài
bây giờ: bh bjo bg
mình: mk mik mh
người: ng ngừi
người ta: ngta nta
cũng: cx cg
với: vs
trước: trc trk
biết: bik bít
đang: đg đag dag đng
được: đc dc
nhiều: nhìu nhju
luôn: lun
anh em: ae
mọi người: mn mng
điện thoại: đt dt đth dth đthoại dthoai phone
số điện thoại: sđt sdt
số tài khoản: stk
tài khoản: tk acc
facebook: fb face phây
zalo: zl
nước: nc
thằng: thg thag
đánh: uýnh uynh oánh đáh
quá: wa wá qá
vợ: vk
bạo lực gia đình: blgđ blgd
tai nạn giao thông: tngt
an toàn thực phẩm: attp
vệ sinh môi trường: vsmt
tín dụng đen: tdd tđđ
công an xã: cax
khu phố: kp
tổ dân phố: tdp
giao thông: gt
xe máy: xm
thanh niên: tn
gas: gaz
"""

SHORTHAND: Final[Mapping[str, str]] = MappingProxyType(
    {
        short: meaning
        for meaning, shorts in (line.split(":") for line in _LINES.strip().splitlines())
        for short in shorts.split()
    }
)


def expand(key: str) -> list[str]:
    """The words of an `accented` key, shorthand written out and held letters let go.

    A letter is let go where it was held down at the end of a word ("cháyyyy").
    """
    said: list[str] = []
    for word in key.split():
        if word in SHORTHAND:
            said += SHORTHAND[word].split()
        elif word[-3:] == word[-1] * 3 and not word.isdecimal():
            said.append(word.rstrip(word[-1]) + word[-1])
        else:
            said.append(word)
    return said
