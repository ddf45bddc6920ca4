"""Where an announcement goes, and whether to everybody there or to the people of a group alone
("chủ trọ khu 1", "tiểu thương cả phường"). The answer's value is `<places>`, or
`<places>@<groups>`; while a group has no place, the place is still asked.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.flows.audience_step import (
    ALL,
    AUDIENCE_STEP,
    FOR,
    NAME,
    names_only_fillers,
    value_of_several,
    with_ranges,
)
from bot.flows.draft import Answer, Draft
from bot.flows.steps import Option, Reading
from domain.audiences import WORDS, Audience, known, named_in
from domain.notices import Text

_AND: Final = "+"
_EVERYBODY: Final = Option(
    "everybody", Text("announcing.where.everybody"),
    ("gui moi nguoi", "gui tat ca ba con", "to everybody", "everybody there"),
)  # fmt: skip
_BY_GROUP: Final = Option(
    "by_group", Text("announcing.where.by_group"),
    ("gui theo nhom nguoi", "theo nhom nguoi", "theo nhom", "nhom nguoi", "to a group of people",
     "by group", "group of people"),
    opens=tuple(f"{FOR}{each.value}" for each in Audience),
)  # fmt: skip
# Behind so many neighbourhoods it still stands on the first page.
_GROUP_AT: Final = 3


def groups_chosen(draft: Draft) -> tuple[str, ...]:
    """The groups of people whom alone it reaches (domain.audiences); () for everybody."""
    found = draft.get(NAME).choice.partition(FOR)[2]
    return tuple(each.value for each in known(found.split(_AND)))


def value_for(ids: Sequence[int], groups: Sequence[str], *, everywhere: bool) -> str:
    """The choice's value that means exactly these neighbourhoods, or all, and these groups."""
    return _value(ALL if everywhere else value_of_several(ids), groups)


def _value(places: str, groups: Sequence[str]) -> str:
    return f"{places}{FOR}{_AND.join(groups)}" if groups else places


def _plain(draft: Draft) -> Draft:
    """With the places alone."""
    answer = draft.get(NAME)
    return draft.put(NAME, replace(answer, choice=answer.choice.partition(FOR)[0]))


def _asks_place(draft: Draft) -> bool:
    return bool(groups_chosen(draft)) and not _plain(draft).get(NAME).choice


def _options(draft: Draft) -> Sequence[Option]:
    """Of a group that was chosen without a place, the places; else all, groups too."""
    plain, groups = _plain(draft), groups_chosen(draft)
    places = AUDIENCE_STEP.options(plain)
    if _asks_place(draft):
        return (*(replace(o, value=_value(o.value, groups)) for o in places), _EVERYBODY)
    if not places:
        return ()
    chosen = plain.get(NAME).choice if groups else ""
    here = next((o for o in places if o.value == chosen), None)
    label = {"names": _names(groups), "where": here.label} if here else {}
    named = Option(_value(chosen, groups), Text("announcing.where.group_at", label))
    return (*places, _BY_GROUP, *map(_group, Audience), *((named,) if here else ()))


def _group(each: Audience) -> Option:
    return Option(f"{FOR}{each.value}", Text(f"tags.name.{each.value}"), WORDS[each])


def _names(groups: Sequence[str]) -> Text:
    """Raises ValueError for none."""
    *before, names = (Text(f"tags.name.{each}") for each in groups)
    for each in reversed(before):
        names = Text("tags.names", {"first": each, "rest": names})
    return names


def _shown(draft: Draft) -> Sequence[str]:
    show, groups = AUDIENCE_STEP.shown, groups_chosen(draft)
    values = list(show(_plain(draft))) if show else []
    if _asks_place(draft):
        return [*(_value(each, groups) for each in values), _EVERYBODY.value]
    return [*values[:_GROUP_AT], _BY_GROUP.value, *values[_GROUP_AT:]] if values else []


def _ask(draft: Draft) -> Text:
    if draft.offered:
        return Text("announcing.where.which_group")
    if _asks_place(draft):
        names = _names(groups_chosen(draft))
        return Text("announcing.where.group_place", {"names": names})
    return Text("announcing.where.ask")


def _read(draft: Draft, words: str) -> Reading:
    """All that are named; the whole of it is understood, or nothing."""
    said = with_ranges(words)
    found, rest = named_in(said)
    groups = tuple(each.value for each in found)
    if groups and names_only_fillers(rest):
        return Reading(answer=Answer(choice=_value("", groups)))
    reading = _read_places(draft, rest if groups else words)
    # Where only the place is asked, the group is known.
    groups = groups or (groups_chosen(draft) if _asks_place(draft) else ())
    if reading.answer is None:
        return reading
    return replace(reading, answer=Answer(choice=_value(reading.answer.choice, groups)))


def _read_places(draft: Draft, words: str) -> Reading:
    every = (o for o in AUDIENCE_STEP.options(_plain(draft)) if o.value == ALL)
    if any(words in option.synonyms for option in every):
        return Reading(answer=Answer(choice=ALL))
    read = AUDIENCE_STEP.read
    return read(draft, words) if read else Reading()


def _enough(answer: Answer) -> bool:
    """A group without a place is not enough, nor is "everybody" without one."""
    return answer.choice != _EVERYBODY.value and not answer.choice.startswith(FOR)


def _settle(draft: Draft) -> Draft:
    """Who speaks to one neighbourhood need not say which."""
    only = AUDIENCE_STEP.default(draft)
    if only is None or _enough(draft.get(NAME)):
        return draft
    return draft.put(NAME, Answer(choice=_value(only.choice, groups_chosen(draft))))


GROUP_STEP: Final = replace(
    AUDIENCE_STEP, ask=_ask, options=_options, shown=_shown, read=_read, enough=_enough,
    settle=_settle,
)  # fmt: skip
