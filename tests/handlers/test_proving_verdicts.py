"""Genuine corrections, copies and pictures that were once called false, and pictures and files
that were once called genuine though nobody had compared them. All is invented.
"""

from datetime import timedelta

import pytest

from actions.announcement_face import notice_of
from actions.broadcasting import post as put
from bot.wording import Wording
from domain.announcing import Sort
from domain.codes import spoken
from domain.corrections import Kind
from domain.notices import Media, Text
from domain.notices import plain as plain_text
from storage import announcements
from tests.actions.speakers import WORDS, Speakers
from tests.actions.test_all_clear import Alarmed
from tests.actions.test_corrections import RIGHT, Town
from tests.handlers.chats import Chats
from tests.handlers.test_proving import FORGED, PHOTO, REAL, plain, post, shown
from tests.precinct import Precinct

EYES = "trợ lý không so được"
OVER = "KHÔNG CÒN HIỆU LỰC"
PLATE = "Kẻ trộm đi xe 14M1-234.56 (bịa)"
HOUR = timedelta(hours=1)


@pytest.fixture
def speakers(precinct: Precinct, chats: Chats) -> Speakers:
    """The resident has been greeted."""
    chats.says(precinct.resident, "/menu")
    return Speakers(precinct)


@pytest.fixture
def town(precinct: Precinct, chats: Chats) -> Alarmed:
    """An emergency stands in the chat of Khu 2."""
    chats.says(precinct.resident, "/menu")
    return Alarmed(precinct)


def forwarded(precinct: Precinct, chats: Chats, text: str, *media: Media) -> str:
    """All that the resident is told of what they pass on."""
    before = len(precinct.texts(precinct.resident_home))
    chats.forwards(precinct.resident, text, *media)
    return told(precinct, before)


def asked(precinct: Precinct, chats: Chats, text: str, *media: Media) -> str:
    """All that the resident is told of this message."""
    before = len(precinct.texts(precinct.resident_home))
    chats.sends_with(precinct.resident, text, *media)
    return told(precinct, before)


def told(precinct: Precinct, before: int) -> str:
    """Without the numbers to call, which stand above the first answer of a day."""
    said = plain("\n".join(precinct.texts(precinct.resident_home)[before:]))
    return said.partition("\n\n")[2] if said.startswith("Khẩn cấp, gọi ngay") else said


class TestWhatFollowsAPost:
    @pytest.mark.parametrize("kind", list(Kind))
    @pytest.mark.parametrize("locale", ["vi", "en"])
    def test_short_messages_are_genuine(
        self, town: Alarmed, chats: Chats, kind: Kind, locale: str
    ) -> None:
        town.now += timedelta(minutes=10)
        town.correct(town.alert, RIGHT, kind)
        town.settle()
        copy, short = map(plain, town.shown(town.chat2, locale))
        for each in (copy, short):
            answer = forwarded(town.precinct, chats, each)
            assert answer.startswith(REAL), answer
            forged = forwarded(town.precinct, chats, each.replace("chủ nhật", "thứ bảy"))
            assert forged.startswith(FORGED), forged

    def test_shortened_words_are_genuine(self, town: Alarmed, chats: Chats) -> None:
        town.now += timedelta(minutes=10)
        town.correct(town.alert, "Lời đúng rất dài, xin đọc hết. " * 40)
        town.settle()
        short = plain(town.shown(town.chat2)[-1])
        assert "…" in short
        assert forwarded(town.precinct, chats, short).startswith(REAL)
        cut = forwarded(town.precinct, chats, short.replace("Lời đúng rất dài", "Lời dài", 1))
        assert cut.startswith(FORGED)

    def test_what_was_held_and_left_in_the_right_words_is_genuine(
        self, precinct: Precinct, chats: Chats
    ) -> None:
        chats.says(precinct.resident, "/menu")
        town = Town(precinct)
        town.tick(hours=14)
        old = town.announce()
        town.settle()
        town.correct(old)
        town.settle(hours=8)
        (whole,) = map(plain, town.shown(town.chat2))
        assert spoken(old.code) in whole
        assert forwarded(precinct, chats, whole).startswith(REAL)

    def test_a_copy_edited_before_anybody_read_it_is_genuine(
        self, town: Alarmed, chats: Chats
    ) -> None:
        old = town.announce()
        town.settle()
        new = town.correct(old)
        town.settle()
        copy = plain(town.shown(town.chat2)[-1])
        assert spoken(new.code) in copy
        assert forwarded(town.precinct, chats, copy).startswith(REAL)
        assert RIGHT in asked(town.precinct, chats, f"/xacminh {new.code}")

    def test_a_cancellation_does_not_expire(self, town: Alarmed, chats: Chats) -> None:
        town.now += timedelta(minutes=10)
        gone = town.correct(town.alert, "Thông báo này đã được huỷ.", Kind.CANCELLED)
        town.settle()
        short = plain(town.shown(town.chat2)[-1])
        town.precinct.now = town.now + 2 * HOUR
        assert spoken(gone.code) in short
        assert forwarded(town.precinct, chats, short).startswith(REAL)

    @pytest.mark.parametrize("kind", [Kind.CORRECTED, Kind.CANCELLED])
    def test_what_showed_somebody_is_not_handed_out_again(
        self, town: Alarmed, chats: Chats, kind: Kind
    ) -> None:
        precinct = town.precinct
        old = town.announce(words=PLATE, media=(PHOTO,))
        town.settle()
        copy = plain(town.shown(town.chat2)[-1])
        town.now += HOUR
        new = town.correct(old, "Không có trộm (bịa)", kind)
        announcements.set_columns(town.db, new.id, media=None)
        town.settle()
        for answer in (
            asked(precinct, chats, f"/xacminh {old.code}"),
            forwarded(precinct, chats, copy),
            forwarded(precinct, chats, copy.replace("14M1", "14M2")),
        ):
            assert "14M1" not in answer
            assert "Không có trộm (bịa)" in answer
            assert "Bản gốc" not in answer
            assert "khác bản gốc" not in answer
        assert all(PHOTO not in each.media for each in precinct.notices(precinct.resident_home))


class TestPictures:
    def test_a_picture_with_a_code_is_not_called_genuine(
        self, speakers: Speakers, precinct: Precinct, chats: Chats
    ) -> None:
        with_photo = post(speakers, precinct, media=(PHOTO,), words="Xem giấy mời (bịa)")
        without = post(speakers, precinct)
        other = Media("photo", "invented-screenshot", 9)
        for made in (with_photo, without):
            for text in (f"/xacminh {made.code}", spoken(made.code), f"xác minh {made.code}"):
                for answer in (
                    asked(precinct, chats, text, other),
                    forwarded(precinct, chats, spoken(made.code), other),
                ):
                    assert EYES in answer, answer
                    assert made.words in answer
                    assert "✅" not in answer
                    assert "CÓ THỂ GIẢ" not in answer

    def test_nor_in_a_group(self, speakers: Speakers, precinct: Precinct, chats: Chats) -> None:
        made = post(speakers, precinct)
        chats.captions(precinct.resident, f"/xacminh {made.code}", PHOTO, speakers.chat3)
        answer = plain(precinct.last(speakers.chat3))
        assert EYES in answer
        assert "✅" not in answer

    def test_what_expired_is_over_with_files_too(
        self, speakers: Speakers, precinct: Precinct, chats: Chats
    ) -> None:
        made = post(
            speakers, precinct, author=speakers.an, sort=Sort.HAZARD, words="Nước lên (bịa)",
            media=(PHOTO,), expires_at=precinct.now + HOUR,
        )  # fmt: skip
        precinct.now += 2 * HOUR
        code = spoken(made.code)
        for answer in (
            forwarded(precinct, chats, f"Nước lên (bịa)\n{code}", PHOTO),
            asked(precinct, chats, f"/xacminh {code}", PHOTO),
        ):
            assert OVER in answer, answer
            assert EYES in answer
            assert "✅" not in answer
            assert "khác bản gốc dưới đây" not in answer


class TestCopies:
    def test_a_private_copy_under_many_newer_ones_is_genuine(
        self, speakers: Speakers, precinct: Precinct, chats: Chats
    ) -> None:
        made = post(speakers, precinct)
        (occurrence,) = announcements.list_occurrences(precinct.db, made.id)
        homes = [precinct.person(f"Người Bịa {at}", f"6{at:03}") for at in range(120)]
        mine = homes[35]
        for home in homes:
            place, khu = ("Khu 2", speakers.khu2) if home == mine else ("Khu 3", speakers.khu3)
            because = Text("reading.because.urgent", {"place": plain_text(place)})
            notice = notice_of(precinct.db, made, precinct.now, because)
            put(
                precinct.db, home, notice, Sort.HAZARD, precinct.now,
                occurrence_id=occurrence.id, neighbourhood_id=khu,
            )  # fmt: skip
        precinct.deliver()
        copy = plain(precinct.last(mine))
        assert "tin khẩn của Khu 2" in copy
        assert forwarded(precinct, chats, copy).startswith(REAL)
        forged = copy.replace("tin khẩn của Khu 2", "tin khẩn của Khu 9")
        assert forwarded(precinct, chats, forged).startswith(FORGED)

    def test_what_was_posted_in_a_trial_is_genuine_after_it(
        self, speakers: Speakers, precinct: Precinct, chats: Chats
    ) -> None:
        for author in (speakers.lan, speakers.an):
            made = post(speakers, precinct, author=author)
            notice = notice_of(precinct.db, made, precinct.now)
            in_trial = Wording().label(notice.text or Text("text.nothing"), "vi")
            assert "CHẠY THỬ" in in_trial
            assert forwarded(precinct, chats, in_trial).startswith(REAL)
            forged = in_trial.replace("Chiều mai", "Chiều nay")
            assert forwarded(precinct, chats, forged).startswith(FORGED)

    def test_one_of_our_own_lines_may_be_missing(
        self, speakers: Speakers, precinct: Precinct, chats: Chats
    ) -> None:
        post(speakers, precinct, author=speakers.an)
        copy = shown(precinct, speakers.chat2)
        lines = [line for line in copy.splitlines() if "Công an" not in line]
        assert forwarded(precinct, chats, "\n".join(lines)).startswith(REAL)


@pytest.mark.parametrize("form", ["{a}-{b}", "{a}.{b}", "{pairs}", "{a} {b}."])
def test_a_code_however_it_is_parted_is_only_asked_about(
    speakers: Speakers, precinct: Precinct, chats: Chats, form: str
) -> None:
    code = post(speakers, precinct).code
    pairs = " ".join(code[at : at + 2] for at in range(0, 8, 2))
    typed = form.format(a=code[:4], b=code[4:], pairs=pairs)
    answer = asked(precinct, chats, f"/xacminh {typed}")
    assert "có thật" in answer.splitlines()[0]
    assert "CÓ THỂ GIẢ" not in answer
    assert WORDS in answer


def test_an_officer_is_shown_the_one_that_was_passed_on(
    town: Alarmed, precinct: Precinct, chats: Chats
) -> None:
    town.now += timedelta(minutes=10)
    new = town.clear()
    town.settle()
    chats.says(precinct.an, "/menu")
    chats.forwards(precinct.an, plain(town.shown(town.chat2)[-1]))
    home = precinct.home(precinct.an)
    assert spoken(new.code) in precinct.last(home)
    chats.says(precinct.an, "1")
    assert REAL in plain("\n".join(precinct.texts(home)[-2:]))
