"""Words: escaped by construction, in the language asked for, times as people here say them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import WordedPoll
from bot.wording import Wording
from domain.notices import Button, Moment, Notice, Poll, Text, plain

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
PLURAL = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


@pytest.fixture(scope="module")
def wording(tmp_path_factory: pytest.TempPathFactory) -> Wording:
    folder: Path = tmp_path_factory.mktemp("locales")
    (folder / "vi").mkdir()
    (folder / "en").mkdir()
    (folder / "vi" / "say.po").write_text(
        HEADER
        + '\nmsgid "say.place"\nmsgstr "Nơi: <b>{place}</b>\\n{rest}"\n'
        + '\nmsgid "say.at"\nmsgstr "lúc {at}"\n'
        + '\nmsgid "say.count"\nmsgstr "{count} tin &amp; ảnh"\n',
        encoding="utf-8",
    )
    (folder / "en" / "say.po").write_text(
        HEADER
        + PLURAL
        + '\nmsgid "say.count"\nmsgid_plural "say.count"\n'
        + 'msgstr[0] "{count} report"\nmsgstr[1] "{count} reports"\n',
        encoding="utf-8",
    )
    return Wording(folder)


@given(st.text(max_size=60))
def test_peoples_words_can_never_be_markup(wording: Wording, words: str) -> None:
    said = wording.say(Text("say.place", {"place": words, "rest": plain(words)}), "vi")
    assert said.count("<") == 2
    assert said.count(">") == 2


def test_lines_of_nothing_vanish(wording: Wording) -> None:
    lines = (plain("một"), Text("text.nothing"), plain("hai"))
    assert wording.say(Text("say.place", {"place": "x", "rest": lines}), "vi").endswith("một\nhai")


@pytest.mark.parametrize(
    ("style", "spoken"), [("time", "06:30"), ("date", "23/11/2026"), ("full", "06:30 23/11/2026")]
)
def test_an_instant_is_spoken_in_quang_ninhs_time(
    wording: Wording, style: str, spoken: str
) -> None:
    at = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    moment = Moment(at, style)  # type: ignore[arg-type]
    assert wording.say(Text("say.at", {"at": moment}), "vi") == f"lúc {spoken}"


def test_english_counts_and_an_unknown_language_gets_vietnamese(wording: Wording) -> None:
    assert wording.say(Text("say.count", {"count": 1}), "en") == "1 report"
    assert wording.say(Text("say.count", {"count": 2}), "en") == "2 reports"
    assert wording.say(Text("say.count", {"count": 2}), "fr") == "2 tin &amp; ảnh"


def test_a_button_is_plain_words(wording: Wording) -> None:
    button = Button(Text("say.count", {"count": 3}), tap="x")
    worded = wording.word(Notice(plain("<"), buttons=((button,),)), "vi", chat="1")
    assert worded.buttons[0][0].label == "3 tin & ảnh"
    assert worded.text == "&lt;"


def test_a_missing_key_is_refused_loudly(wording: Wording) -> None:
    with pytest.raises(LookupError, match=r"say\.nowhere"):
        wording.say(Text("say.nowhere"), "vi")


def test_a_poll_in_the_recipients_language_without_markup(wording: Wording) -> None:
    said = plain("Nhà < 3 tầng & ngõ?")
    poll = Poll(said, (plain("<b>Có</b>"), Text("say.count", {"count": 2})), 1, plain("Điều 0"))
    worded = wording.word(Notice(poll=poll), "en", chat="-5").poll
    assert worded == WordedPoll("Nhà < 3 tầng & ngõ?", ("<b>Có</b>", "2 reports"), 1, "Điều 0")
    assert wording.word(Notice(plain("x")), "en", chat="-5").poll is None
