"""What those who run the bot for a ward do in private: use codes, set up a ward, invite."""

from typing import Any

from actions import invites, wards
from actions.card_face import ward_name
from actions.standings import standings_of
from bot.flows.draft import Draft
from bot.flows.ward import names_in
from bot.handlers import conversation
from bot.handlers.described import described, invited_named, readable
from bot.handlers.turn import Turn
from domain.access import Invited, list_invitable, require_set_up_ward
from domain.codes import is_written_as_invite
from domain.errors import Refused
from domain.notices import Button, Notice, Param, Text, plain
from domain.roles import Purpose, Role
from domain.wards import WARDS, find_wards
from storage.tables import Ward

_MOST_BUTTONS = 5


def redeem(turn: Turn, typed: str) -> None:
    """Take on the role of a one-time code; without one, say how."""
    if not typed.strip():
        turn.say(Notice(Text("admin.code.ask")))
        return
    invite = invites.redeem(turn.db, turn.person.id, typed, turn.now)
    invited = invites.invited_of(invite)
    role = described(turn.db, invited, invite.ward_code, invite.neighbourhood_id)
    next_step = Text(f"admin.welcome.{invite.role}")
    turn.say(Notice(Text("admin.code.accepted", {"role": role, "next": next_step})))


def is_invite(turn: Turn, typed: str) -> bool:
    """Whether what has the form of a code is one: as it is written, or because it was handed
    out. All else is somebody's words."""
    return is_written_as_invite(typed) or invites.is_known(
        turn.db, turn.person.id, typed, turn.now
    )


def begin_ward(turn: Turn, rest: str) -> None:
    """An administrator sets up a ward with its neighbourhoods."""
    require_set_up_ward(standings_of(turn.db, turn.person.id))
    conversation.begin(turn, "ward", {})


def finish_ward(turn: Turn, draft_id: int, draft: Draft) -> None:
    """The ward and its neighbourhoods are there; the next step is to invite."""
    ward = WARDS[draft.get("ward").choice]
    if turn.bot.wards and ward.code not in turn.bot.wards:
        raise Refused("access.ward_of_another_bot")
    names = names_in(draft.get("neighbourhoods").words)
    done = wards.set_up_ward(turn.db, turn.person.id, ward.code, ward.name, names)
    lines = tuple(plain(each.name) for each in done.neighbourhoods)
    params: dict[str, Param] = {
        "ward": ward_name(turn.db, ward.code),
        "names": lines,
        "added": done.added,
    }
    turn.say(
        Notice(
            Text("admin.ward.done", params),
            (
                (Button(Text("admin.button.invite_chief"), f"c:moitruong:{ward.code}"),),
                (Button(Text("admin.button.invite"), f"c:moi:{ward.code}"),),
            ),
        )
    )


def begin_invite(turn: Turn, rest: str) -> None:
    """Invite somebody, or a chat, into a ward; `rest` may name the ward or be its code."""
    ward = _choose_ward(turn, rest, "moi")
    if ward is not None:
        conversation.begin(turn, "invite", _invite_context(turn, ward))


def invite_chief(turn: Turn, rest: str) -> None:
    """The head of the ward's police, whom only an administrator invites; no more is asked."""
    ward = _choose_ward(turn, rest, "moitruong")
    if ward is not None:
        _hand_out(turn, Role.CHIEF, ward.code, None)


def finish_invite(turn: Turn, draft_id: int, draft: Draft) -> None:
    """The code, its link, and whom it is for."""
    place = draft.get("neighbourhood").choice
    neighbourhood_id = int(place) if place.isdecimal() else None
    invited = invited_named(draft.get("role").choice)
    _hand_out(turn, invited, str(draft.context["ward_code"]), neighbourhood_id)


def _hand_out(turn: Turn, invited: Invited, ward_code: str, neighbourhood_id: int | None) -> None:
    made = (invited, ward_code, neighbourhood_id)
    code = invites.invite(turn.db, turn.person.id, *made, turn.now, turn.random_below)
    is_chat = isinstance(invited, Purpose)
    params: dict[str, Param] = {
        "role": described(turn.db, *made),
        "code": readable(code),
        "link": turn.bot.group_link() if is_chat else turn.bot.start_link(f"i_{code}"),
        "days": invites.VALID_FOR.days,
    }
    turn.say(Notice(Text(f"admin.invite.done.{'chat' if is_chat else 'person'}", params)))


def _choose_ward(turn: Turn, rest: str, command: str) -> Ward | None:
    """The ward that is meant, or the only one; None where it had to be asked."""
    allowed = invites.list_wards_to_invite_into(turn.db, turn.person.id, turn.bot.wards)
    if not allowed:
        raise _nobody_to_invite(turn)
    chosen = [ward for ward in allowed if _is_meant(ward, rest)] if rest else allowed
    if len(chosen) == 1:
        return chosen[0]
    shown = (chosen or allowed)[:_MOST_BUTTONS]
    buttons = tuple((Button(plain(ward.name), f"c:{command}:{ward.code}"),) for ward in shown)
    turn.say(Notice(Text("admin.invite.which_ward"), buttons))
    return None


def _is_meant(ward: Ward, typed: str) -> bool:
    return typed.strip() == ward.code or ward.code in {found.code for found in find_wards(typed)}


def _nobody_to_invite(turn: Turn) -> Refused:
    if list_invitable(standings_of(turn.db, turn.person.id), ""):
        return Refused("access.no_ward_yet")
    return Refused("access.may_not_invite")


def _invite_context(turn: Turn, ward: Ward) -> dict[str, Any]:
    standings = standings_of(turn.db, turn.person.id)
    around = invites.neighbourhoods_to_invite_into(turn.db, turn.person.id, ward.code)
    return {
        "ward": ward.name,
        "ward_code": ward.code,
        "invitable": [invited.value for invited in list_invitable(standings, ward.code)],
        "neighbourhoods": [{"id": each.id, "name": each.name} for each in around],
    }
