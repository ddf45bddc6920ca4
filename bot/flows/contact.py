"""When it is safe to write to whoever reported violence at home, against a child, or a sexual
offence. Nothing is preselected, and whoever skips it is not written to.
"""

from dataclasses import replace
from typing import Final

from bot.flows.draft import Draft
from bot.flows.follow_up import STOP, number_first
from bot.flows.steps import Flow, Option, Step, among, asks
from domain.notices import Text
from domain.quiet import ANY, CONTACTS, DAY, NONE, is_told_quietly

_STEP: Final = "contact"


def is_about_quiet(draft: Draft) -> bool:
    """Whether this report must leave no word on the phone."""
    kind = draft.get("kind").choice
    return bool(kind) and is_told_quietly(kind, draft.get("what").words)


def _kept(draft: Draft) -> Text | None:
    choice = draft.get(_STEP).choice
    return Text(f"quiet.contact.kept.{choice if choice in CONTACTS else NONE}")


CONTACT_STEP: Final = Step(
    _STEP,
    "choice",
    asks("quiet.contact.ask"),
    among(
        Option(ANY, Text("quiet.contact.any"),
               ("luc nao cung duoc", "any time", "anytime", "whenever")),
        Option(DAY, Text("quiet.contact.day"),
               ("chi ban ngay 8 17 gio", "chi ban ngay", "ban ngay", "only by day 8 00 17 00",
                "only by day", "by day", "day")),
        Option(NONE, Text("quiet.contact.none"),
               ("dung nhan toi se tu hoi", "dung nhan", "dung nhan tin", "dung nhan lai",
                "toi se tu hoi", "tu hoi", "do not write i will ask", "do not write",
                "dont write", "i will ask")),
    ),
    skip=Option(NONE, Text("flow.skip")),
    remark=_kept,
)  # fmt: skip

# After an alert nothing was said yet of how to get away.
CONTACT: Final = Flow(
    "contact",
    (replace(CONTACT_STEP, ask=asks("quiet.contact.ask_after")),),
    first=number_first,
    stop=STOP,
)
