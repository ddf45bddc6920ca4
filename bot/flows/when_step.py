"""When an announcement goes out: now, once, or again and again, in the words in which people say
it. What was understood is said back in full; a time that is past is never moved, only answered
with the next sensible one to choose.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.flows.clock import now_of
from bot.flows.draft import Answer, Draft
from bot.flows.heard import heard_at
from bot.flows.planned_time import (
    NOW_CHOICE,
    assumed_in,
    option_of,
    rule_in,
    value_of,
    value_of_day,
)
from bot.flows.steps import Option, Reading, Step
from bot.flows.time_words import names_two_hours, other_words
from bot.flows.when_rule import NAME, UNTIL, comes_on, is_once, rule_of, skipped_in
from domain.notices import Moment, Text, plain
from domain.patterns import Daily
from domain.recurrence import next_after, once
from domain.spoken_time import LONGEST, Spoken, read_time
from domain.time_echo import echo, say_instant

_AGAIN: Final = Text("times.ask.again")
_NOW: Final = Option(
    NOW_CHOICE, Text("announcing.when.now"),
    ("ngay bay gio", "bay gio", "ngay", "gui ngay", "dang ngay", "dang luon", "luon", "now",
     "right now", "right away"),
)  # fmt: skip
# With more other words than these it is an announcement that names a time, not its time.
_MOST_OTHER_WORDS: Final = 3
# What was said beside the time, as long as it is to be told.
_BESIDE: Final = "beside_the_time"
# An hour alone is said of the days that are known.
_EVERY_DAY: Final = "hang ngay"


def is_only_time(words: str, draft: Draft) -> bool:
    """Whether the words are a time and nothing else."""
    now = now_of(draft)
    return now is not None and not other_words(words) and read_time(words, now).understood


def read_when(draft: Draft, words: str) -> Reading:
    """A time; or what is known of one, or a time that is past, which are kept to ask about."""
    now = now_of(draft)
    if now is None:
        return Reading(reason=_AGAIN, apart=True)
    if len(other_words(words)) > _MOST_OTHER_WORDS:
        return Reading(reason=_AGAIN)
    if names_two_hours(words):
        return Reading(reason=Text("announcing.when.one_hour"), apart=True)
    if later := _another_hour(draft, words, now):
        return Reading(answer=Answer(choice=later))
    earlier = _unfinished(draft, now)
    spoken, alone = read_time(words, now, earlier=earlier), read_time(words, now)
    if not spoken.understood:
        spoken, earlier = alone, ""
    if not spoken.understood:
        return Reading(reason=echo(spoken), apart=any(map(str.isdecimal, words)))
    before = read_time(earlier, now)
    if earlier and (spoken == before or _is_noise(before, spoken, alone)):
        # Nothing new was said: what is known is kept without it.
        return Reading(reason=echo(before), apart=True)
    if spoken.past or not spoken.complete:
        return Reading(answer=Answer(words=_together(spoken, earlier, words)))
    if spoken.at == now:
        return Reading(answer=Answer(choice=NOW_CHOICE))
    rule = spoken.rule or once(spoken.at or now)
    beside = " ".join(other_words(f"{earlier} {words}"))
    return Reading(answer=Answer(choice=value_of(rule, spoken.assumed), words=beside))


def _is_noise(before: Spoken, spoken: Spoken, alone: Spoken) -> bool:
    """Whether words that name no time would spoil the day that is known ("Móng Cái" sounds like
    the beginning of one)."""
    return not alone.understood and before.missing == "hour" and spoken.missing == "date"


def _another_hour(draft: Draft, words: str, now: datetime) -> str:
    """Where the days are known, an hour alone is said of them; "" for everything else."""
    rule = rule_of(draft)
    spoken = read_time(words, now, earlier=_EVERY_DAY)
    alone = spoken.rule is not None and spoken.rule.pattern == Daily()
    if rule is None or spoken.rule is None or not alone or read_time(words, now).rule:
        return ""
    changed = replace(rule, at=spoken.rule.at)
    return value_of(changed, spoken.assumed) if next_after(changed, now) else ""


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
    return [_as_heard(draft, each) for each in _said_times(draft)]


def _as_heard(draft: Draft, option: Option) -> Option:
    """Where people rest at that time, the review names when it really comes, and why."""
    rule, now = rule_in(option.value), now_of(draft)
    at = next_after(rule, now) if rule and now else now
    if at is None or (until := heard_at(draft, at)) == at:
        return option
    if rule is None:
        told = Text("announcing.when.now_resting", {"until": say_instant(until)})
    elif is_once(rule):
        params: dict[str, Any] = {"until": say_instant(until), "said": option.label}
        told = Text("announcing.when.once_resting", params)
    else:
        params = {"time": Moment(until, "time"), "said": option.label}
        told = Text("announcing.when.rule_resting", params)
    notes = tuple(map(Text, assumed_in(option.value)))
    if notes:
        told = Text("times.with_notes", {"said": told, "notes": notes})
    return replace(option, told=told)


def _said_times(draft: Draft) -> Sequence[Option]:
    """Now; instead of a time that is past the next sensible one; and what was chosen."""
    suggestion = _kept(draft).suggestion
    values = [value_of(once(suggestion))] if suggestion else []
    known = (option_of(value) for value in (*values, draft.get(NAME).choice))
    return (*(option for option in known if option), _NOW)


def _shown(draft: Draft) -> Sequence[str]:
    """A time that was chosen already is said above the question; whoever named a day and is
    asked for its hour means no other."""
    chosen, kept = draft.get(NAME).choice, _kept(draft)
    only_hour = kept.understood and not kept.past
    values = [each.value for each in _said_times(draft)]
    hidden = {NOW_CHOICE} if only_hour else {chosen} - {NOW_CHOICE}
    return [value for value in values if value not in hidden]


def _is_known(answer: Answer) -> bool:
    return answer.choice == NOW_CHOICE or rule_in(answer.choice) is not None


def _settle(draft: Draft) -> Draft:
    """The last day that was said with the time is the one that is meant, days that were left out
    stay so, and what was said beside the time is no part of it."""
    given, rule = draft.get(NAME), rule_of(draft)
    draft = draft.without(_BESIDE)
    if given.choice and given.words:
        draft = draft.put(_BESIDE, Answer(words=given.words)).put(NAME, replace(given, words=""))
    if rule is None or is_once(rule):
        return draft
    if kept := frozenset(each for each in skipped_in(draft) if comes_on(rule, each)):
        rule = replace(rule, skips=rule.skips | kept)
        draft = draft.put(NAME, Answer(choice=value_of(rule, assumed_in(given.choice))))
    if rule.until is None:
        return draft
    return draft.put(UNTIL, Answer(choice=value_of_day(rule.until)))


def _remark(draft: Draft) -> Text | None:
    """Words that were neither a time nor a courtesy are not dropped in silence."""
    beside = draft.get(_BESIDE).words
    return Text("announcing.when.beside", {"words": plain(beside)}) if beside else None


WHEN_STEP: Final = Step(
    NAME, "choice", _ask_when, _times, shown=_shown, read=read_when,
    enough=_is_known, settle=_settle, remark=_remark,
)  # fmt: skip
