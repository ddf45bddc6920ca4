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
from bot.flows.question import earlier, line_of, prompt_of
from bot.flows.review import SEND
from bot.flows.standing import named, next_step, opened_before, standing, with_defaults
from bot.flows.steps import Departure, Flow, Line, Option, Reading, Step
from bot.flows.stopping import GO_ON, asks_to_stop, is_stopped_by
from bot.flows.understanding import change_in, choice_in, move_in
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
    return _ask(flow, standing(flow, draft))


def answer(flow: Flow, draft: Draft, reply: Reply) -> Outcome:
    """What comes of this reply."""
    draft = standing(flow, draft)
    if draft.stopping:
        draft = replace(draft, stopping=False)
        stopped = is_stopped_by(reply.text) if reply == Reply(text=reply.text) else None
        if stopped is not None:
            return Cancelled(draft) if stopped else _ask(flow, draft)
    step = named(flow, draft.step)
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
    if move := move_in(flow, step, draft, words):
        return _moved(flow, step, draft, move)
    if asks_to_stop(words):
        return _ask(flow, replace(draft, stopping=True))
    if option := choice_in(step, draft, words):
        return _picked(flow, step, draft, option)
    if change := change_in(flow, step, draft, words):
        return _changed(flow, draft, *change)
    return _told(flow, step, draft, words)


def _told(flow: Flow, step: Step, draft: Draft, words: str) -> Outcome:
    """An answer in free words, or more of the story beside the question."""
    reading = _read(step, draft, words)
    if reading.answer and not reading.tells:
        return _accepted(flow, step, draft, reading.answer)
    kept, note = (draft, None) if reading.apart else with_remark(flow, step, draft, words)
    if reading.answer:
        return _accepted(flow, step, kept, reading.answer, note if kept is draft else None)
    if reading.offer:
        return _ask(flow, replace(kept, offered=reading.offer, page=0), note)
    return _again(flow, step, kept, note or reading.reason or Text("flow.choose"))


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
    if home is step and _moves(step, draft):
        draft = draft.without(step.name)
    kept, unkept = with_files(flow, draft, home, reply)
    draft = replace(kept, album=reply.album or draft.album)
    if step.lines:
        # Whoever is asked which line to change has just changed one: they see all of them anew.
        draft = draft.at(step.name)
    if same_album:
        return Kept(draft, unkept)
    sort = reply.media[0].kind if reply.media else "pin"
    if home is step and step.is_answered(draft):
        alone = reply.media and not reply.text
        received = (Text(f"flow.received.{sort}"),) if alone else ()
        return _settled(flow, step, draft, *received, unkept)
    return _again(flow, step, draft, unkept or flow.kept(draft) or Text(f"flow.added.{sort}"))


def _picked(flow: Flow, step: Step, draft: Draft, option: Option) -> Outcome:
    if option.opens:
        return _ask(flow, replace(draft, offered=option.opens, page=0))
    if step.lines:
        return _reviewed(flow, step, draft, option)
    return _accepted(flow, step, draft, Answer(choice=option.value))


def _reviewed(flow: Flow, step: Step, draft: Draft, option: Option) -> Outcome:
    """Send, or ask the steps of one line again."""
    if option.value == SEND:
        opened = opened_before(flow, step, draft)
        return _ask(flow, draft.at(opened.name)) if opened else Finish(draft)
    names = next(line.steps for line in step.lines if line.value == option.value)
    steps = tuple(name for name in names if named(flow, name).needed(draft))
    return _ask(flow, replace(draft, editing=steps).at(steps[0]))


def _accepted(flow: Flow, step: Step, draft: Draft, given: Answer, *notes: Text | None) -> Outcome:
    return _settled(flow, step, _with(step, draft, given), *notes)


def _with(step: Step, draft: Draft, given: Answer) -> Draft:
    """New words or another choice take the place of the old; files stay, and a pin where it
    is not itself the place that is changed."""
    old = draft.get(step.name)
    pin = given.pin if _moves(step, draft) else given.pin or old.pin
    return draft.put(step.name, replace(given, media=old.media, pin=pin))


def _moves(step: Step, draft: Draft) -> bool:
    """Whether an answer now says that it is somewhere else."""
    return step.kind == "place" and step.is_answered(draft)


def _settled(flow: Flow, step: Step, draft: Draft, *notes: Text | None) -> Outcome:
    draft = step.settle(draft)
    if departure := step.leads(draft):
        return _left(draft, departure)
    if step.ends(draft):
        return Finish(draft)
    return _go_on(flow, draft, *notes, step.remark(draft))


def _changed(flow: Flow, draft: Draft, line: Line, step: Step, option: Option) -> Outcome:
    """A line of the review that was answered anew without being asked."""
    after = step.settle(_with(step, draft, Answer(choice=option.value)))
    note = Text("flow.changed", {"line": line_of(flow, after, line)})
    return _go_on(flow, after, note, step.remark(after))


def _left(draft: Draft, departure: Departure) -> Outcome:
    flow = departure.flow
    moved = Draft(flow.name, answers=departure.answers, context=departure.context)
    moved = with_defaults(flow, replace(moved, album=draft.album))
    step = next_step(flow, moved) or flow.steps[-1]
    moved = moved.at(step.name)
    return Switch(moved, prompt_of(flow, step, moved).noting(departure.note))


def _moved(flow: Flow, step: Step, draft: Draft, move: str) -> Outcome:
    if move == CANCEL.value:
        return Cancelled(draft)
    if move == GO_ON.value:
        return _ask(flow, draft)
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


def _go_on(flow: Flow, draft: Draft, *notes: Text | None) -> Outcome:
    """The rest of a change, else the first open question, else the end."""
    draft = with_defaults(flow, draft)
    # What was just answered may leave nothing to ask at the next one ("do not keep it").
    editing = tuple(name for name in draft.editing[1:] if named(flow, name).needed(draft))
    step = named(flow, editing[0]) if editing else next_step(flow, draft)
    if draft.editing:
        draft = replace(draft, editing=editing)
    return _ask(flow, draft.at(step.name), *notes) if step else Finish(draft)


def _again(flow: Flow, step: Step, draft: Draft, reason: Text) -> Outcome:
    """The same question, unless what was told beside it opens an earlier one; then that, and
    after it whatever is still to be changed."""
    opened = opened_before(flow, step, draft)
    if opened is None:
        return _retry(flow, draft, reason)
    editing = (opened.name, *draft.editing) if draft.editing else ()
    return _ask(flow, replace(draft, editing=editing).at(opened.name), reason)


def _ask(flow: Flow, draft: Draft, *notes: Text | None) -> Outcome:
    step = named(flow, draft.step)
    prompt = prompt_of(flow, step, draft).noting(*notes)
    return Review(draft, prompt) if step.lines else Ask(draft, prompt)


def _retry(flow: Flow, draft: Draft, reason: Text) -> Outcome:
    prompt = prompt_of(flow, named(flow, draft.step), draft)
    return Retry(draft, prompt.noting(reason), reason)
