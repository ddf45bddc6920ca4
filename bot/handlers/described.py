"""Roles, purposes and codes as they are spoken of to those who hand them on."""

from sqlalchemy.engine import Connection

from actions.card_face import ward_name
from actions.wards import name_of_neighbourhood
from domain.access import Invited
from domain.notices import Param, Text
from domain.roles import Purpose, Role


def described(
    db: Connection, invited: Invited, ward_code: str | None, neighbourhood_id: int | None
) -> Text:
    """ "tổ bảo vệ an ninh Khu 2, phường Hạ Long"; only as much of the place as there is."""
    name = Text(f"admin.{'role' if isinstance(invited, Role) else 'chat'}.{invited.value}")
    if ward_code is None:
        return name
    params: dict[str, Param] = {"name": name, "ward": ward_name(db, ward_code)}
    if neighbourhood_id is None:
        return Text("admin.of_ward", params)
    params["neighbourhood"] = name_of_neighbourhood(db, neighbourhood_id)
    return Text("admin.of_neighbourhood", params)


def invited_named(value: str) -> Invited:
    """The role or purpose with this value. Raises ValueError."""
    return Role(value) if value in set(Role) else Purpose(value)


def readable(code: str) -> str:
    """An invitation code as it is read out: "ABCD-2345"."""
    return f"{code[:4]}-{code[4:]}"
