"""Somebody who may invite chooses what the one-time code is for, and for which neighbourhood."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from bot.flows.draft import Draft
from bot.flows.neighbourhoods import NEIGHBOURHOOD_STEP, known_neighbourhood, neighbourhoods
from bot.flows.steps import Flow, Option, Step, asks
from domain.notices import Text
from domain.roles import Purpose, Role

_ROLES: Final = (
    Option(Role.CHIEF.value, Text("invite.role.chief"),
           ("truong cong an phuong", "truong cong an", "truong cong an xa", "truong ca phuong",
            "chief of the ward police", "chief of police", "police chief", "chief")),
    Option(Role.OFFICER.value, Text("invite.role.officer"),
           ("can bo cong an", "cong an", "can bo", "police officer", "officer", "police")),
    Option(Role.LEADER.value, Text("invite.role.leader"),
           ("truong khu truong thon", "truong khu", "to truong", "truong thon",
            "neighbourhood leader", "leader")),
    Option(Role.TEAM.value, Text("invite.role.team"),
           ("to bao ve an ninh", "bao ve", "to bao ve", "security team", "team")),
    Option(Role.MEDIATOR.value, Text("invite.role.mediator"), ("hoa giai vien", "mediator")),
)  # fmt: skip
_CHATS: Final = (
    Option(Purpose.DUTY.value, Text("invite.role.duty"),
           ("nhom truc ban", "truc ban", "truc", "duty chat", "duty")),
    Option(Purpose.MEDIATION.value, Text("invite.role.mediation"),
           ("nhom to hoa giai", "nhom hoa giai", "mediation chat")),
    Option(Purpose.NEIGHBOURHOOD.value, Text("invite.role.neighbourhood"),
           ("nhom khu pho", "nhom khu", "nhom ba con", "neighbourhood chat")),
)  # fmt: skip
_CHAT_VALUES: Final = tuple(option.value for option in _CHATS)
_CHAT: Final = Option(
    "chat", Text("invite.role.chat"), ("nhom chat", "nhom", "a chat", "chat", "group chat"),
    opens=_CHAT_VALUES,
)  # fmt: skip
_LOCAL: Final = frozenset({Role.LEADER, Role.TEAM, Purpose.NEIGHBOURHOOD})


def _roles(draft: Draft) -> Sequence[Option]:
    """What this person may invite; everything where the context does not say."""
    may: Any = draft.context.get("invitable")
    every = (*_ROLES, *_CHATS)
    allowed = [option for option in every if may is None or option.value in may]
    return [*allowed, _CHAT] if _chats(allowed) else allowed


def _chats(allowed: Sequence[Option]) -> list[Option]:
    return [option for option in allowed if option.value in _CHAT_VALUES]


def _shown(draft: Draft) -> Sequence[str]:
    return [option.value for option in _roles(draft) if option.value not in _CHAT_VALUES]


def _is_local(draft: Draft) -> bool:
    return draft.get("role").choice in _LOCAL and bool(neighbourhoods(draft))


INVITE: Final = Flow(
    "invite",
    (
        Step("role", "choice", asks("invite.role.ask"), _roles, shown=_shown),
        replace(
            NEIGHBOURHOOD_STEP, ask=asks("invite.neighbourhood.ask"), skip=None, needed=_is_local,
            default=lambda draft: known_neighbourhood(draft) if _is_local(draft) else None,
        ),
    ),
)  # fmt: skip
