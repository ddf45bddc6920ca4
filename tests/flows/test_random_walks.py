"""Random people: taps old and new, words, photos, pins and moves in any order. Nobody meets
a dead end, loses what they sent, or sees a question without words.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows import FLOWS
from bot.flows.draft import Answer, Draft, JsonValue, Reply
from bot.flows.engine import answer, resume, start
from bot.flows.outcomes import Ask, Cancelled, Finish, Kept, Outcome, Retry, Review, Switch
from bot.flows.prompt import Prompt, notice_of
from bot.flows.question import MOST_CHOICES
from domain.giveaways import is_recording
from domain.notices import Media, Pin
from tests.flows.catalogues import placeholders, say, texts_in
from tests.flows.talk import CONTEXT, KHU, stored

_STORY = "nó vẫn còn ở đây, có dao"
_WORDS = (
    "cháy nhà", "Mất trộm xe máy ở sân", "hàng xóm cãi nhau, lấn đất", "chong danh vo", "xyz",
    "1", "2", "5", "có", "không", "khu 5", "k7", "Huy", "số 12 ngõ 5 khu 2", "tối qua 8 giờ",
    "lùi lại", "bỏ qua", "giữ nguyên", "xem thêm", "hủy", "sửa", "sửa 3", "sửa nơi", "gửi",
    "Móng Cái", "Hạ Long", "Khu 1 đến 12", ",,,", "", "   ", "👍", "a" * 5000,
    _STORY, _STORY, "bực quá", "nhà tôi", "thôi", "không gửi nữa", "cháy nhà rồi", "99", "dạ",
    "không nêu tên", "phải", "7h tối mai", "thứ 2 hàng tuần 7h", "rằm tháng Giêng", "ngày mai",
    "khu 1, khu 3", "bây giờ",
)  # fmt: skip
_REPLIES = ("tap", "tap", "tap", "move", "words", "words", "media", "pin", "old")
_STEPS = (
    "what", "kind", "confirm", "place", "review", "safety", "subject", "ward", "role", "gone",
)  # fmt: skip
_VALUES = ("FIRE", "DISPUTE", "send", "change", "yes", "no", "mediation", "_back", "_skip", "gone")

_media = st.lists(
    st.builds(
        Media,
        st.sampled_from(["photo", "video", "voice", "audio", "document"]),
        st.text("abc", min_size=1, max_size=3),
        st.just(10),
    ),
    min_size=1,
    max_size=2,
).map(tuple)


@st.composite
def contexts(draw: st.DrawFn) -> dict[str, JsonValue]:
    listed = KHU[: draw(st.sampled_from([0, 1, 2, 5, 7]))]
    known = draw(st.sampled_from([None, *listed]))
    return {
        **CONTEXT,
        "neighbourhoods": listed,
        "neighbourhood": known,
        "ward": draw(st.sampled_from(["Phường Mẫu", ""])),
        "helper": draw(st.booleans()),
        "forwarded": draw(st.booleans()),
        "kind": draw(st.sampled_from(["", "FIRE", "DV"])),
        "certain": draw(st.booleans()),
        "home": draw(st.sampled_from(["", "số 9 ngõ 4, Khu 3"])),
        "home_in": draw(st.sampled_from([None, 3])),
    }


@st.composite
def replies(draw: st.DrawFn, prompt: Prompt) -> Reply:
    kind = draw(st.sampled_from(_REPLIES))
    seen = [option.value for option in prompt.choices]
    moves = [option.value for option in prompt.moves]
    if kind == "tap" and seen:
        return Reply(tap=(prompt.step, draw(st.sampled_from(seen))))
    if kind == "move" and moves:
        return Reply(tap=(prompt.step, draw(st.sampled_from(moves))))
    if kind == "media":
        caption = draw(st.sampled_from(["", "", "ảnh chụp từ xa"]))
        return Reply(caption, draw(_media), draw(st.sampled_from([None, "album-1", "album-2"])))
    if kind == "pin":
        return Reply(pin=Pin(draw(st.integers(20, 21)), draw(st.integers(107, 108))))
    if kind == "old":
        return Reply(tap=(draw(st.sampled_from(_STEPS)), draw(st.sampled_from(_VALUES))))
    return Reply(text=draw(st.sampled_from(_WORDS)))


@pytest.mark.parametrize("flow", FLOWS)
@settings(max_examples=60)
@given(data=st.data())
def test_nothing_goes_wrong(flow: str, data: st.DataObject) -> None:
    outcome = start(FLOWS[flow], data.draw(contexts()))
    pin = None
    for _ in range(data.draw(st.integers(1, 25))):
        _check(outcome)
        before = stored(outcome.draft)
        assert before == outcome.draft
        asked = resume(FLOWS[before.flow], before)
        assert isinstance(asked, Ask | Review)
        assert asked.draft == before
        reply = data.draw(replies(asked.prompt))
        outcome = answer(FLOWS[before.flow], before, reply)
        _nothing_is_lost(before, reply, outcome)
        if FLOWS[before.flow].home("place", "media"):
            if before.step == "place" and before.get("place").pin:
                pin = outcome.draft.get("place").pin  # The place was told anew.
            if before.step == "traces":
                pin = None  # It may have been left out.
            pin = reply.pin or pin
            assert pin in [None, *(held.pin for held in outcome.draft.answers.values())]
        if isinstance(outcome, Cancelled):
            assert outcome.draft == replace(before, stopping=False)
            return
        if isinstance(outcome, Finish):
            return
    _check(outcome)
    _can_be_cancelled(outcome.draft)
    _can_be_finished(outcome.draft)


def _check(outcome: Outcome) -> None:
    """Words for everything in both languages, five choices, taps that the messenger takes."""
    if isinstance(outcome, Kept):
        return
    assert isinstance(outcome, Ask | Retry | Review | Switch)
    prompt = outcome.prompt
    assert len(prompt.choices) <= MOST_CHOICES
    values = [option.value for option in (*prompt.choices, *prompt.moves)]
    assert "_cancel" in values
    assert len(set(values)) == len(values)
    notice = notice_of(outcome, 10**12)
    assert notice.text is not None
    buttons = [button for row in notice.buttons for button in row]
    for button in buttons:
        assert button.tap is not None
        assert len(button.tap.encode()) <= 64
    for text in (notice.text, *(button.label for button in buttons)):
        for each in texts_in(text):
            for language in ("vi", "en"):
                assert say(each, language)
                if each.key != "text.plain":
                    assert placeholders(each.key, language) == set(each.params)


def _nothing_is_lost(before: Draft, reply: Reply, outcome: Outcome) -> None:
    after = outcome.draft
    files = FLOWS[before.flow].home("media")
    media = {each for held in before.answers.values() for each in held.media}
    if files:
        media.update(reply.media)
    kept = {each for held in after.answers.values() for each in held.media}
    assert kept <= media
    lost = media - kept
    # What may show who sent it can be left out, and nothing else.
    assert not lost or (before.step == "traces" and all(map(is_recording, lost)))
    # What is said beside a question never gets into a public post.
    if reply.text == _STORY and files and FLOWS[before.flow].keeps <= len(_STORY.split()):
        assert any(_STORY in held.words for held in after.answers.values())
    if isinstance(outcome, Switch):
        assert _lines(before, before.step) <= _lines(after)
        return
    for name, held in before.answers.items():
        if before.flow == "announcement" and name.startswith("blank_"):
            continue  # It goes with the template.
        if (before.flow, name) == ("whereabouts", "neighbourhood"):
            continue  # It goes with the place.
        if (before.step, name) == ("words", "person"):
            continue  # That nobody is shown was said of other words.
        if name != before.step:
            _is_kept(held, after.answers.get(name), before.step, reply)
    if isinstance(outcome, Retry | Kept) and not (reply.media or reply.pin):
        assert after.answers.get(before.step) == before.answers.get(before.step)


def _is_kept(held: Answer, now: Answer | None, step: str, reply: Reply) -> None:
    """At another step than the one asked; a landmark goes with its neighbourhood, and "not
    sure" when a pin comes. The name of a choice is an answer also in the review. What shall
    not be kept is forgotten."""
    if step == "neighbourhood" or (reply.pin and held.choice == "unknown"):
        return
    if step == "traces":
        _is_kept_but_for_traces(held, now)
        return
    if now is None and (step.startswith("keep_") or step == "elsewhere"):
        return  # The last: it is something else after all, so the kind is asked again.
    renamed = bool(step == "review" and reply.text)
    if now is None:
        assert renamed
        assert held.choice.startswith("landmark:")
        return
    assert now.words.startswith(held.words)
    assert set(held.media) <= set(now.media)
    if not renamed:
        assert now.choice == held.choice
    assert now.pin == held.pin or now.pin == reply.pin


def _is_kept_but_for_traces(held: Answer, now: Answer | None) -> None:
    """What may show who sent it can be left out, and nothing else."""
    given_away = {media for media in held.media if is_recording(media)}
    now = now or Answer()
    assert now.words.startswith(held.words)
    assert set(held.media) - given_away <= set(now.media)
    assert now.choice == held.choice


def _lines(draft: Draft, without: str = "") -> set[str]:
    told = (a.words for name, a in draft.answers.items() if name != without)
    return {line for words in told for line in words.split("\n") if line}


def _can_be_cancelled(draft: Draft) -> None:
    flow = FLOWS[draft.flow]
    assert isinstance(answer(flow, draft, Reply(tap=(draft.step, "_cancel"))), Cancelled)
    assert isinstance(answer(flow, draft, Reply(text="hủy")), Cancelled)


def _can_be_finished(draft: Draft) -> None:
    """By the first choice, else by skipping, else by some words."""
    for _ in range(15):
        outcome = resume(FLOWS[draft.flow], draft)
        assert isinstance(outcome, Ask | Review)
        prompt = outcome.prompt
        known = {"ward": "Hạ Long", "when": "8h sáng"}
        reply = Reply(text=known.get(prompt.step, "Khu Mẫu"))
        if prompt.choices:
            reply = Reply(tap=(prompt.step, prompt.choices[0].value))
        elif "_skip" in [move.value for move in prompt.moves]:
            reply = Reply(tap=(prompt.step, "_skip"))
        outcome = answer(FLOWS[draft.flow], draft, reply)
        if isinstance(outcome, Finish):
            return
        draft = outcome.draft
    raise AssertionError(f"no end from {draft}")


_answers = st.builds(
    Answer,
    choice=st.text(max_size=5),
    words=st.text(max_size=20),
    media=_media | st.just(()),
    pin=st.none() | st.builds(Pin, st.floats(-90, 90), st.floats(-180, 180)),
)


@given(
    st.builds(
        Draft,
        flow=st.sampled_from(list(FLOWS)),
        step=st.text(max_size=8),
        answers=st.dictionaries(st.text(max_size=8), _answers, max_size=4),
        context=st.dictionaries(st.text(max_size=5), st.text() | st.integers() | st.booleans()),
        offered=st.lists(st.text(max_size=5), max_size=3).map(tuple),
        page=st.integers(0, 20),
        editing=st.lists(st.text(max_size=5), max_size=2).map(tuple),
        album=st.none() | st.text(max_size=5),
    )
)
def test_a_draft_comes_back_from_json(draft: Draft) -> None:
    assert Draft.from_json(json.loads(json.dumps(draft.to_json()))) == draft


@pytest.mark.parametrize("flow", FLOWS)
@settings(max_examples=60)
@given(
    step=st.sampled_from([*_STEPS, ""]),
    editing=st.sampled_from([(), ("gone",), ("gone", "place")]),
    answers=st.dictionaries(st.sampled_from(_STEPS), _answers, max_size=4),
    words=st.sampled_from(_WORDS),
)
def test_an_older_programs_draft_goes_on(
    flow: str, step: str, editing: tuple[str, ...], answers: Mapping[str, Any], words: str
) -> None:
    draft = Draft(flow, step, answers, CONTEXT, ("gone",), 99, editing)
    outcome = resume(FLOWS[flow], draft)
    assert isinstance(outcome, Ask | Review)
    _check(outcome)
    assert outcome.draft.answers == draft.answers
    answer(FLOWS[flow], draft, Reply(text=words))
    _can_be_finished(outcome.draft)
