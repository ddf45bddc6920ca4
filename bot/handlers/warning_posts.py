"""A warning that an officer has written: shown above its review as it will be seen, and sent."""

from typing import Final

from actions.announcement_face import messages_of
from actions.announcing import preview_of
from actions.warnings import Warned, planned_warning, send_prevention, send_warning
from bot.flows import warning as flow
from bot.flows.audience_step import chosen
from bot.flows.draft import Draft
from bot.flows.outcomes import Outcome, Review
from bot.flows.warning_until import until_of
from bot.handlers.turn import Turn
from domain.announcing import State
from domain.codes import spoken
from domain.errors import Refused
from domain.notices import Moment, Notice, Param, Text
from domain.warnings import Reach, suggestion_key

# Announcements are read by everybody, in the language of the country.
_SPOKEN: Final = "vi"


def show_post(turn: Turn, before: Draft | None, outcome: Outcome) -> None:
    """Above the review stands the warning itself, as it will be seen."""
    draft = outcome.draft
    if not isinstance(outcome, Review) or draft.flow != "warning" or draft.offered:
        return
    if before is not None and before.step == "review" and _same(before, draft):
        return
    try:
        planned = planned_warning(turn.db, turn.person, _warned(turn, draft), turn.now)
        code = str(draft.context["post_code"])
        post = preview_of(turn.db, turn.person, planned, code, turn.bot.name, turn.now)
    except Refused as refused:
        turn.say(Notice(refused.text))
        return
    for notice in messages_of(post):
        turn.say(notice)


def finish(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Send it. Raises Refused."""
    if draft.flow == "prevention":
        _finish_prevention(turn, draft_id, draft)
        return
    warned = _warned(turn, draft)
    made = send_warning(
        turn.db, turn.person, warned, draft_id, turn.bot.name, turn.now, turn.random_below,
        code=str(draft.context["post_code"]),
    )  # fmt: skip
    name = "waits" if made.state == State.WAITING.value else "sent"
    params: dict[str, Param] = {"code": spoken(made.code), "until": Moment(warned.expires_at)}
    turn.say(Notice(Text(f"warning.{name}", params)))


def _warned(turn: Turn, draft: Draft) -> Warned:
    return Warned(
        incident_id=int(str(draft.context["incident"])),
        words=_plain(turn, flow.words_of(draft)),
        neighbourhoods=chosen(draft),
        expires_at=until_of(draft) or turn.now,
        emergency=flow.is_emergency(draft),
        shows_person=flow.shows_person(draft),
        media=draft.get("words").media,
    )


def _finish_prevention(turn: Turn, draft_id: int, draft: Draft) -> None:
    key = suggestion_key(flow.kind_of(draft), Reach.GENERALLY)
    made = send_prevention(
        turn.db, turn.person, int(str(draft.context["incident"])), _plain(turn, Text(key)),
        draft_id, turn.bot.name, turn.now, random_below=turn.random_below,
    )  # fmt: skip
    name = "waits" if made.state == State.WAITING.value else "sent"
    params: dict[str, Param] = {"code": spoken(made.code)}
    turn.say(Notice(Text(f"warning.general.{name}", params)))


def _plain(turn: Turn, text: Text) -> str:
    """The words that the officer makes their own by sending them."""
    return turn.bot.plain_of(text, _SPOKEN)


def _same(before: Draft, after: Draft) -> bool:
    return dict(before.answers) == dict(after.answers)
