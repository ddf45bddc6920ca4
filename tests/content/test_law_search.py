"""Laws are found by everyday words, with accents or without; where we know none, none is."""

import pytest

from actions.law import search_law
from content.law import LOCALES, load_law

ASKED = [
    ("phao hoa", "fireworks"),
    ("pháo", "fireworks"),
    ("phaohoa", "fireworks"),
    ("phaos hoa", "fireworks"),
    ("tết này có được đốt pháo không ạ", "fireworks"),
    ("can I buy fireworks", "fireworks"),
    ("khach ngu lai", "overnight_guest"),
    ("kháhc ngủ lại", "overnight_guest"),
    ("nha co khach o que ra choi roi ngu lai mot dem", "overnight_guest"),
    ("nhà nghỉ phải ghi gì của khách", "overnight_guest_details"),
    ("thuê trọ thì đăng ký thế nào", "temporary_residence"),
    ("gia han tam tru", "temporary_residence_renewal"),
    ("cho vay nang lai", "usury"),
    ("bị đòi nợ tạt sơn", "usury"),
    ("loan sharks", "usury"),
    ("lai suat", "lending_rate"),
    ("chong danh vo", "family_violence"),
    ("bỏ mặc bố mẹ", "neglect_fine"),
    ("ep con hoc", "study_pressure"),
    ("do xe chan ngo", "fire_lane"),
    ("chó cắn", "loose_animals"),
    ("dao", "knives"),
    ("cho be ngoi ghe truoc", "child_in_car"),
    ("gửi ảnh căn cước", "id_card_photo"),
    ("to cao can bo", "denunciation_named"),
    ("viec nhe luong cao", "easy_job_abroad"),
    ("hoa giai", "mediation_first"),
    ("bão", "call_112"),
    ("112", "call_112"),
    ("lua dao", "deepfake"),
    ("137/2020/NĐ-CP", "fireworks"),
    ("nghi dinh 137/2020", "fireworks"),
    ("chữ ký", "denunciation_named"),
]
UNKNOWN = [
    "", " ", "?!", "ok", "xin chào", "asdf qwer zxcv", "con mèo bay trên trời",
    "gia vang hom nay", "nấu phở thế nào", "bao nhieu tien", "bao", "phao cuu sinh", "dạo này",
    "thoi tiet hom nay",
    "chạy nhà", "khan cap", "113", "999/2099", "luật", "khong", "what is the weather", "🙂",
    "di choi ha long", "mat dien", "lam ho chieu", "dang ky ket hon", "tranh chấp đất đai",
]  # fmt: skip


@pytest.mark.parametrize(("words", "key"), ASKED)
def test_everyday_words_find_their_law(words: str, key: str) -> None:
    found = search_law(words, "vi")
    assert found
    assert found[0].id == key, [item.id for item in found]


@pytest.mark.parametrize("words", UNKNOWN)
def test_what_we_do_not_know_finds_nothing(words: str) -> None:
    assert search_law(words, "vi") == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_certain_item_is_found_by_its_own_phrases_and_title(locale: str) -> None:
    for item in load_law(locale).values():
        for words in (*item.asked_as, item.title, item.title.upper()):
            ids = [each.id for each in search_law(words, locale)]
            assert (item.id in ids) is (item.certainty == "A"), (words, ids)


def test_what_is_not_certain_is_never_found() -> None:
    assert search_law("đánh bạc", "vi") == []
    assert search_law("ly hon", "vi") == []


def test_an_answer_is_in_the_language_of_the_asker() -> None:
    (english,) = search_law("phao hoa", "en")
    assert english.title == load_law("en")["fireworks"].title


def test_a_law_by_its_number_gives_all_that_we_have_of_it_up_to_five() -> None:
    found = search_law("55/2024/QH15", "vi")
    assert len(found) == 5
    assert all("55/2024/QH15" in item.law for item in found)


def test_a_novel_is_not_looked_through() -> None:
    assert search_law("a " * 200 + "pháo hoa", "vi") == []
