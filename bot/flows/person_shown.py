"""The question whether a post shows somebody (then a second officer must agree): what stands in
the words is never missed, and a no is about these words and files alone.
"""

from collections.abc import Sequence
from typing import Any, Final
from zlib import crc32

from bot.flows.draft import Answer, Draft
from bot.flows.steps import Option
from domain.identifying import signs_in
from domain.notices import Text

_NO: Final = "no"
_YES: Final = "yes"


def shows_person(draft: Draft) -> bool:
    """Whether a second officer must agree: asked, and never missed in the words."""
    return draft.get("person").choice == _YES or _finds_person(draft)


def persons(draft: Draft) -> Sequence[Option]:
    """Yes or no; with other words or files than these it is asked again."""
    given = draft.get("words")
    about = f"{_NO}-{len(given.media)}-{crc32(given.words.encode())}"
    return (
        Option(about, Text("warning.person.no"),
               ("khong", "khong neu ai", "khong co ai", "khong co", "no", "nobody")),
        Option(_YES, Text("warning.person.yes"), ("co", "co neu nguoi", "vang", "phai", "yes")),
    )  # fmt: skip


def person_found(draft: Draft) -> Text | None:
    """What is said beside the words in which one was found."""
    return Text("warning.person.found") if _finds_person(draft) else None


def person_known(draft: Draft) -> Answer | None:
    """The answer where one was found."""
    return Answer(choice=_YES) if _finds_person(draft) else None


def _finds_person(draft: Draft) -> bool:
    public: Any = draft.context.get("public") or ()
    return bool(signs_in(draft.get("words").words, tuple(map(str, public))))
