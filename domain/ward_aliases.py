"""Old and colloquial names of places and the units they belong to now; edit freely.

Keys and names are folded short names (no accents, no type). `True` means that the whole old
unit went there; `False` that it was divided, or that the merger was not checked against
Resolution 1679/NQ-UBTVQH15: then the resident is asked.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_WHOLE: Final = {
    "quang la": "bang ca|dan chu|tan dan",
    "thong nhat": "vu oai|hoa binh",
    "tien yen": "phong du|tien lang",
    "dien xa": "ha lau",
    "dong ngu": "dong hai",
    "ha an": "hoang tan",
    "hong gai": "hon gai|bach dang|tran hung dao|yet kieu",
}
_ASK: Final = {
    "thong nhat": "dong lam",
    "tien yen": "vo ngai",
    "an sinh": "viet dan|binh duong|tan viet",
    "dong trieu": "thuy an|nguyen hue|hung dao|hong phong",
    "binh khe": "trang an|trang luong",
    "mao khe": "xuan son|kim son|yen tho",
    "hoang que": "yen duc|hong thai tay|hong thai dong",
    "ha long": "hong ha|hong hai|cot 5|cot 8",
    "ha lam": "cao thang|ha trung",
    "cao xanh": "ha khanh",
    "ha tu": "ha phong",
    "bai chay": "hung thang",
    "viet hung": "gieng day|ha khau",
    "tuan chau": "dai yen",
}
_DIVIDED: Final = {
    "yen than": "tien yen|dien xa",
    "dai duc": "tien yen|dong ngu",
    "duc chinh": "an sinh|dong trieu",
    "mong cai": "mong cai 1|mong cai 2|mong cai 3",
}


def _each(merged: Mapping[str, str], whole: bool) -> dict[str, tuple[str, bool]]:
    return {old: (new, whole) for new, olds in merged.items() for old in olds.split("|")}


ALIASES: Final[Mapping[str, tuple[str, bool]]] = MappingProxyType(
    _each(_WHOLE, True)
    | _each(_ASK, False)
    | {old: (news, False) for old, news in _DIVIDED.items()}
)

# The abolished cities, towns and districts ("TP Hạ Long", "huyện Hải Hà").
FORMER_AREAS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dong trieu": "an sinh|dong trieu|binh khe|mao khe|hoang que",
        "uong bi": "yen tu|vang danh|uong bi",
        "quang yen": "dong mai|hiep hoa|quang yen|ha an|phong coc|lien hoa",
        "ha long": "tuan chau|viet hung|bai chay|ha tu|ha lam|cao xanh|hong gai|ha long|"
        "hoanh bo|quang la|thong nhat",
        "hoanh bo": "hoanh bo|quang la|thong nhat",
        "cam pha": "mong duong|quang hanh|cam pha|cua ong|hai hoa",
        "tien yen": "tien yen|dien xa|dong ngu|hai lang",
        "ba che": "luong minh|ky thuong|ba che",
        "dam ha": "quang tan|dam ha",
        "hai ha": "quang ha|duong hoa|quang duc|cai chien",
        "binh lieu": "hoanh mo|luc hon|binh lieu",
        "mong cai": "hai son|hai ninh|vinh thuc|mong cai 1|mong cai 2|mong cai 3",
        "van don": "van don",
        "co to": "co to",
    }
)
