"""Polls: what stands in them, who chose what, and who is told when that changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox import posting
from sandbox.model import Bot, Message, Person, Wire

if TYPE_CHECKING:
    from sandbox.world import World


@dataclass(eq=False)
class Poll:
    """One anonymous poll of one choice. `correct` counts from 0 and is None where it is no
    quiz; a forwarded message holds the same poll. `votes` are by person."""

    id: str
    owner: Bot
    question: str
    options: tuple[str, ...]
    correct: int | None = None
    explanation: str = ""
    explanation_entities: list[Wire] = field(default_factory=list)
    closed: bool = False
    votes: dict[int, int] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    def counts(self) -> list[int]:
        """How many chose each option."""
        chosen = list(self.votes.values())
        return [chosen.count(at) for at in range(len(self.options))]

    def wire(self, *, solved: bool) -> Wire:
        """The Poll object; `solved` shows the right answer and its explanation."""
        numbered = list(enumerate(zip(self.options, self.counts(), strict=True)))
        wire: Wire = {
            "id": self.id,
            "question": self.question,
            "options": [
                {"persistent_id": str(at), "text": text, "voter_count": count}
                for at, (text, count) in numbered
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": True,
            "type": "regular" if self.correct is None else "quiz",
            "allows_multiple_answers": False,
            "allows_revoting": self.correct is None,
            "members_only": False,
        }
        if solved and self.correct is not None:
            wire |= {"correct_option_ids": [self.correct]}
            if self.explanation:
                wire |= {"explanation": self.explanation}
                wire |= {"explanation_entities": self.explanation_entities}
        return wire

    def for_bot(self, bot: Bot) -> Wire:
        """Only the bot that sent it knows the right answer before it is closed."""
        return self.wire(solved=self.closed or bot is self.owner)

    def for_person(self, person: Person) -> Wire:
        """As an app shows it: no figures before one's own choice, which stands in `chosen`."""
        chosen = self.votes.get(person.id)
        wire = self.wire(solved=self.closed or chosen is not None)
        if chosen is not None:
            return wire | {"chosen": chosen}
        if not self.closed:
            options = [{**option, "voter_count": 0} for option in wire["options"]]
            wire |= {"options": options}
        return wire


def vote(world: World, poll: Poll, person: Person, at: int | None) -> None:
    """Choose an option, or take a choice back (None). The caller asked whether it may be."""
    if at is None:
        poll.votes.pop(person.id, None)
    else:
        poll.votes[person.id] = at
    _tell(world, poll)


def close(world: World, poll: Poll) -> None:
    """Nobody can vote any more."""
    poll.closed = True
    _tell(world, poll)


def _tell(world: World, poll: Poll) -> None:
    """https://core.telegram.org/bots/api#update: a bot hears of the polls that it sent."""
    poll.owner.mailbox.push("poll", poll.for_bot(poll.owner))
    for message in poll.messages:
        posting.redraw(world, message)
