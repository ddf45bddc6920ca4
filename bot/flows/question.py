"""Which question a draft stands at: its words, its five choices, its way back and onward."""

from dataclasses import replace
from typing import Final

from bot.flows.draft import Draft
from bot.flows.prompt import BACK, CANCEL, KEEP, MORE, Prompt
from bot.flows.said import said
from bot.flows.steps import Flow, Line, Option, Step
from bot.flows.stopping import stop_prompt
from domain.notices import Text

MOST_CHOICES: Final = 5


def prompt_of(flow: Flow, step: Step, draft: Draft) -> Prompt:
    """What is asked where the draft stands."""
    if draft.stopping:
        return stop_prompt(flow, step, draft)
    question = step.ask(draft)
    if step.lines and not draft.offered:
        lines = tuple(line_of(flow, draft, line) for line in step.lines if line.needed(draft))
        question = replace(question, params={**question.params, "lines": lines})
    return Prompt(
        step=step.name,
        question=question,
        choices=page_of(step, draft),
        moves=moves_of(flow, step, draft),
        first=flow.first(draft),
        notes=_present(step, draft),
        numbered=step.is_numbered(draft),
    )


def page_of(step: Step, draft: Draft) -> tuple[Option, ...]:
    """The choices that are seen: all, or four of them and "more"."""
    options = step.offered(draft)
    if len(options) <= MOST_CHOICES:
        return tuple(options)
    size = MOST_CHOICES - 1
    pages = -(-len(options) // size)
    start = draft.page % pages * size
    return (*options[start : start + size], MORE)


def moves_of(flow: Flow, step: Step, draft: Draft) -> tuple[Option, ...]:
    """The row below the choices, as far as each of its moves leads anywhere."""
    inside = draft.offered or draft.page or draft.editing or earlier(flow, step, draft)
    back = (BACK,) if inside or flow.back(draft) else ()
    stop = flow.stop or CANCEL
    if step.kind != "review" and step.is_answered(draft):
        return (*back, KEEP, stop)
    onward = (replace(step.skip, value=KEEP.value),) if step.skip else ()
    return (*back, *onward, stop)


def earlier(flow: Flow, step: Step, draft: Draft) -> Step | None:
    """The question before this one; what has a default was never asked."""
    before = flow.steps[: flow.steps.index(step)]
    asked = (each for each in reversed(before) if each.needed(draft) and not each.default(draft))
    return next(asked, None)


def _present(step: Step, draft: Draft) -> tuple[Text, ...]:
    if step.lines or draft.offered or draft.page or not step.is_answered(draft):
        return ()
    return (Text("flow.present", {"said": said(draft, step)}),)


def line_of(flow: Flow, draft: Draft, line: Line) -> Text:
    """A line of the review, without a number: typed numbers mean the choices below."""
    steps = (flow.find(name) for name in line.steps)
    answered = [step for step in steps if step and step.is_answered(draft)]
    told = said(draft, *answered, empty=line.empty)
    return Text("flow.line", {"label": line.label, "said": told})
