"""One engine for every conversation: (flow, draft, reply) -> what comes of it.

Pure: it sends nothing, stores nothing, and knows neither the time nor a language. Whatever a
person sends is an answer, a move, or kept with an earlier answer; nothing is dropped unsaid.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.flows.draft import Answer, Draft, JsonValue, Reply
from bot.flows.keeping import with_files, with_remark
from bot.flows.outcomes import Ask, Cancelled, Finish, Kept, Outcome, Retry, Review, Switch
from bot.flows.prompt import BACK, CANCEL, MORE
from bot.flows.question import earlier, prompt_of
from bot.flows.review import SEND
from bot.flows.steps import Departure, Flow, Option, Reading, Step
from bot.flows.understanding import choice_in, move_in
from domain.notices import Text

__all__ = [
    "Answer", "Ask", "Cancelled", "Draft", "Finish", "Kept", "Outcome", "Reply", "Retry",
    "Review", "Switch", "answer", "resume", "start",
]  # fmt: skip


def start(
    flow: Flow, context: Mapping[str, JsonValue], answers: Mapping[str, Answer] | None = None
) -> Outcome:
    """The first question that `answers` leaves open."""
    draft = Draft(flow.name, answers=answers or {}, context=context)
    return _go_on(flow, draft)


def resume(flow: Flow, draft: Draft) -> Outcome:
    """The question again, exactly where it stood."""
    return _ask(flow, _standing(flow, draft))


def answer(flow: Flow, draft: Draft, reply: Reply) -> Outcome:
    """What comes of this reply."""
    draft = _standing(flow, draft)
    step = _named(flow, draft.step)
    if reply.tap is not None:
        name, value = reply.tap
        return _tapped(flow, step, draft, name, value)
    words = reply.text.strip()
    if reply.media or reply.pin:
        return _sent(flow, step, draft, replace(reply, text=words))
    if words:
        return _said(flow, step, draft, words)
    return _retry(flow, draft, Text("flow.empty"))


def _tapped(flow: Flow, step: Step, draft: Draft, name: str, value: str) -> Outcome:
    if name != step.name:
        return _retry(flow, draft, Text("flow.old_button"))
    if value.startswith("_"):
        return _moved(flow, step, draft, value)
    if option := step.find(draft, value):
        return _picked(flow, step, draft, option)
    return _retry(flow, draft, Text("flow.old_button"))


def _said(flow: Flow, step: Step, draft: Draft, words: str) -> Outcome:
    if move := move_in(step, draft, words):
        return _moved(flow, step, draft, move)
    if option := choice_in(step, draft, words):
        return _picked(flow, step, draft, option)
    reading = _read(step, draft, words)
    if reading.answer and not reading.tells:
        return _accepted(flow, step, draft, reading.answer)
    kept = with_remark(flow, step, draft, words)
    note = Text("flow.added.words") if kept is not draft else None
    if reading.answer:
        return _accepted(flow, step, kept, reading.answer)
    if reading.offer:
        return _ask(flow, replace(kept, offered=reading.offer, page=0), note)
    return _retry(flow, kept, note or reading.reason or Text("flow.choose"))


def _read(step: Step, draft: Draft, words: str) -> Reading:
    if step.read:
        return step.read(draft, words)
    return Reading(answer=Answer(words=words)) if step.takes_words else Reading()


def _sent(flow: Flow, step: Step, draft: Draft, reply: Reply) -> Outcome:
    """Files and pins find the step that keeps them, whatever is being asked."""
    home = flow.home("media") if reply.media else flow.home("place", "media")
    if home is None:
        if reply.text:
            return _said(flow, step, draft, reply.text)
        return _retry(flow, draft, Text("flow.words_only"))
    same_album = reply.album is not None and reply.album == draft.album
    draft = replace(with_files(draft, home, reply), album=reply.album or draft.album)
    if same_album:
        return Kept(draft)
    if home is step and step.is_answered(draft):
        return _settled(flow, step, draft)
    added = reply.media[0].kind if reply.media else "pin"
    return _retry(flow, draft, Text(f"flow.added.{added}"))


def _picked(flow: Flow, step: Step, draft: Draft, option: Option) -> Outcome:
    if option.opens:
        return _ask(flow, replace(draft, offered=option.opens, page=0))
    if step.lines:
        return _reviewed(flow, step, draft, option)
    return _accepted(flow, step, draft, Answer(choice=option.value))


def _reviewed(flow: Flow, step: Step, draft: Draft, option: Option) -> Outcome:
    """Send, or ask the steps of one line again."""
    if option.value == SEND:
        return Finish(draft)
    names = next(line.steps for line in step.lines if line.value == option.value)
    steps = tuple(name for name in names if _named(flow, name).needed(draft))
    return _ask(flow, replace(draft, editing=steps).at(steps[0]))


def _accepted(flow: Flow, step: Step, draft: Draft, given: Answer) -> Outcome:
    """New words or another choice take the place of the old; files and a pin stay."""
    old = draft.get(step.name)
    kept = replace(given, media=old.media, pin=given.pin or old.pin)
    return _settled(flow, step, draft.put(step.name, kept))


def _settled(flow: Flow, step: Step, draft: Draft) -> Outcome:
    draft = step.settle(draft)
    if departure := step.leads(draft):
        return _left(draft, departure)
    return _go_on(flow, draft, step.remark(draft))


def _left(draft: Draft, departure: Departure) -> Outcome:
    flow = departure.flow
    moved = Draft(flow.name, answers=departure.answers, context=departure.context)
    moved = _with_defaults(flow, replace(moved, album=draft.album))
    step = _next(flow, moved) or flow.steps[-1]
    moved = moved.at(step.name)
    return Switch(moved, prompt_of(flow, step, moved).noting(departure.note))


def _moved(flow: Flow, step: Step, draft: Draft, move: str) -> Outcome:
    if move == CANCEL.value:
        return Cancelled(draft)
    if move == MORE.value:
        return _ask(flow, replace(draft, page=draft.page + 1))
    if move == BACK.value:
        return _back(flow, step, draft)
    if step.is_answered(draft):
        return _go_on(flow, draft)
    if step.skip:
        return _accepted(flow, step, draft, Answer(choice=step.skip.value))
    return _retry(flow, draft, Text("flow.needed"))


def _back(flow: Flow, step: Step, draft: Draft) -> Outcome:
    if draft.offered or draft.page:
        return _ask(flow, draft.at(step.name))
    if draft.editing:
        return _go_on(flow, replace(draft, editing=()))
    before = earlier(flow, step, draft)
    if before:
        return _ask(flow, draft.at(before.name))
    if departure := flow.back(draft):
        return _left(draft, departure)
    return _retry(flow, draft, Text("flow.first_question"))


def _go_on(flow: Flow, draft: Draft, note: Text | None = None) -> Outcome:
    """The rest of a change, else the first open question, else the end."""
    draft = _with_defaults(flow, draft)
    editing = draft.editing[1:]
    step = _named(flow, editing[0]) if editing else _next(flow, draft)
    draft = replace(draft, editing=editing)
    return _ask(flow, draft.at(step.name), note) if step else Finish(draft)


def _ask(flow: Flow, draft: Draft, note: Text | None = None) -> Outcome:
    step = _named(flow, draft.step)
    prompt = prompt_of(flow, step, draft).noting(note)
    return Review(draft, prompt) if step.lines else Ask(draft, prompt)


def _retry(flow: Flow, draft: Draft, reason: Text) -> Outcome:
    prompt = prompt_of(flow, _named(flow, draft.step), draft)
    return Retry(draft, prompt.noting(reason), reason)


def _next(flow: Flow, draft: Draft) -> Step | None:
    open_steps = (s for s in flow.steps if s.needed(draft) and not s.is_answered(draft))
    return next(open_steps, None)


def _standing(flow: Flow, draft: Draft) -> Draft:
    """A draft of an older program may stand at a step, or offer choices, that are gone."""
    step = flow.find(draft.step)
    if step is None:
        step = _next(flow, draft) or flow.steps[-1]
        return replace(draft, editing=()).at(step.name)
    offered = tuple(value for value in draft.offered if step.find(draft, value))
    editing = tuple(name for name in draft.editing if flow.find(name))
    return replace(draft, offered=offered, editing=editing)


def _with_defaults(flow: Flow, draft: Draft) -> Draft:
    for step in flow.steps:
        default = step.default(draft)
        if default is not None and step.name not in draft.answers:
            draft = draft.put(step.name, default)
    return draft


def _named(flow: Flow, name: str) -> Step:
    step = flow.find(name)
    if step is None:
        raise LookupError(f"{flow.name} has no step {name}")
    return step
