"""/nhomtin and /dungnhan, pressed and typed, in both languages; and a post for a group of people
from its first word to the one who leaves.
"""

import pytest

from actions.audiences import tags_of
from domain.audiences import Audience
from domain.roles import Role
from storage.people import change_person
from tests.handlers.phone import Phone
from tests.handlers.street import Said, Street

LANDLORD, LEADER = "3001", "3002"
ALL = list(Audience)


@pytest.fixture
def khu(street: Street) -> Street:
    """A landlord of Khu 1, and the leader of it."""
    place, _ = street.ward("Khu 1", "Khu 2")
    change_person(street.db, street.person(LANDLORD).id, neighbourhood_id=place)
    street.grant(LEADER, Role.LEADER, at=place)
    return street


def chosen(street: Street, who: str = LANDLORD) -> list[str]:
    """What somebody hears of."""
    return [each.value for each in tags_of(street.db, street.person(who))]


def in_english(street: Street, who: str) -> None:
    change_person(street.db, street.person(who).id, locale="en")


def text(said: Said) -> str:
    return "\n".join(said.words)


@pytest.mark.parametrize(
    "typed", ["/nhomtin", "nhóm tin", "NHOM TIN", "nhan tin theo nhom", "my topics"]
)
def test_the_list_says_what_it_means_in_one_sentence(khu: Street, typed: str) -> None:
    said = khu.says(LANDLORD, typed)
    assert {"tags.list", "tags.ask"} <= said.keys
    assert said.only.text is not None
    assert all(f"{n}. " in text(said) for n in range(1, len(ALL) + 1))
    assert said.taps == [*(f"s:on:{each.value}" for each in ALL[:4]), "s:list:2"]
    assert chosen(khu) == []


def test_a_press_chooses_and_a_second_one_leaves(khu: Street) -> None:
    said = khu.taps(LANDLORD, "s:on:landlords")
    assert "tags.chosen" in said.keys
    assert "s:off:landlords" in said.taps
    assert chosen(khu) == ["landlords"]
    assert "tags.left.some.nothing" in khu.taps(LANDLORD, "s:off:landlords").keys
    assert chosen(khu) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1", ["landlords"]),
        ("1, 3", ["landlords", "boats"]),
        ("8", ["builders"]),
        ("chủ trọ", ["landlords"]),
        ("chon chu tau va tieu thuong a", ["traders", "boats"]),
        ("landlords", ["landlords"]),
        ("Homes with an elder or small child", ["carers"]),
    ],
)
def test_numbers_and_names_choose(khu: Street, typed: str, found: list[str]) -> None:
    khu.says(LANDLORD, "nhóm tin")
    khu.says(LANDLORD, typed)
    assert chosen(khu) == found


def test_by_text_alone_through_every_page_and_back(khu: Street) -> None:
    khu.says(LANDLORD, "nhóm tin")
    assert "s:on:builders" in khu.says(LANDLORD, "xem them").taps
    khu.says(LANDLORD, "8")
    khu.says(LANDLORD, "1")
    assert chosen(khu) == ["landlords", "builders"]
    khu.says(LANDLORD, "1")
    assert chosen(khu) == ["builders"]
    khu.says(LANDLORD, "2")
    khu.says(LANDLORD, "thoi chu thau")
    assert "builders" not in chosen(khu)


def test_what_happened_to_a_landlord_is_a_report_also_below_the_list(khu: Street) -> None:
    khu.says(LANDLORD, "nhóm tin")
    said = khu.says(LANDLORD, "chủ trọ không trả tiền cọc cho tôi")
    assert chosen(khu) == []
    assert not any(key.startswith("tags.") for key in said.keys)


def test_leaving_the_last_group_says_what_still_comes(khu: Street) -> None:
    khu.taps(LANDLORD, "s:on:landlords")
    khu.taps(LANDLORD, "n:urgent:ask")
    khu.taps(LANDLORD, "n:urgent:yes")
    said = khu.says(LANDLORD, "dung nhan")
    assert chosen(khu) == []
    assert "Vẫn còn nhận bài của Khu 1; muốn thôi hết, gõ: thôi nhận tin." in said.words[0]
    assert "reading.still_on" not in khu.says(LANDLORD, "thôi nhận tin").keys


def test_in_english(khu: Street) -> None:
    in_english(khu, LANDLORD)
    phone = Phone(khu, LANDLORD, "en")
    phone.says("my topics")
    assert "type numbers" in phone.words
    phone.taps("s:on:landlords")
    assert "From now on you also get news for: <b>Landlords" in phone.words
    phone.says("stop receiving landlords")
    assert chosen(khu) == []
    assert "No more news for: <b>Landlords" in phone.words


def test_who_is_of_no_known_neighbourhood_enrols_first(khu: Street) -> None:
    said = khu.says("3999", "nhóm tin")
    assert "tags.place_first" in said.keys
    assert said.taps == ["c:dangky"]
    assert "tags.place_first" in khu.taps("3999", "s:on:landlords").keys
    assert chosen(khu, "3999") == []


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("dừng nhận", []),
        ("dung nhan", []),
        ("/dungnhan", []),
        ("ngừng", []),
        ("stop", []),
        ("dừng nhận tất cả", []),
        ("dừng nhận chủ trọ", ["boats"]),
        ("/dungnhan chu tau", ["landlords"]),
    ],
)
def test_stopping_is_obeyed_at_once(khu: Street, typed: str, left: list[str]) -> None:
    for tag in ("landlords", "boats"):
        khu.taps(LANDLORD, f"s:on:{tag}")
    khu.says(LANDLORD, typed)
    assert chosen(khu) == left


def test_who_gets_nothing_is_told_so(khu: Street) -> None:
    for typed in ("dừng nhận", "stop"):
        assert khu.says(LANDLORD, typed).keys & {"reading.not_stopped", "tags.left.none.nothing"}


def test_an_open_report_goes_on_after_it_was_obeyed(khu: Street) -> None:
    khu.taps(LANDLORD, "s:on:landlords")
    khu.says(LANDLORD, "mất trộm xe đạp ở ngõ 3")
    said = khu.says(LANDLORD, "dừng nhận")
    assert chosen(khu) == []
    assert "command.draft_kept" in said.keys
    assert any(key.startswith("report.") for key in khu.says(LANDLORD, "tiếp tục").keys)


def test_the_tags_are_no_business_of_a_group(khu: Street) -> None:
    said = khu.says(LANDLORD, "/nhomtin", chat="-77")
    assert not any(key.startswith("tags.") for key in said.keys)
    assert khu.taps(LANDLORD, "s:on:landlords", chat="-77").rows == []
    assert chosen(khu) == []


def test_my_data_shows_the_consent_and_takes_it_back(khu: Street) -> None:
    khu.taps(LANDLORD, "s:on:landlords")
    assert "data.purpose.topics" in khu.says(LANDLORD, "dữ liệu").keys
    assert "data.withdrawn.topics" in khu.taps(LANDLORD, "d:withdraw:topics").keys
    assert chosen(khu) == []


def write(street: Street, *typed: str) -> Said:
    """The leader writes a post; what the last of it led to."""
    street.says(LEADER, "/thongbao")
    street.says(LEADER, "Nhắc khai báo tạm trú cho người thuê (bịa)")
    said = street.says(LEADER, typed[0])
    for each in typed[1:]:
        said = street.says(LEADER, each)
    return said


def test_a_post_for_landlords_comes_with_its_reason_and_a_way_out(khu: Street) -> None:
    for tag in ("landlords", "boats"):
        khu.taps(LANDLORD, f"s:on:{tag}")
    review = write(khu, "ngay bây giờ", "chủ trọ")
    assert {"announcing.review.few", "tags.because"} <= review.keys
    assert "Chủ trọ (Khu" in text(review)
    sent = khu.says(LEADER, "đăng")
    post = next(n for n, chat in zip(sent.notices, sent.chats(), strict=True) if chat == LANDLORD)
    assert [b.tap for row in post.buttons for b in row] == ["s:off:landlords"]
    words = khu.wording.say(post.text, "vi") if post.text else ""
    assert "vì đã chọn nhóm: Chủ trọ" in words
    # Typed right below it, it stops this and nothing else.
    assert "tags.left.some.kept" in khu.says(LANDLORD, "dừng nhận").keys
    assert chosen(khu) == ["boats"]
    assert "tags.left.none.kept" in khu.taps(LANDLORD, "s:off:landlords").keys


def test_the_review_of_a_group_stays_when_it_is_changed(khu: Street) -> None:
    write(khu, "20h tối mai", "chủ trọ", "đăng")
    opened = khu.says(LEADER, "lịch")
    assert "Chủ trọ (Khu" in text(opened)
    khu.says(LEADER, "1")
    khu.says(LEADER, "sửa")
    khu.says(LEADER, "nội dung")
    review = khu.says(LEADER, "Lời khác (bịa)")
    assert "Chủ trọ (Khu" in text(review)
    assert "announcing.done.changed" in khu.says(LEADER, "đăng").keys
