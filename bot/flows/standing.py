"""Where a draft stands in its flow: at which step, and which question is the next."""

from dataclasses import replace

from bot.flows.draft import Draft
from bot.flows.steps import Flow, Step


def named(flow: Flow, name: str) -> Step:
    """The step with this name. Raises LookupError."""
    step = flow.find(name)
    if step is None:
        raise LookupError(f"{flow.name} has no step {name}")
    return step


def next_step(flow: Flow, draft: Draft) -> Step | None:
    """The first question that is open."""
    open_steps = (s for s in flow.steps if s.needed(draft) and not s.is_answered(draft))
    return next(open_steps, None)


def opened_before(flow: Flow, step: Step, draft: Draft) -> Step | None:
    """An earlier question that what was just told has opened."""
    opened = next_step(flow, draft)
    if opened is None or flow.steps.index(opened) >= flow.steps.index(step):
        return None
    return opened


def standing(flow: Flow, draft: Draft) -> Draft:
    """A draft of an older program may stand at a step, or offer choices, that are gone."""
    step = flow.find(draft.step)
    if step is None:
        step = next_step(flow, draft) or flow.steps[-1]
        return replace(draft, editing=()).at(step.name)
    offered = tuple(value for value in draft.offered if step.find(draft, value))
    editing = tuple(name for name in draft.editing if flow.find(name))
    if (offered, editing) == (draft.offered, draft.editing):
        return draft
    return replace(draft, offered=offered, editing=editing)


def with_defaults(flow: Flow, draft: Draft) -> Draft:
    """With the answers that need not be asked for."""
    for step in flow.steps:
        default = step.default(draft)
        if default is not None and step.name not in draft.answers:
            draft = draft.put(step.name, default)
    return draft
