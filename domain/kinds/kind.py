"""What is known of one kind of report, and how a line of the tables becomes a `Kind`."""

from dataclasses import dataclass

from domain.text import fold
from domain.urgency import Urgency


@dataclass(frozen=True, slots=True)
class Raise:
    """Words that make a report of a kind more urgent than it usually is."""

    urgency: Urgency
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report.

    `numbers` are digits to call, the most fitting first; empty where the ward's own desk is
    meant. `keywords` carry accents and are strong; `hints` are weak. `keywords_folded` are
    those that still mean one thing without accents: phrases, and single words marked so.
    The advice is for words that hold one of `advice_if`, where there are any; one sentence
    more for those that hold one of `more_if`.
    """

    code: str
    urgency: Urgency
    numbers: tuple[str, ...]
    groups: tuple[str, ...]
    keywords: tuple[str, ...]
    keywords_folded: tuple[str, ...]
    hints: tuple[str, ...]
    english: tuple[str, ...]
    raises: tuple[Raise, ...]
    has_advice: bool
    advice_if: tuple[str, ...] = ()
    more_if: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By its code, since what is worked out for a kind is remembered by it."""
        return hash(self.code)

    @property
    def label_key(self) -> str:
        """The catalogue key of the name, short enough for a button."""
        return f"kind.{self.code.lower()}.label"

    @property
    def advice_key(self) -> str | None:
        """The catalogue key of one sentence of immediate advice, where there is any."""
        return f"kind.{self.code.lower()}.advice" if self.has_advice else None

    @property
    def more_advice_key(self) -> str | None:
        """The catalogue key of the sentence that only some words call for."""
        return f"kind.{self.code.lower()}.more" if self.more_if else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the tables: phrases are separated by "|", numbers by spaces.

    `plain` are single words that are clear even without accents ("trom", "karaoke").
    """

    code: str
    urgency: Urgency
    call: str
    say: str
    plain: str = ""
    hint: str = ""
    english: str = ""
    raised: tuple[tuple[Urgency, str], ...] = ()
    has_advice: bool = True
    advice_if: str = ""
    more_if: str = ""

    def kind(self, groups: tuple[str, ...]) -> Kind:
        """The kind that this line describes."""
        say = phrases(self.say)
        folded = [key for key in map(fold, say) if " " in key]
        return Kind(
            code=self.code,
            urgency=self.urgency,
            numbers=tuple(self.call.split()),
            groups=groups,
            keywords=say,
            keywords_folded=tuple(dict.fromkeys(folded + list(phrases(self.plain)))),
            hints=phrases(self.hint),
            english=phrases(self.english),
            raises=tuple(Raise(level, phrases(text)) for level, text in self.raised),
            has_advice=self.has_advice,
            advice_if=phrases(self.advice_if),
            more_if=phrases(self.more_if),
        )


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a line of the tables."""
    return tuple(part for part in text.split("|") if part)
