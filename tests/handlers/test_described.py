"""Roles and chats as they are spoken of: the ward in lower case, and in English as English."""

import pytest

from bot.handlers.described import described
from domain.access import Invited
from domain.notices import Text
from domain.roles import Purpose, Role
from tests.handlers.street import WARD, Street


@pytest.mark.parametrize(
    ("invited", "local", "vietnamese", "english"),
    [
        (Purpose.NEIGHBOURHOOD, True, "nhóm của Khu 1, phường Hạ Long",
         "the chat of Khu 1, Hạ Long ward"),
        (Purpose.DUTY, False, "nhóm trực ban công an phường Hạ Long",
         "the police duty chat of Hạ Long ward"),
        (Role.CHIEF, False, "trưởng công an phường Hạ Long", "police chief of Hạ Long ward"),
        (Role.LEADER, True, "trưởng khu, trưởng thôn Khu 1, phường Hạ Long",
         "neighbourhood leader of Khu 1, Hạ Long ward"),
        (Role.TEAM, True, "tổ bảo vệ an ninh Khu 1, phường Hạ Long",
         "security team of Khu 1, Hạ Long ward"),
    ],
)  # fmt: skip
def test_it_is_spoken_in_a_sentence(
    street: Street, invited: Invited, local: bool, vietnamese: str, english: str
) -> None:
    khu = street.ward("Khu 1", "Khu 2")[0]
    what = described(street.db, invited, WARD, khu if local else None)
    assert street.wording.say(what, "vi") == vietnamese
    assert street.wording.say(what, "en") == english
    bound = Text("group.bound", {"what": what})
    assert street.wording.say(bound, "vi") == f"Nhóm này nay là {vietnamese}."


def test_a_group_is_added_by_a_link(street: Street) -> None:
    assert street.bot.group_link() == "https://t.me/tuquan_bia_bot?startgroup"
