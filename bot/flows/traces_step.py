"""No name is to be given, but a pin may show the house and a voice is known: asked once, before
it is sent. What is left out is taken from the answers, so that it is neither sent nor kept.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.flows.draft import Answer, Draft
from bot.flows.steps import Option, Step
from domain.giveaways import Giveaway, giveaways_in, giveaways_key, is_recording
from domain.notices import Text

NAME: Final = "traces"
_BOTH: Final = frozenset(Giveaway)
# A legal choice never has this value: what comes later is asked about again.
_SETTLED: Final = "settled"
_SENT: Final = ("van gui", "cu gui", "send it anyway", "send anyway")
_ALL_SENT: Final = ("gui ca hai", "van gui ca hai", "send both", *_SENT)
_PIN_OUT: Final = ("bo dinh vi", "khong gui dinh vi", "leave out the pin", "no pin")
_RECORDING_OUT: Final = (
    "bo ghi am video", "bo ghi am", "bo video", "khong gui ghi am", "leave out the recording",
    "no recording",
)  # fmt: skip
_BOTH_OUT: Final = ("bo ca hai", "khong gui ca hai", "leave out both", "leave both out")


def is_withheld(draft: Draft) -> bool:
    """Whether no name is to be given: as answered here, or with the report that this adds to."""
    return draft.get("name").choice == "no" or bool(draft.context.get("withheld"))


def was_warned(draft: Draft) -> bool:
    """Whether this was asked and answered."""
    return is_withheld(draft) and NAME in draft.answers


def _found(draft: Draft) -> frozenset[Giveaway]:
    answers = draft.answers.values()
    media = (file for answer in answers for file in answer.media)
    return giveaways_in(media, *(answer.pin for answer in answers))


def _is_needed(draft: Draft) -> bool:
    return is_withheld(draft) and bool(_found(draft))


def _ask(draft: Draft) -> Text:
    return Text(f"report.traces.ask.{giveaways_key(_found(draft) or _BOTH)}")


def _options(draft: Draft) -> Sequence[Option]:
    """The values say what was there when it was asked: what comes later is asked anew."""
    found = _found(draft)
    if not found:
        return ()
    all_sent = found == _BOTH
    sent = Option(
        f"{giveaways_key(found)}_sent",
        Text("report.traces.send_both" if all_sent else "report.traces.send"),
        _ALL_SENT if all_sent else _SENT,
    )
    out = [
        Option(f"{each.value}_out", Text(f"report.traces.{each.value}_out"), synonyms)
        for each, synonyms in ((Giveaway.PIN, _PIN_OUT), (Giveaway.RECORDING, _RECORDING_OUT))
        if each in found
    ]
    neither = Option("both_out", Text("report.traces.both_out"), _BOTH_OUT)
    return (sent, *out, *((neither,) if all_sent else ()))


def _settle(draft: Draft) -> Draft:
    """Take out what is left out, and answer for what stays."""
    chosen = draft.get(NAME).choice
    if not chosen.endswith("_out"):
        return draft
    out = _BOTH if chosen == "both_out" else {Giveaway(chosen.removesuffix("_out"))}
    for name, answer in draft.answers.items():
        rest = _without(answer, out)
        if rest != answer:
            draft = draft.put(name, rest) if rest != Answer() else draft.without(name)
    kept = _found(draft)
    choice = f"{giveaways_key(kept)}_sent" if kept else _SETTLED
    return draft.put(NAME, Answer(choice=choice))


def _without(answer: Answer, out: frozenset[Giveaway] | set[Giveaway]) -> Answer:
    media = tuple(
        file for file in answer.media if not (Giveaway.RECORDING in out and is_recording(file))
    )
    return replace(answer, media=media, pin=None if Giveaway.PIN in out else answer.pin)


TRACES_STEP: Final = Step(NAME, "choice", _ask, _options, needed=_is_needed, settle=_settle)
