"""What is asked about an open draft as a whole, while its own question waits: go on with it or
begin anew; or, of words that followed a receipt, whether they belong to that report. The
stored draft notes it, so that the next answer is understood.
"""

from dataclasses import replace
from typing import Final

from domain.codes import spoken
from domain.notices import Button, Notice, Text
from storage.tables import Incident

# Where a stored draft notes it: the command that would begin anew, or "where:<id>:<code>".
ASKED: Final = "asked"
_WHERE: Final = "where"


def where(incident: Incident) -> str:
    """The note of "add it to this report, or is it something new?"."""
    return f"{_WHERE}:{incident.id}:{incident.code}"


def incident_in(note: str) -> int | None:
    """The id of the report that the question named; None for the other question."""
    subject, _, rest = note.partition(":")
    return int(rest.partition(":")[0]) if subject == _WHERE else None


def notice_of(note: str) -> Notice:
    """The question."""
    incident_id = incident_in(note)
    if incident_id is None:
        go_on = Button(Text("command.button.go_on"), "c:tieptuc")
        anew = Button(Text("command.button.anew"), f"c:{note}moi")
        return Notice(Text("command.go_on_or_anew"), _numbered(go_on, anew))
    code = spoken(note.rpartition(":")[2])
    here = Button(Text("incident.button.here"), f"h:{incident_id}:add")
    new = Button(Text("incident.button.new"), "c:tieptuc")
    return Notice(Text("incident.where", {"code": code}), _numbered(here, new))


def _numbered(*buttons: Button) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (replace(each, label=Text("menu.numbered", {"number": at, "label": each.label})),)
        for at, each in enumerate(buttons, start=1)
    )
