"""The table of kinds against the domain brief, and the catalogues against the table."""

import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from domain.kinds import GROUPS, KINDS, advice_of, group, kind, urgency_of
from domain.urgency import Urgency

CODES = """
FIRE RESCUE MEDICAL ASSAULT ROBBERY THEFT PROPERTY_DAMAGE THREAT DV CHILD_ABUSE SEXUAL MISSING
TRAFFICKING SUICIDE_RISK DRUG GAMBLING LOAN_SHARK SCAM IMPERSONATION CYBER TRAFFIC_CRASH TRAFFIC
NOISE DISORDER WEAPON FIREWORK STRANGER RESIDENCE FOREIGNER BORDER SEA_SOS SEA_THEFT SEA_ILLEGAL
MINING FOOD MARKET ENV ANIMAL URBAN HAZARD DISASTER DISPUTE SOCIAL_EVIL EX_OFFENDER OFFICIAL
LOST_FOUND IDEA OTHER
"""
LOCALES = Path(__file__).parents[2] / "locales"
ACCUSING = ("tố cáo", "tố giác", "đối tượng", "nặc danh", "trái phép của")


def catalogue(language: str, area: str) -> dict[str, str]:
    with (LOCALES / language / f"{area}.po").open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


def keys_of_kinds() -> set[str]:
    keys = {each.label_key for each in KINDS.values()}
    keys |= {each.advice_key for each in KINDS.values() if each.advice_key}
    keys |= {each.more_advice_key for each in KINDS.values() if each.more_advice_key}
    keys |= {each.label_key for each in (*GROUPS, *Urgency)}
    return keys


def test_there_are_the_48_kinds_of_the_brief() -> None:
    assert len(CODES.split()) == 48
    assert set(KINDS) == set(CODES.split())
    assert kind("FIRE").label_key == "kind.fire.label"
    with pytest.raises(KeyError):
        kind("NO_SUCH")


def test_five_groups_reach_every_kind() -> None:
    assert len(GROUPS) == 5
    assert {code for each in GROUPS for code in each.kinds} == set(KINDS)
    assert all(len(each.first) == 5 for each in GROUPS)
    for each in GROUPS:
        assert len(set(each.kinds)) == len(each.kinds)
        assert all(each.code in KINDS[code].groups for code in each.kinds)
    assert group("danger").first[0] == "FIRE"


@pytest.mark.parametrize(
    ("code", "urgency", "numbers"),
    [
        ("FIRE", Urgency.P1, ("114",)),
        ("ROBBERY", Urgency.P1, ("113",)),
        ("SEA_SOS", Urgency.P1, ("112", "02253759508")),
        ("DV", Urgency.P2, ("113",)),
        ("CHILD_ABUSE", Urgency.P2, ("111", "113")),
        ("THEFT", Urgency.P3, ("113",)),
        ("NOISE", Urgency.P4, ()),
        ("RESIDENCE", Urgency.P4, ()),
    ],
)
def test_urgency_and_numbers(code: str, urgency: Urgency, numbers: tuple[str, ...]) -> None:
    assert (kind(code).urgency, kind(code).numbers) == (urgency, numbers)


def test_every_kind_in_danger_names_a_number() -> None:
    assert all(each.numbers for each in KINDS.values() if each.urgency is Urgency.P1)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_catalogue_is_complete_and_fits_on_buttons(language: str) -> None:
    words = catalogue(language, "kind")
    assert set(words) == keys_of_kinds()
    for key, text in words.items():
        assert text
        if ".label" in key or ".group." in key:
            assert len(text) <= 32, key
            assert not any(bad in text.lower() for bad in ACCUSING), key
        if key.endswith((".advice", ".more")):
            assert len(text) <= 160, key


def test_danger_words_are_in_both_languages_with_the_same_placeholders() -> None:
    vietnamese, english = catalogue("vi", "danger"), catalogue("en", "danger")
    assert set(vietnamese) == set(english)
    for key, text in vietnamese.items():
        assert fields(text) == fields(english[key]), key


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_advice_names_the_first_number_to_call() -> None:
    words = catalogue("vi", "kind")
    for each in KINDS.values():
        if each.urgency is Urgency.P1 and each.advice_key:
            assert any(number in words[each.advice_key] for number in each.numbers), each.code


@pytest.mark.parametrize(
    ("code", "words", "urgency"),
    [
        ("THEFT", "mất xe đạp hôm qua", Urgency.P3),
        ("THEFT", "trộm đang ở trong nhà tôi", Urgency.P1),
        ("THEFT", "trom dang o trong nha toi", Urgency.P1),
        ("DV", "chồng hay chửi", Urgency.P2),
        ("DV", "chồng đang đánh em", Urgency.P1),
        ("TRAFFIC_CRASH", "va quệt xe nhẹ", Urgency.P2),
        ("TRAFFIC_CRASH", "tai nạn có người bị thương", Urgency.P1),
        ("HAZARD", "đèn đường hỏng", Urgency.P3),
        ("HAZARD", "dây điện đứt xuống đường", Urgency.P1),
        ("ANIMAL", "chó thả rông", Urgency.P4),
        ("ANIMAL", "cháu bị chó cắn", Urgency.P2),
        ("NOISE", "hát karaoke buổi chiều", Urgency.P4),
        ("NOISE", "karaoke lúc nửa đêm", Urgency.P3),
        ("DISPUTE", "hàng xóm cãi nhau", Urgency.P4),
        ("DISPUTE", "nó cầm dao sang nhà tôi", Urgency.P1),
        ("MISSING", "bé 5 tuổi đi lạc", Urgency.P1),
        ("CYBER", "bị dọa tung ảnh", Urgency.P2),
        ("FOOD", "nhiều người bị ngộ độc", Urgency.P1),
        ("IDEA", "nên có người trực đêm", Urgency.P4),
    ],
)
def test_words_raise_the_urgency(code: str, words: str, urgency: Urgency) -> None:
    assert urgency_of(kind(code), words) is urgency


@pytest.mark.parametrize(
    ("code", "words", "urgency"),
    [
        ("HAZARD", "den duong hong chay nha roi", Urgency.P1),
        ("HAZARD", "đèn đường hỏng\ncháy nhà rồi", Urgency.P1),
        ("NOISE", "my house is on fire", Urgency.P1),
        ("IDEA", "help he has a knife", Urgency.P1),
        ("ENV", "chay o khu 2", Urgency.P2),
        ("IDEA", "cứu với", Urgency.P2),
        ("TRAFFIC_CRASH", "cháy!", Urgency.P1),
    ],
)
def test_a_danger_that_is_named_raises_any_kind(code: str, words: str, urgency: Urgency) -> None:
    assert urgency_of(kind(code), words) is urgency


@pytest.mark.parametrize(
    ("code", "words", "urgency"),
    [
        ("DV", "chong toi danh toi", Urgency.P1),
        ("DV", "em bị chồng tát sưng mặt", Urgency.P1),
        ("CHILD_ABUSE", "thằng bé bị lấy roi quất", Urgency.P1),
        ("SEXUAL", "có người sàm sỡ", Urgency.P1),
        ("ASSAULT", "xô xát", Urgency.P1),
        ("DV", "chồng hay chửi", Urgency.P2),
        ("SEXUAL", "hôm qua bị sàm sỡ", Urgency.P2),
        ("THREAT", "nó nhắn tin dọa", Urgency.P2),
        ("THREAT", "nó mang dao đến dọa", Urgency.P1),
        ("DISORDER", "tụ tập đông người", Urgency.P2),
        ("DISORDER", "tụ tập mang mã tấu", Urgency.P1),
        ("THEFT", "mất xe đạp", Urgency.P3),
    ],
)
def test_violence_that_goes_on_is_an_emergency(code: str, words: str, urgency: Urgency) -> None:
    assert urgency_of(kind(code), words, going_on=True) is urgency


@pytest.mark.parametrize(
    ("code", "words", "keys"),
    [
        ("HAZARD", "đèn đường hỏng", ()),
        ("HAZARD", "day dien roi xuong duong", ("kind.hazard.advice",)),
        ("ENV", "rác không dọn", ()),
        ("ENV", "oil spill near the pier", ("kind.env.advice",)),
        ("THEFT", "mất gà", ("kind.theft.advice",)),
        ("THEFT", "mất điện thoại", ("kind.theft.advice", "kind.theft.more")),
        ("THEFT", "bi moc tui mat the ngan hang", ("kind.theft.advice", "kind.theft.more")),
        ("FIRE", "", ("kind.fire.advice",)),
        ("DISPUTE", "cãi nhau", ()),
    ],
)
def test_advice_fits_the_words(code: str, words: str, keys: tuple[str, ...]) -> None:
    assert advice_of(kind(code), words) == keys


@pytest.mark.parametrize("words", ["", "chuyện cũ, không gấp", "hết cháy rồi", "không sao đâu"])
def test_nothing_lowers_an_urgency(words: str) -> None:
    for each in KINDS.values():
        assert urgency_of(each, words) <= each.urgency
