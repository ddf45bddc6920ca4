"""“Đã nắm được”, by its button, by words, or as a reply; and for a leader which households have
not, with one reminder. All in private.
"""

from datetime import timedelta
from typing import Final

from actions import confirmations
from actions.announcement_face import named
from actions.confirmations import Confirmed, Household
from actions.reminding import remind
from bot.handlers import private_news
from bot.handlers.numbered import numbered
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.errors import Refused
from domain.lengths import shortened
from domain.notices import Moment, Notice, Param, Text, plain
from domain.text import fold
from domain.text import words as words_in
from storage.tables import Outbox

# Households on a page of the list.
PAGE: Final = 20
_NAME_LETTERS: Final = 40
_WORDS: Final = frozenset(
    {
        "1", "ok", "oke", "okay", "oki", "roi", "da", "vang", "da nam duoc", "da nam", "nam duoc",
        "nam roi", "da ro", "ro roi", "da biet", "biet roi", "da doc", "doc roi", "da xem",
        "xem roi", "da hieu", "hieu roi", "got it", "i have read this", "read it", "noted",
        "understood",
    }
)  # fmt: skip
# Around one of them they change nothing; "đã biết ai lấy xe" says something else.
_BESIDE: Final = frozenset(
    words_in(
        "ok oke okay oki da vang u uh roi a ak nhe nha nhé em toi minh chau con nha gia dinh bac "
        "co chu anh chi ong ba duoc thong tin bai xem doc nam biet hieu ro het cam on thanks yes "
        "i have it this"
    )
)
_NOT: Final = frozenset({"chua", "khong", "ko", "chang", "ai"})
_SHORT: Final = 8
_ABOUT: Final = "reading"
_TODAY: Final = timedelta(hours=6)


def on_tap(turn: Turn, rest: str) -> None:
    """A press of `<occurrence id>:<what>`, or of what is sent in private. Raises Refused."""
    if not turn.incoming.private:
        raise Refused("incident.old_button")
    number, _, what = rest.partition(":")
    if private_news.on_tap(turn, number, what):
        return
    occurrence_id = find_id(number)
    deed, _, page = what.partition(":")
    if occurrence_id is None:
        raise Refused("incident.old_button")
    match deed:
        case "read":
            turn.pop_up(_confirm(turn, occurrence_id))
        case "list":
            _list(turn, occurrence_id, find_id(page) or 1)
        case "remind":
            _remind(turn, occurrence_id)
        case _:
            raise Refused("incident.old_button")


def on_words(turn: Turn, row: Outbox | None) -> bool:
    """Whether the words confirm what this message asks, or what arrived after it: a post that
    had to wait stands below what was said meanwhile. Raises Refused."""
    if not _says_so(turn.incoming.text):
        return False
    arrived = confirmations.find_arrived(turn.db, turn.address.id, row)
    for each in (arrived, row):
        occurrence_id = confirmations.asked_by(turn.db, each, turn.person)
        if occurrence_id is not None:
            _say(turn, occurrence_id)
            return True
    about, _, number = ((row.concerns if row else "") or "").partition(":")
    if about != _ABOUT or (again := find_id(number)) is None:
        return False
    _say(turn, again)
    return True


def on_reply(turn: Turn, row: Outbox) -> bool:
    """The same as a reply, also while something else is being answered. Raises Refused."""
    if not _says_so(turn.incoming.text):
        return False
    occurrence_id = confirmations.asked_by(turn.db, row, turn.person)
    if occurrence_id is None:
        return False
    _say(turn, occurrence_id)
    return True


def _says_so(text: str) -> bool:
    """Whether a short message says that it was read, and nothing else."""
    said = fold(text).split()
    if not said or len(said) > _SHORT or "?" in text:
        return False
    if " ".join(said) in _WORDS:
        return True
    around = f" {' '.join(said)} "
    if "nắm" in words_in(text) and not _NOT.intersection(said):
        return True
    return set(said) <= _BESIDE and any(f" {each} " in around for each in _WORDS)


def _say(turn: Turn, occurrence_id: int) -> None:
    """What was noted; said once more below it, it is noted already."""
    turn.say(Notice(_confirm(turn, occurrence_id)), concerns=f"{_ABOUT}:{occurrence_id}")


def show(turn: Turn, rest: str = "") -> None:
    """/danam: what asked to be confirmed lately. Raises Refused for whoever may not know."""
    found = confirmations.list_lately(turn.db, turn.person, turn.now)
    if len(found) == 1:
        _list(turn, found[0][0].id, 1)
        return
    lines: list[Text] = []
    choices: list[tuple[Text, str]] = []
    for at, (occurrence, missing) in enumerate(found, start=1):
        params: dict[str, Param] = {
            "at": Moment(occurrence.sent_at or occurrence.due_at),
            "confirmed": missing.confirmed,
            "asked": missing.asked,
        }
        what: dict[str, Param] = {"number": at, "what": named(missing.announcement)}
        lines.append(Text("reading.lately.line", {**what, **params}))
        choices.append((Text("reading.lately.label", params), f"n:{occurrence.id}:list"))
    turn.say(Notice(Text("reading.lately", {"lines": tuple(lines)}), numbered(*choices)))


def _confirm(turn: Turn, occurrence_id: int) -> Text:
    at = confirmations.confirmed_at(turn.db, occurrence_id, turn.person) or turn.now
    done = confirmations.confirm(turn.db, occurrence_id, turn.person, turn.now)
    # Two posts may wait: whoever typed it sees which one was meant.
    params: dict[str, Param] = {"what": named(confirmations.asked_about(turn.db, occurrence_id))}
    if done is Confirmed.AGAIN:
        params["at"] = Moment(at, "time" if turn.now - at < _TODAY else "full")
    return Text(f"reading.did.{done.value}", params)


def _list(turn: Turn, occurrence_id: int, page: int) -> None:
    missing = confirmations.list_missing(turn.db, occurrence_id, turn.person, turn.now)
    params: dict[str, Param] = {
        "what": named(missing.announcement),
        "confirmed": missing.confirmed,
        "asked": missing.asked,
    }
    if not missing.households:
        turn.say(Notice(Text("reading.list.all", params)))
        return
    first = (page - 1) * PAGE if (page - 1) * PAGE < len(missing.households) else 0
    shown = missing.households[first : first + PAGE]
    params["lines"] = tuple(_line(each) for each in shown)
    choices = []
    if missing.may_remind:
        choices.append((Text("reading.list.remind"), f"n:{occurrence_id}:remind"))
    if len(missing.households) > PAGE:
        after = first // PAGE + 2 if first + PAGE < len(missing.households) else 1
        choices.append((Text("reading.list.more"), f"n:{occurrence_id}:list:{after}"))
    turn.say(Notice(Text("reading.list", params), numbered(*choices)))


def _line(household: Household) -> Text:
    known = [shortened(each.name, _NAME_LETTERS) for each in household.people if each.name]
    names = plain(", ".join(known)) if known else Text("reading.list.nameless")
    house = household.people[0].house
    if not house:
        return Text("reading.list.line", {"names": names})
    return Text("reading.list.line.house", {"names": names, "house": plain(house)})


def _remind(turn: Turn, occurrence_id: int) -> None:
    reached, missed = remind(turn.db, occurrence_id, turn.person, turn.now)
    key = "reading.reminded.missed" if missed else "reading.reminded"
    params: dict[str, Param] = {"reached": reached}
    if missed:
        params["missed"] = missed
    turn.say(Notice(Text(key, params)))
