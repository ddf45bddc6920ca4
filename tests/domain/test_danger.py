"""Words of danger must be heard in any state of any talk, and harmless ones let pass."""

import unicodedata

import pytest

from domain.danger import Danger, danger_in


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("cháy nhà ở khu 5", "FIRE"),
        ("Nhà bên đang cháy!!!", "FIRE"),
        ("rò ga nặng mùi lắm", "FIRE"),
        ("chay nha roi cuu voi", "FIRE"),
        ("chays nhaf khu 3", "FIRE"),
        ("cha1y nha2", "FIRE"),
        ("no binh ga o cho", "FIRE"),
        ("có đánh nhau ở chợ", "ASSAULT"),
        ("co danh nhau o cho", "ASSAULT"),
        ("ddanhs nhau", "ASSAULT"),
        ("nó cầm dao", "ASSAULT"),
        ("chồng đánh em", "DV"),
        ("co cuop", "ROBBERY"),
        ("giật túi xách", "ROBBERY"),
        ("có cháu bé đuối nước", "RESCUE"),
        ("chìm tàu ngoài vịnh", "SEA_SOS"),
        ("be nha toi bi troi be roi", "SEA_SOS"),
        ("bố tôi bất tỉnh", "MEDICAL"),
        ("ong toi kho tho", "MEDICAL"),
        ("có người bị ngất xỉu", "MEDICAL"),
        ("me em ngat xiu roi", "MEDICAL"),
        ("bà cụ ngất rồi", "MEDICAL"),
        ("bạn em đòi tự tử", "SUICIDE_RISK"),
        ("bà cụ đi lạc", "MISSING"),
        ("sạt lở đồi sau nhà", "DISASTER"),
        ("dây điện đứt giữa đường", "HAZARD"),
        ("thấy quả lựu đạn", "WEAPON"),
        ("the house on fire", "FIRE"),
    ],
)
def test_danger_is_heard(words: str, code: str) -> None:
    assert danger_in(words) == Danger(code, certain=True)
    assert danger_in(unicodedata.normalize("NFD", words)) == Danger(code, certain=True)
    assert danger_in(words.upper()) == Danger(code, certain=True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("dang chay xe", "FIRE"),
        ("dang chay", "FIRE"),
        ("chay roi", "FIRE"),
        ("chay xe o khu 2", "FIRE"),
        ("chay", "FIRE"),
        ("bi danh", "ASSAULT"),
        ("cuu voi", "RESCUE"),
        ("cứu với", "RESCUE"),
        ("cháy!", "FIRE"),
        ("CHÁYYYYY", "FIRE"),
        ("bom", "WEAPON"),
        ("dangj chayj", "FIRE"),
    ],
)
def test_what_may_be_harmless_is_asked_back(words: str, code: str) -> None:
    assert danger_in(words) == Danger(code, certain=False)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "tôi đang chạy xe về nhà",
        "com chay",
        "quán cơm chay đầu ngõ",
        "no tien",
        "chảy nước suốt ngày",
        "lớp tập huấn phòng cháy chữa cháy",
        "chồng đánh bạc suốt ngày",
        "bị đánh cắp cái xe",
        "nóng muốn chết",
        "bí danh của nó",
        "may bom nuoc hong",
        "nghiên cứu giúp tôi",
        "đăng ký tạm trú ở đâu",
        "hát karaoke to quá",
        "chó đánh nhau ngoài sân",
        "22h30 khu 2",
    ],
)
def test_harmless_words_pass(words: str) -> None:
    assert danger_in(words) is None


def test_a_certain_danger_wins_over_an_unsure_one() -> None:
    assert danger_in("cứu với, cháy nhà rồi") == Danger("FIRE", certain=True)
