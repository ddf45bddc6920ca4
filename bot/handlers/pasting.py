"""/nhomdan: the groups of a neighbourhood that no bot can join, and "đã dán" for each post in each
of them. In private alone, by a press, a number or words.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zlib import crc32

from actions import pasting
from actions.announcement_reach import reach_of
from actions.announcement_view import list_taps
from actions.paste_news import groups_notice, name_of
from bot.flows.draft import Answer, Draft
from bot.handlers import beginning, conversation, menu
from bot.handlers.numbered import numbered
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.errors import Refused
from domain.notices import Button, Moment, Notice, Param, Text, plain
from domain.text import fold
from storage.announcement_tables import Post
from storage.tables import Neighbourhood, Outbox

# Beside "more" and "add" this many groups are seen at once.
_PAGE: Final = 3
_ALL_AT_ONCE: Final = 4
_DONE: Final = ("da dan", "dan roi", "pasted")
_TAP: Final = "p:done:"


def show(turn: Turn, rest: str = "") -> None:
    """/nhomdan, with the name of one more group behind it or not; an open question is asked again
    below. Raises Refused."""
    around = reach_of(turn.db, turn.person.id, turn.bot.wards).neighbourhoods
    if rest and len(around) == 1:
        _add(turn, around[0].id, rest)
    elif rest:
        _begin(turn, {"name": Answer(words=rest)})
        return
    else:
        _list(turn, around)
    menu.go_on_asking(turn)


def on_tap(turn: Turn, rest: str) -> None:
    """A press of `add`, `list:<page>`, `drop:` or `gone:<neighbourhood>:<group>`, or `done:`,
    `undo:` or `keep:<post>`. Raises Refused."""
    what, _, which = rest.partition(":")
    if not turn.incoming.private:
        raise Refused("incident.old_button")
    match what:
        case "add":
            _begin(turn, {})
        case "list":
            around = reach_of(turn.db, turn.person.id, turn.bot.wards).neighbourhoods
            _list(turn, around, page=find_id(which) or 1)
        case "drop" | "gone":
            _drop(turn, which, sure=what == "gone")
        case "done" | "undo" | "keep" if post_id := find_id(which):
            _mark(turn, what, post_id)
        case _:
            raise Refused("incident.old_button")


def on_words(turn: Turn, row: Outbox | None) -> bool:
    """Whether the words say that a post was pasted ("đã dán 1", "đã dán zalo khu 3", or "đã dán"
    where one group is left): a post of this message, else the newest one. Raises Refused."""
    said = fold(turn.incoming.text)
    head = next((each for each in _DONE if f"{said} ".startswith(f"{each} ")), None)
    if head is None or not (around := _meant(turn, row)):
        return False
    rest = said.removeprefix(head).strip()
    if rest.isdecimal() and 1 <= int(rest) <= len(around):
        _mark(turn, "done", around[int(rest) - 1].id)
        return True
    waiting = [each for each in around if each.pasted_at is None]
    named = [each for each in around if rest and fold(each.paste_group or "") == rest]
    if rest and not named:
        return False
    if len(meant := named or waiting) == 1:
        _mark(turn, "done", meant[0].id)
    else:
        turn.say(groups_notice(around, Text("pasting.which")))
    return True


def _meant(turn: Turn, row: Outbox | None) -> list[Post]:
    taps = [tap for tap in list_taps(row, turn.now) if tap.startswith(_TAP)]
    post_id = find_id(taps[0].removeprefix(_TAP)) if taps else None
    if post_id is not None:
        return pasting.marked_of(turn.db, post_id, turn.person).around
    return pasting.list_open(turn.db, turn.person, turn.now)


def finish(turn: Turn, draft: Draft) -> None:
    """Keep the group that was named. Raises Refused."""
    place = draft.get("neighbourhood").choice
    if not place.isdecimal():
        raise Refused("announcing.no_neighbourhood")
    _add(turn, int(place), draft.get("name").words)


def _begin(turn: Turn, answers: dict[str, Answer]) -> None:
    around = reach_of(turn.db, turn.person.id, turn.bot.wards)
    context = {**beginning.context_of(around), "neighbourhood": None}
    conversation.begin(turn, "paste_group", context, answers)


def _add(turn: Turn, place: int, name: str) -> None:
    kept = pasting.add_group(turn.db, turn.person, place, name)
    turn.say(Notice(Text("pasting.added", {"name": plain(kept)}), _ways()))


def _list(turn: Turn, around: Sequence[Neighbourhood], page: int = 1) -> None:
    every = [(p, name) for p in around for name in pasting.list_groups(turn.db, p.id)]
    size = len(every) if len(every) <= _ALL_AT_ONCE else _PAGE
    first = (page - 1) * size if (page - 1) * size < len(every) else 0
    seen = every[first : first + size]
    choices = [
        (Text("pasting.button.drop", {"name": plain(name)}), f"p:drop:{p.id}:{_key(name)}")
        for p, name in seen
    ]
    choices.append((Text("pasting.button.add"), "p:add"))
    if size < len(every):
        following = page + 1 if first + size < len(every) else 1
        choices.append((Text("pasting.button.more"), f"p:list:{following}"))
    lines = tuple(
        Text("pasting.list.line", {"name": plain(name), "place": plain(p.name)})
        for p, name in seen
    )
    text = Text("pasting.list", {"lines": lines}) if lines else Text("pasting.list.none")
    turn.say(Notice(text, numbered(*choices)))


def _drop(turn: Turn, which: str, *, sure: bool) -> None:
    number, _, key = which.partition(":")
    place = find_id(number) or 0
    pasting.require_leads(turn.db, turn.person, place)
    names = pasting.list_groups(turn.db, place)
    at = next((n for n, name in enumerate(names) if _key(name) == key), None)
    if at is None:
        raise Refused("pasting.refused.gone")
    params: dict[str, Param] = {"name": plain(names[at])}
    if sure:
        pasting.remove_group(turn.db, turn.person, place, at)
        turn.say(Notice(Text("pasting.dropped", params), _ways()))
        return
    choices = (
        (Text("pasting.button.drop_yes"), f"p:gone:{which}"),
        (Text("pasting.button.drop_no"), "p:list:1"),
    )
    turn.say(Notice(Text("pasting.drop.ask", params), numbered(*choices)))


def _key(name: str) -> str:
    """Short enough for a button, and another one for another name."""
    return f"{crc32(fold(name).encode()):08x}"


def _mark(turn: Turn, what: str, post_id: int) -> None:
    if what == "undo":
        marked = pasting.unmark_pasted(turn.db, post_id, turn.person)
    elif what == "keep":
        marked = pasting.marked_of(turn.db, post_id, turn.person)
    else:
        marked = pasting.mark_pasted(turn.db, post_id, turn.person, turn.now)
        if marked.before:
            _ask_undo(turn, marked)
            return
    left = sum(each.pasted_at is None for each in marked.around)
    key = f"pasting.marked.{'all' if not left else what}"
    params: dict[str, Param] = {} if not left else {"name": name_of(marked.post), "left": left}
    turn.say(groups_notice(marked.around, Text(key, params)))


def _ask_undo(turn: Turn, marked: pasting.Marked) -> None:
    at: datetime = marked.post.pasted_at or turn.now
    params: dict[str, Param] = {"name": name_of(marked.post), "at": Moment(at)}
    choices = (
        (Text("pasting.button.undo_yes"), f"p:undo:{marked.post.id}"),
        (Text("pasting.button.undo_no"), f"p:keep:{marked.post.id}"),
    )
    turn.say(Notice(Text("pasting.undo.ask", params), numbered(*choices)))


def _ways() -> tuple[tuple[Button, ...], ...]:
    add, every = Text("pasting.button.add"), Text("pasting.button.list")
    return numbered((add, "p:add"), (every, "p:list:1"))
