"""Every choice is found by its label in both languages, although the engine sees keys only."""

import unicodedata
from collections.abc import Iterator

import pytest

from bot.flows import FLOWS
from bot.flows.draft import Answer, Draft, Reply
from bot.flows.engine import answer
from bot.flows.outcomes import Outcome, Retry
from bot.flows.prompt import BACK, CANCEL, KEEP, MORE
from bot.flows.question import prompt_of
from bot.flows.steps import Flow, Option, Step
from domain.text import fold
from tests.flows.catalogues import say
from tests.flows.talk import UNKNOWN_PLACE, Talk

# What makes every step of its flow reachable.
_ANSWERS = {
    "report": {"kind": Answer(choice="DISPUTE"), "neighbourhood": Answer(choice="5")},
    "invite": {"role": Answer(choice="leader")},
    "enrolment": {"keep_house": Answer(choice="yes"), "keep_phone": Answer(choice="yes")},
}


def _choices() -> Iterator[tuple[Flow, Step, Option]]:
    for flow in FLOWS.values():
        for step in flow.steps:
            draft = _draft(flow, step)
            for option in step.options(draft):
                yield flow, step, option


def _draft(flow: Flow, step: Step) -> Draft:
    context = {**UNKNOWN_PLACE, "home": "số 9 ngõ 4, Khu 3"}
    return Draft(flow.name, step.name, _ANSWERS.get(flow.name, {}), context)


def _gist(outcome: Outcome) -> tuple[str, Draft]:
    return type(outcome).__name__, outcome.draft


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_typed_label_is_its_tap(language: str) -> None:
    misunderstood = []
    for flow, step, option in _choices():
        draft = _draft(flow, step)
        label = say(option.label, language)
        tapped = _gist(answer(flow, draft, Reply(tap=(step.name, option.value))))
        misunderstood += [
            (flow.name, step.name, option.value, typed)
            for typed in (label, fold(label), unicodedata.normalize("NFD", label).upper())
            if _gist(answer(flow, draft, Reply(text=typed))) != tapped
        ]
    # On the first page "Việc khác" opens the groups; only within them is it a kind.
    assert {each[:3] for each in misunderstood} <= {
        ("report", "kind", "OTHER"), ("report", "kind", "others"),
        ("recording", "kind", "OTHER"), ("recording", "kind", "others"),
    }  # fmt: skip


@pytest.mark.parametrize("words", ["việc khác", "viec khac", "something else"])
def test_something_else_is_first_a_way_and_then_an_answer(words: str) -> None:
    talk = Talk("report")
    talk.says("Mất trộm xe máy", words)
    assert talk.prompt.choices[0].value == "danger"
    talk.says(words)
    assert talk.draft.get("kind").choice == "OTHER"
    assert talk.draft.get("what").words == "Mất trộm xe máy"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("option", [BACK, CANCEL, KEEP, MORE], ids=lambda option: option.value)
def test_a_move_is_called_by_its_label(option: Option, language: str) -> None:
    label = say(option.label, language)
    assert fold(label) in option.synonyms


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_skip_is_called_by_its_label(language: str) -> None:
    for flow in FLOWS.values():
        for step in flow.steps:
            draft = _draft(flow, step).without(step.name)
            skips = [o for o in prompt_of(flow, step, draft).moves if o.value == "_skip"]
            for option in skips:
                said = answer(flow, draft, Reply(text=say(option.label, language)))
                assert _gist(said) == _gist(answer(flow, draft, Reply(tap=(step.name, "_skip"))))
                assert not isinstance(said, Retry)
