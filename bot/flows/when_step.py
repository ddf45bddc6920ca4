"""When an announcement goes out: now, once, or again and again, in the words in which people say
it. What was understood is said back in full; a time that is past is never moved, only answered
with the next sensible one to choose.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.flows.clock import now_of
from bot.flows.draft import Answer, Draft
from bot.flows.planned_time import (
    NOW_CHOICE,
    day_in,
    option_of,
    option_of_day,
    rule_in,
    value_of,
    value_of_day,
)
from bot.flows.steps import Option, Reading, Step
from domain.notices import Text
from domain.patterns import Once
from domain.recurrence import Rule, once
from domain.spoken_time import LONGEST, Spoken, read_time
from domain.text import fold
from domain.text import words as words_of
from domain.time_echo import echo

NAME: Final = "when"
UNTIL: Final = "until"
NO_END: Final = "none"
_AGAIN: Final = Text("times.ask.again")
_NOW: Final = Option(
    NOW_CHOICE, Text("announcing.when.now"),
    ("ngay bay gio", "bay gio", "ngay", "gui ngay", "dang ngay", "dang luon", "luon", "now",
     "right now", "right away"),
)  # fmt: skip
_NONE: Final = Option(
    NO_END, Text("announcing.until.none"),
    ("khong co ngay cuoi", "khong co", "no last day", "no end"),
)  # fmt: skip
# With more other words than these it is an announcement that names a time, not its time.
_MOST_OTHER_WORDS: Final = 3
# A caption of nothing but these and numbers says when it is to go out; any other tells something.
_TIME_WORDS: Final = frozenset(
    words_of(
        "luc vao gio h g p phut ruoi kem sang trua chieu toi dem khuya nay mai mot kia hom ngay "
        "bay thu hai ba tu nam sau chu nhat cn tuan thang nua toi am duong lich ram mung mong "
        "tet gieng chap nhuan hang moi dau cuoi den dang gui nhe nha a ak luon lap tuc tieng "
        "at on the of every day week month next this today tomorrow tonight morning afternoon "
        "evening am pm now right first last full moon lunar monday tuesday wednesday thursday "
        "friday saturday sunday mon tue wed thu fri sat sun send post it"
    )
)


def is_only_time(words: str, draft: Draft) -> bool:
    """Whether the words are a time and nothing else."""
    now = now_of(draft)
    return now is not None and not _other_words(words) and read_time(words, now).understood


def _other_words(words: str) -> int:
    """How many words there are that no time has."""
    said = (word for word in fold(words).split() if word.isalpha())
    return sum(word not in _TIME_WORDS for word in said)


def read_when(draft: Draft, words: str) -> Reading:
    """A time; or what is known of one, or a time that is past, which are kept to ask about."""
    now = now_of(draft)
    if now is None:
        return Reading(reason=_AGAIN, apart=True)
    if _other_words(words) > _MOST_OTHER_WORDS:
        return Reading(reason=_AGAIN)
    earlier = _unfinished(draft, now)
    spoken = read_time(words, now, earlier=earlier)
    if not spoken.understood:
        spoken, earlier = read_time(words, now), ""
    if not spoken.understood:
        return Reading(reason=echo(spoken), apart=any(map(str.isdecimal, words)))
    if spoken.past or not spoken.complete:
        return Reading(answer=Answer(words=_together(spoken, earlier, words)))
    if spoken.at == now:
        return Reading(answer=Answer(choice=NOW_CHOICE))
    rule = spoken.rule or once(spoken.at or now)
    return Reading(answer=Answer(choice=value_of(rule, spoken.assumed)))


def rule_of(draft: Draft) -> Rule | None:
    """When it goes out, as it was said; None for at once, and while it is not known."""
    return rule_in(draft.get(NAME).choice)


def planned_rule(draft: Draft) -> Rule | None:
    """The same with the last day that was chosen apart from it."""
    rule = rule_of(draft)
    if rule is None or not repeats(draft):
        return rule
    return replace(rule, until=day_in(draft.get(UNTIL).choice))


def repeats(draft: Draft) -> bool:
    """Whether it goes out more than once."""
    rule = rule_of(draft)
    return rule is not None and not is_once(rule)


def is_once(rule: Rule) -> bool:
    """Whether this rule comes on one day only."""
    return isinstance(rule.pattern, Once)


def _unfinished(draft: Draft, now: datetime) -> str:
    """What was said before and left something to ask; a time that is past is not completed."""
    earlier = draft.get(NAME).words
    return "" if read_time(earlier, now).past else earlier


def _together(spoken: Spoken, earlier: str, words: str) -> str:
    """What is known so far in the person's words, for the hour or the day that is asked next."""
    both = f"{earlier} {words}".strip()
    return words if spoken.past or spoken.assumed or len(both) > LONGEST else both


def _kept(draft: Draft) -> Spoken:
    """What was said and is no answer yet."""
    words, now = draft.get(NAME).words, now_of(draft)
    return read_time(words, now) if words and now else Spoken()


def _ask_when(draft: Draft) -> Text:
    spoken = _kept(draft)
    if spoken.understood:
        return Text("announcing.when.about", {"question": echo(spoken)})
    return Text("announcing.when.ask")


def _times(draft: Draft) -> Sequence[Option]:
    """Now; instead of a time that is past the next sensible one; and what was chosen."""
    suggestion = _kept(draft).suggestion
    values = [value_of(once(suggestion))] if suggestion else []
    known = (option_of(value) for value in (*values, draft.get(NAME).choice))
    return (*(option for option in known if option), _NOW)


def _shown(draft: Draft) -> Sequence[str]:
    """A time that was chosen already is said above the question."""
    chosen = draft.get(NAME).choice
    return [o.value for o in _times(draft) if o is _NOW or o.value != chosen]


def _is_known(answer: Answer) -> bool:
    return answer.choice == NOW_CHOICE or rule_in(answer.choice) is not None


def _keep_end(draft: Draft) -> Draft:
    """The last day that was said with the time is the one that is meant."""
    rule = rule_of(draft)
    if rule is None or rule.until is None:
        return draft
    return draft.put(UNTIL, Answer(choice=value_of_day(rule.until)))


WHEN_STEP: Final = Step(
    NAME, "choice", _ask_when, _times, shown=_shown, read=read_when,
    enough=_is_known, settle=_keep_end,
)  # fmt: skip


def _read_until(draft: Draft, words: str) -> Reading:
    """A day still to come."""
    now = now_of(draft)
    spoken = Spoken() if now is None else read_time(words, now)
    if spoken.past or spoken.on is None:
        return Reading(reason=Text("announcing.until.unclear"), apart=True)
    return Reading(answer=Answer(choice=value_of_day(spoken.on)))


def _last_days(draft: Draft) -> Sequence[Option]:
    chosen = option_of_day(draft.get(UNTIL).choice)
    return (_NONE, chosen) if chosen else (_NONE,)


def _last_day(draft: Draft) -> Answer | None:
    """Said with the time, or none; asked for in the review only."""
    rule = rule_of(draft)
    if rule is None or not repeats(draft):
        return None
    return Answer(choice=value_of_day(rule.until) if rule.until else NO_END)


UNTIL_STEP: Final = Step(
    UNTIL, "choice", lambda draft: Text("announcing.until.ask"), _last_days,
    shown=lambda draft: (NO_END,), read=_read_until, needed=repeats, default=_last_day,
)  # fmt: skip
