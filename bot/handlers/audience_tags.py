"""/nhomtin and /dungnhan: people choose for themselves which groups' news they want, and leave at
once. In private alone, by a press, a number or the group's name.
"""

from collections.abc import Sequence
from typing import Final

from actions import audiences
from actions.announcement_view import list_taps
from actions.audiences import label_of, names_of
from actions.conversations import find_replied_to
from actions.expected import find_newest
from bot.handlers import menu, private_news, schedule
from bot.handlers.consenting import shown
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.audiences import WORDS, Audience, known, named_in
from domain.consent import ConsentPurpose
from domain.errors import Refused
from domain.notices import Button, Notice, Param, Text
from domain.text import fold
from domain.text import words as folded_words
from storage.tables import Outbox

# Five choices at most are seen at once; the fifth leads to the others.
PAGE: Final = 4
_ALL: Final = "all"
_LIST: Final = "s:list:"
_EVERYTHING: Final = frozenset({"tat ca", "het", "tat", "all", "everything"})
_MORE: Final = frozenset({"xem them", "them", "more", "show more"})
# Around a group's name they change nothing.
_FILLERS: Final = frozenset(
    folded_words(
        "va voi cho toi em chau nhan chon them nhom tin cua nguoi a nhe da and the of me please"
    )
)
_OFF: Final = frozenset(folded_words("thoi bo dung ngung off stop leave"))

# "Dừng nhận chủ trọ", "dừng nhận tất cả" as a whole message.
LEAVING: Final = tuple(
    f"{head} {each}"
    for head in ("dung nhan", "stop receiving")
    for each in (*sorted(_EVERYTHING), *(word for several in WORDS.values() for word in several))
)


def show(turn: Turn, rest: str = "") -> None:
    """/nhomtin, with a group's name behind it or not; an open question is asked again below.
    Raises Refused."""
    named, left = named_in(rest)
    if named and not set(left.split()) - _FILLERS:
        _choose(turn, named)
    else:
        _show(turn)
    menu.go_on_asking(turn)


def leave(turn: Turn, rest: str = "") -> None:
    """/dungnhan: out of the groups that are named; else of those of the post that was read last;
    else of all of them. Raises Refused."""
    newest = _read_last(turn)
    if schedule.on_words(turn, newest):
        return
    said = rest or turn.incoming.text
    named, left = named_in(said)
    everything = any(f" {each} " in f" {left} " for each in _EVERYTHING)
    meant = named or (() if everything else audiences.groups_of_post(turn.db, newest))
    if not meant and not audiences.tags_of(turn.db, turn.person):
        private_news.stop(turn)
        return
    _leave(turn, meant or None)
    menu.go_on_asking(turn)


def on_tap(turn: Turn, rest: str) -> None:
    """A press of `on:<group>`, `off:<group>`, `off:all` or `list:<page>`. Raises Refused."""
    what, _, which = rest.partition(":")
    if not turn.incoming.private:
        raise Refused("incident.old_button")
    tags = known([which])
    match what:
        case "list":
            _show(turn, page=find_id(which) or 1)
        case "on" if tags:
            _choose(turn, tags)
        case "off" if tags or which == _ALL:
            _leave(turn, tags or None)
        case _:
            raise Refused("incident.old_button")


def on_words(turn: Turn, row: Outbox | None) -> bool:
    """Whether the words choose, or leave, groups of the list in this message. Raises Refused."""
    if not any(tap.startswith(_LIST) for tap in list_taps(row, turn.now)):
        return False
    said = fold(turn.incoming.text)
    if said in _MORE:
        _show(turn, page=2)
        return True
    numbers, named = _by_number(said), named_in(said)
    if numbers:
        _switch(turn, numbers)
        return True
    words = set(named[1].split())
    if not named[0] or words - _FILLERS - _OFF:
        return False
    _leave(turn, named[0]) if words & _OFF else _choose(turn, named[0])
    return True


def _show(turn: Turn, note: Text | None = None, page: int = 1) -> None:
    if turn.person.neighbourhood_id is None:
        button = Button(Text("tags.button.enrol"), "c:dangky")
        turn.say(Notice(Text("tags.place_first"), ((button,),)))
        return
    turn.say(_list(audiences.tags_of(turn.db, turn.person), note, page))


def _list(chosen: Sequence[Audience], note: Text | None, page: int) -> Notice:
    every = list(enumerate(Audience, start=1))
    first = (page - 1) * PAGE if (page - 1) * PAGE < len(every) else 0
    rows = [(_button(n, each, each in chosen),) for n, each in every[first : first + PAGE]]
    following = first // PAGE + 2 if first + PAGE < len(every) else 1
    rows.append((Button(Text("tags.button.more"), f"{_LIST}{following}"),))
    params: dict[str, Param] = {
        "note": note or Text("tags.ask"),
        "lines": tuple(_line(number, each, each in chosen) for number, each in every),
    }
    return Notice(Text("tags.list", params), tuple(rows))


def _line(number: int, each: Audience, is_chosen: bool) -> Text:
    key = "tags.line.on" if is_chosen else "tags.line.off"
    return Text(key, {"number": number, "name": label_of(each)})


def _button(number: int, each: Audience, is_chosen: bool) -> Button:
    name = label_of(each)
    label = Text("tags.button.off", {"name": name}) if is_chosen else name
    shown_as = Text("menu.numbered", {"number": number, "label": label})
    return Button(shown_as, f"s:{'off' if is_chosen else 'on'}:{each.value}")


def _choose(turn: Turn, tags: Sequence[Audience]) -> None:
    seen = shown(turn, ConsentPurpose.TOPICS)
    for each in tags:
        audiences.choose(turn.db, turn.person, each, seen, turn.now)
    _show(turn, Text("tags.chosen", {"names": names_of([each.value for each in tags])}))


def _switch(turn: Turn, tags: Sequence[Audience]) -> None:
    """Each that is chosen is left, and the other way round."""
    chosen = audiences.tags_of(turn.db, turn.person)
    on = [each for each in tags if each not in chosen]
    if on:
        _choose(turn, on)
    if off := [each for each in tags if each in chosen]:
        _leave(turn, off)


def _leave(turn: Turn, tags: Sequence[Audience] | None) -> None:
    left = audiences.leave(turn.db, turn.person, tags, turn.now)
    kept = audiences.tags_of(turn.db, turn.person)
    params: dict[str, Param] = {}
    if left:
        params["names"] = names_of([each.value for each in left])
    if kept:
        params["kept"] = names_of([each.value for each in kept])
    key = f"tags.left.{'some' if left else 'none'}.{'kept' if kept else 'nothing'}"
    acts = [("tags.button.off_all", f"s:off:{_ALL}")] if kept else []
    acts.append(("tags.button.list", f"{_LIST}1"))
    text = Text(key, params)
    if not kept and (still := private_news.still_on(turn)) is not None:
        text = Text("menu.after", {"before": text, "menu": still})
    turn.say(Notice(text, _numbered(acts)))


def _numbered(acts: Sequence[tuple[str, str]]) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (Button(Text("menu.numbered", {"number": number, "label": Text(key)}), tap),)
        for number, (key, tap) in enumerate(acts, start=1)
    )


def _by_number(said: str) -> list[Audience]:
    """Those of the list that are called by their numbers, if nothing else is said."""
    every = dict(enumerate(Audience, start=1))
    words = [word for word in said.split() if word not in _FILLERS]
    if not words or not all(word.isdecimal() and int(word) in every for word in words):
        return []
    return list(dict.fromkeys(every[int(word)] for word in words))


def _read_last(turn: Turn) -> Outbox | None:
    replied = turn.incoming.reply_to
    row = find_replied_to(turn.db, turn.address.id, replied) if replied else None
    return row or find_newest(turn.db, turn.address.id)
