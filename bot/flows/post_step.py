"""What an announcement says: words, photos, files, or a template whose blanks are asked for one
by one. A caption that is nothing but a time says when: the paper's photo with "19h ram thang
gieng" is all.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.flows.draft import Answer, Draft
from bot.flows.legible import is_legible
from bot.flows.steps import Option, Reading, Step
from bot.flows.when_rule import NAME as WHEN
from bot.flows.when_step import is_only_time, read_when
from domain.announcing import WORDS_LIMIT, Sort
from domain.lengths import units
from domain.notices import Param, Text, plain

NAME: Final = "what"
# As many blanks as a template may have; more questions than that nobody answers.
MOST_BLANKS: Final = 6
LONGEST_BLANK: Final = 200
_BLANK: Final = re.compile(r"\{([^{}\n]*)\}")
_FREE: Final = Option(
    "free", Text("announcing.template.free"),
    ("viet tu do", "tu do", "tu viet", "write freely", "free"),
)  # fmt: skip


def template_of(draft: Draft) -> str | None:
    """The id of the template that it is made of; None for free words."""
    template = _template(draft)
    return str(template["id"]) if template else None


def sort_of(draft: Draft) -> Sort:
    """How urgent it is, by its template."""
    template = _template(draft)
    return Sort(template["sort"]) if template else Sort.ORDINARY


def shows_person(draft: Draft) -> bool:
    """Whether its template describes somebody."""
    template = _template(draft)
    return bool(template and template.get("shows_person"))


def words_of(draft: Draft) -> str:
    """All its words: the template with its blanks filled in, and what was written beside it."""
    template, own = _template(draft), draft.get(NAME).words
    if template is None:
        return own
    names = _fields(template)
    given = {name: draft.get(_blank(at)).words for at, name in enumerate(names, start=1)}
    filled = _BLANK.sub(lambda found: given.get(found[1]) or found[0], str(template["words"]))
    return "\n\n".join(part for part in (filled, own) if part)


def _templates(draft: Draft) -> Sequence[Mapping[str, Any]]:
    """Those that are offered, with id, title, words, fields and sort."""
    listed: Any = draft.context.get("templates") or []
    return list(listed)


def _template(draft: Draft) -> Mapping[str, Any] | None:
    chosen = draft.get(NAME).choice
    return next((each for each in _templates(draft) if each["id"] == chosen), None)


def _fields(template: Mapping[str, Any]) -> list[str]:
    return [str(name) for name in template["fields"]][:MOST_BLANKS]


def _blank(at: int) -> str:
    return f"blank_{at}"


def _options(draft: Draft) -> Sequence[Option]:
    titles = [Option(str(each["id"]), plain(str(each["title"]))) for each in _templates(draft)]
    return (*titles, _FREE)


def _ask(draft: Draft) -> Text:
    free = draft.get(NAME).choice == _FREE.value
    return Text("announcing.what.free" if free else "announcing.what.ask")


def _shown(draft: Draft) -> Sequence[str]:
    """Whoever writes freely needs no list any more; a template can still be named."""
    if draft.get(NAME).choice == _FREE.value:
        return ()
    return [option.value for option in _options(draft)]


def _read(draft: Draft, words: str) -> Reading:
    if not is_legible(words):
        return Reading(reason=Text("announcing.what.unclear"))
    if units(words) > WORDS_LIMIT:
        return Reading(reason=Text("announcing.what.too_long", {"most": WORDS_LIMIT}))
    return Reading(answer=Answer(words=words))


def _is_told(answer: Answer) -> bool:
    template = answer.choice not in ("", _FREE.value)
    return bool(template or answer.words or answer.media)


def _settle(draft: Draft) -> Draft:
    """The blanks go with their template; words that are only a time are when it goes out, and
    no part of what it says."""
    chosen, told = template_of(draft) or "", draft.get(NAME)
    blanks = (_blank(at) for at in range(1, MOST_BLANKS + 1))
    draft = draft.without(*(name for name in blanks if draft.get(name).choice != chosen))
    if WHEN in draft.answers or not told.words or not is_only_time(told.words, draft):
        return draft
    when = read_when(draft, told.words).answer
    if when is None:
        return draft
    rest = replace(told, words="")
    return (draft.put(NAME, rest) if rest != Answer() else draft.without(NAME)).put(WHEN, when)


def _remark(draft: Draft) -> Text | None:
    """Only the time was told."""
    only_time = WHEN in draft.answers and not _is_told(draft.get(NAME))
    return Text("announcing.what.time_kept") if only_time else None


POST_STEP: Final = Step(
    NAME, "media", _ask, _options, shown=_shown, read=_read, enough=_is_told, settle=_settle,
    remark=_remark,
)  # fmt: skip


def _name_of(draft: Draft, at: int) -> str:
    template = _template(draft)
    names = _fields(template) if template else []
    return names[at - 1] if at <= len(names) else ""


def _asks(at: int) -> Callable[[Draft], Text]:
    """The template's question for the blank, else the blank's own words: "Khi nào"."""

    def ask(draft: Draft) -> Text:
        template = _template(draft)
        asks = list((template or {}).get("asks") or ())
        if at <= len(asks):
            question, mark, example = str(asks[at - 1]).partition("?")
            params: dict[str, Param] = {"question": question + mark, "example": example.strip()}
            return Text("announcing.blank.asked", params)
        name = _name_of(draft, at) or "…"
        return Text("announcing.blank.ask", {"blank": name[:1].upper() + name[1:]})

    return ask


def _fill(draft: Draft, words: str) -> Reading:
    """One line for one blank, marked with the template that it belongs to."""
    said = " ".join(words.split())
    if not any(map(str.isalnum, said)) or len(said) > LONGEST_BLANK or _BLANK.search(said):
        return Reading(reason=Text("announcing.blank.unclear", {"most": LONGEST_BLANK}))
    return Reading(answer=Answer(choice=template_of(draft) or "", words=said))


def _needs(at: int) -> Callable[[Draft], bool]:
    return lambda draft: bool(_name_of(draft, at))


BLANK_STEPS: Final = tuple(
    Step(_blank(at), "text", _asks(at), read=_fill, needed=_needs(at))
    for at in range(1, MOST_BLANKS + 1)
)
