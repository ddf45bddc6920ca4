"""What is asked about an open draft as a whole, while its own question waits: go on with it or
begin anew; of words that followed a receipt, whether they belong to that report; or of a post
that an officer passed on, what for. The stored draft notes it, so that the next answer is
understood.
"""

from dataclasses import replace
from typing import Final

from domain.codes import spoken
from domain.notices import Button, Notice, Text
from storage.tables import Incident

# Where a stored draft notes it: the command that would begin anew, "where:<id>:<code>",
# "prove:<code>" or WAY.
ASKED: Final = "asked"
_WHERE: Final = "where"
_PROVE: Final = "prove"
# "For the neighbours, or a report?" (see which_way.py)
WAY: Final = "way:"


def where(incident: Incident) -> str:
    """The note of "add it to this report, or is it something new?"."""
    return f"{_WHERE}:{incident.id}:{incident.code}"


def prove(code: str) -> str:
    """The note of "check this post of ours, or record it?"."""
    return f"{_PROVE}:{code}"


def is_prove(note: str) -> bool:
    """Whether that was asked."""
    return note.startswith(f"{_PROVE}:")


def code_in(note: str) -> str:
    """The code in a note that has one."""
    return note.rpartition(":")[2]


def incident_in(note: str) -> int | None:
    """The id of the report that the question named; None for the other question."""
    subject, _, rest = note.partition(":")
    return int(rest.partition(":")[0]) if subject == _WHERE else None


def notice_of(note: str) -> Notice:
    """The question."""
    incident_id = incident_in(note)
    if is_prove(note):
        check = Button(Text("proving.button.check"), "c:xacminhtin")
        record = Button(Text("proving.button.record"), "c:tieptuc")
        return Notice(
            Text("proving.which", {"code": spoken(code_in(note))}), _numbered(check, record)
        )
    if note == WAY:
        post = Button(Text("announcing.button.post"), "c:dangbai")
        report = Button(Text("announcing.button.report"), "c:tieptuc")
        return Notice(Text("announcing.which_way"), _numbered(post, report))
    if incident_id is None:
        go_on = Button(Text("command.button.go_on"), "c:tieptuc")
        anew = Button(Text("command.button.anew"), f"c:{note}moi")
        return Notice(Text("command.go_on_or_anew"), _numbered(go_on, anew))
    code = spoken(code_in(note))
    here = Button(Text("incident.button.here"), f"h:{incident_id}:add")
    new = Button(Text("incident.button.new"), "c:tieptuc")
    return Notice(Text("incident.where", {"code": code}), _numbered(here, new))


def _numbered(*buttons: Button) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (replace(each, label=Text("menu.numbered", {"number": at, "label": each.label})),)
        for at, each in enumerate(buttons, start=1)
    )
