"""What can be typed as a command: with a slash in any state, or as plain words that are the
whole message, with or without accents, in either language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from actions import conversations
from bot.flows.draft import Reply
from bot.handlers import (
    admin,
    asked,
    beginning,
    binding,
    conversation,
    following,
    groups,
    mediator,
    menu,
    officer,
    reporter,
)
from bot.handlers.turn import Turn
from domain.choices import Choice, recognise
from domain.notices import Text
from storage import tables

Act = Callable[[Turn, str], None]


@dataclass(frozen=True, slots=True)
class Command:
    """`words` mean it in private; those of `loud` in a group too. `over_draft` ones win over
    an open question even without a slash. `in_group` is what it does there."""

    name: str
    run: Act
    words: tuple[str, ...] = ()
    loud: tuple[str, ...] = ()
    over_draft: bool = False
    in_group: Act = groups.point_to_private


def start(turn: Turn, rest: str) -> None:
    """The Start press, with what its link carried: `bt`, `bt_<neighbourhood>`, `hg`,
    `i_<code>`."""
    payload = turn.incoming.start or rest
    name, _, value = payload.partition("_")
    if name == "i" and value:
        admin.redeem(turn, value)
    elif name == "hg":
        mediation(turn, "")
    elif name == "bt":
        beginning.remember_place(turn, value)
        report(turn, "")
    else:
        menu.greet(turn)


def report(turn: Turn, rest: str) -> None:
    """Report something; what was typed after the command is its beginning."""
    _begin_or_ask(turn, "baotin", rest)


def mediation(turn: Turn, rest: str) -> None:
    """Ask for mediation."""
    _begin_or_ask(turn, "hoagiai", rest)


def cancel(turn: Turn, rest: str) -> None:
    """Set the open conversation aside."""
    row = conversation.find(turn)
    if row is None:
        turn.say(menu.menu_notice(Text("command.nothing_to_cancel")))
    else:
        conversation.cancel(turn, row)


def go_on(turn: Turn, rest: str) -> None:
    """Exactly where one stopped, up to a week after it was set aside."""
    if not conversation.take_up(turn):
        turn.say(menu.menu_notice(Text("command.nothing_to_continue")))


def report_urgently(turn: Turn, rest: str) -> None:
    """No question about an older draft now; it is set aside."""
    beginning.begin_report(turn, urgent=True)


def _begin_or_ask(turn: Turn, name: str, rest: str) -> None:
    """Begin; but where answers to another conversation stand open, ask first."""
    incoming = turn.incoming
    told = Reply(rest, incoming.media, incoming.album, incoming.pin)
    row = conversation.find(turn)
    if told != Reply():
        begin_anew(turn, name, told)
    elif row is None or not conversations.has_answers(row):
        begin_anew(turn, name)
    else:
        _ask_go_on_or_anew(turn, row, name)


def _ask_go_on_or_anew(turn: Turn, row: tables.Draft, name: str) -> None:
    conversation.note_asked(turn, row, name)
    conversation.ask_again(turn, row)


def show_open(turn: Turn, rest: str) -> None:
    """/vuviec in a group: what waits there. Raises Refused."""
    if not mediator.show(turn, rest):
        officer.show(turn, rest)


def list_mine(turn: Turn, rest: str) -> None:
    """/vuviec in private; an open question is asked again below. Raises Refused."""
    reporter.list_incidents(turn, rest)
    menu.go_on_asking(turn)


def begin_anew(turn: Turn, name: str, reply: Reply | None = None) -> None:
    """Without asking: what stands open is set aside."""
    _BEGINNINGS[name](turn, reply)


def answer_asked(turn: Turn, row: tables.Draft, reply: Reply) -> None:
    """The answer to what was asked about the draft as a whole. "Go on, or anew?": anything
    else is what the person wants to tell now, so it begins the new conversation; the old one
    can be taken back."""
    name = row.state[asked.ASKED]
    if (incident_id := asked.incident_in(name)) is not None:
        following.answer_where(turn, row, incident_id, reply)
        return
    chosen = recognise(reply.text, (_GO_ON, _ANEW)) if reply.text else None
    if chosen == 0:
        conversation.take_up(turn)
    else:
        begin_anew(turn, name, None if chosen == 1 else reply)


def on_tap(turn: Turn, rest: str) -> None:
    """A press of a button that stands for a command (`c:baotin`)."""
    name, _, more = rest.partition(":")
    command = _BY_TAP.get(name)
    if command is None:
        turn.pop_up(Text("command.old_button"))
    else:
        (command.run if turn.incoming.private else command.in_group)(turn, more)


_GO_ON: Final = Choice(("viết tiếp", "go on"), ("tiếp", "tiếp tục", "tieptuc", "continue"))
_ANEW: Final = Choice(("bắt đầu lại", "start again"), ("lại", "báo tin mới", "mới", "new"))
_BEGINNINGS: Final[dict[str, Callable[[Turn, Reply | None], None]]] = {
    "baotin": beginning.begin_report,
    "hoagiai": beginning.begin_mediation,
}

COMMANDS: Final = (
    Command("start", start, in_group=groups.greet),
    Command("menu", menu.greet, ("menu", "thuc don", "bat dau"), in_group=groups.greet),
    Command(
        "baotin",
        report,
        ("bao tin", "baotin", "gui tin", "bao tin moi", "report", "new report"),
        loud=("bao tin", "baotin"),
        in_group=groups.point_to_report,
    ),
    Command(
        "vuviec",
        list_mine,
        ("vu viec", "vuviec", "vu viec cua toi", "tin cua toi", "tin da bao", "my reports"),
        over_draft=True,
        in_group=show_open,
    ),
    Command(
        "hoagiai",
        mediation,
        ("hoa giai", "hoagiai", "nho hoa giai", "xin hoa giai", "mediation"),
        in_group=groups.point_to_mediation,
    ),
    # Over an open question the flow itself knows "huy": there it may be a person's name.
    Command("huy", cancel, ("huy", "huy bo", "cancel")),
    Command(
        "tieptuc",
        go_on,
        ("tiep tuc", "tieptuc", "viet tiep", "continue", "resume"),
        over_draft=True,
    ),
    Command(
        "trogiup",
        menu.explain,
        ("tro giup", "trogiup", "huong dan", "help"),
        over_draft=True,
        in_group=groups.greet,
    ),
    Command("ngonngu", menu.ask_language, ("ngon ngu", "ngonngu", "doi ngon ngu", "language")),
    Command("tiengviet", menu.speak_vietnamese, ("tieng viet", "tiengviet", "vietnamese")),
    Command("english", menu.speak_english, ("english", "tieng anh", "tienganh")),
    Command(
        "khancap",
        menu.show_numbers,
        ("khan cap", "khancap", "emergency", "sos"),
        loud=("khan cap", "khancap", "sos"),
        over_draft=True,
        in_group=groups.show_numbers,
    ),
    Command(
        "thietlap",
        admin.begin_ward,
        ("thiet lap", "thietlap", "setup", "set up"),
        in_group=binding.set_up,
    ),
    Command("nhap", admin.redeem, ("nhap", "nhap ma", "nhapma", "enter code")),
    Command("moi", admin.begin_invite, ("ma moi", "tao ma moi", "invite")),
    Command("moitruong", admin.invite_chief, ("moi truong cong an", "invite chief")),
)

# What only a button says.
_PRESSED: Final = (
    Command("baotinmoi", lambda turn, rest: begin_anew(turn, "baotin")),
    Command("hoagiaimoi", lambda turn, rest: begin_anew(turn, "hoagiai")),
    Command("baotinkhan", report_urgently, in_group=groups.point_to_report),
)

_BY_TAP: Final = {command.name: command for command in (*COMMANDS, *_PRESSED)}
