"""What can come of a reply, as a closed set: callers match on it and mypy counts the cases."""

from dataclasses import dataclass

from bot.flows.draft import Draft
from bot.flows.prompt import Prompt
from domain.notices import Text


@dataclass(frozen=True, slots=True)
class Ask:
    """The next question."""

    draft: Draft
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Retry:
    """The same question again, with the reason. The draft may hold more than before: save it."""

    draft: Draft
    prompt: Prompt
    reason: Text


@dataclass(frozen=True, slots=True)
class Review:
    """Everything is answered: all lines, to be sent or changed."""

    draft: Draft
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Finish:
    """The person sent it."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person stopped; the draft is as it stood."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Switch:
    """Another flow (`draft.flow`) goes on with what was said."""

    draft: Draft
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Kept:
    """It was added to an earlier answer, and nothing is asked again."""

    draft: Draft
    note: Text | None = None


Outcome = Ask | Retry | Review | Finish | Cancelled | Switch | Kept
