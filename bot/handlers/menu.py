"""What greets a person: the menu with the numbers to call, help, the languages, and what to
do in an emergency. The numbers are always the first line.
"""

from typing import Final

from actions import conversations, people
from actions.expected import find_newest
from actions.standings import standings_of
from actions.wards import surroundings_of
from bot.handlers import conversation
from bot.handlers.first_line import NUMBERS
from bot.handlers.turn import Turn
from domain.notices import Button, Notice, Text
from domain.roles import Role
from domain.text import words

# In the order of the menu, so that the number of an entry can be typed.
ENTRIES: Final = ("baotin", "khancap", "vuviec", "hoagiai", "trogiup")
# For whoever may speak to neighbourhoods; five are seen at once, and the help names the others.
ANNOUNCING: Final = ("baotin", "khancap", "thongbao", "lich", "trogiup")

_MOST_COURTEOUS_WORDS: Final = 8
# Accents count: "bạn" greets, "bắn" does not. Without any, the plain words are taken so.
_COURTEOUS: Final = frozenset(
    words(
        "à ạ alô anh bạn bác bà con buổi các cảm cám ơn chào chị chiều chú cô cậu cháu dạ đi "
        "được em xin kính mọi người nhé nhá ông ơi rồi sáng tối tôi trưa tốt lắm vâng mình chúc "
        "ngày vui ừ ừm đã biết "
        "a ak ad admin alo aloo alooo bac ban bot buoi cac cam camon chao chi chieu chu co cau "
        "chau da dc duoc e hello helo hey hi kinh lam moi nguoi nha nhe oi ok oke okay okie on "
        "ong roi sang toi tot trua u uh uhm um vang xin "
        "afternoon evening good morning much so thank thanks thx tks tysm very you"
    )
)
# No list is so long; the numbers to call are.
_TO_CALL: Final = 100


def greet(turn: Turn, rest: str = "") -> None:
    """The menu; above it who speaks here, for who was never spoken to."""
    hello = None
    if find_newest(turn.db, turn.address.id) is None:
        around = surroundings_of(turn.db, turn.person, turn.bot.wards)
        hello = conversation.hello(turn, around.ward.code if around.ward else "")
    show(turn, hello)


def show(turn: Turn, before: Text | None = None) -> None:
    """The menu, after a line about something else. Where answers stand open, their question
    instead: a number that is typed next must not mean two things."""
    row = conversation.find(turn)
    if row is not None and conversations.has_answers(row):
        conversation.ask_again(turn, row, before or Text("menu.still_open"))
        return
    if row is not None:
        conversations.end_draft(turn.db, row.id, "cancelled", turn.now)
    turn.say(notice_for(turn, before))


def notice_for(turn: Turn, before: Text | None = None) -> Notice:
    """The menu as this person needs it."""
    return menu_notice(before, _entries_of(turn))


def _entries_of(turn: Turn) -> tuple[str, ...]:
    held = {standing.role for standing in standings_of(turn.db, turn.person.id)}
    return ANNOUNCING if held & _INVITING else ENTRIES


def say_no_such_number(turn: Turn, number: int) -> None:
    """A number counts only below the list that has it. Whoever types 113 here wants help: the
    menu, with the numbers to call above it."""
    if number >= _TO_CALL:
        turn.say(notice_for(turn))
        return
    turn.say(Notice(Text("command.no_such_number", {"number": str(number)})))


def menu_notice(before: Text | None = None, entries: tuple[str, ...] = ENTRIES) -> Notice:
    """The menu: the numbers to call, whatever `before` says about something else, and then
    what else there is."""
    trial = Text("text.nothing") if before and before.key == "menu.lines" else _TRIAL
    said = (before, Text("menu.menu")) if before else (Text("menu.menu"),)
    parts = tuple(Text("menu.below", {"text": each}) for each in said)
    text = Text("menu.lines", {"lines": (NUMBERS, trial, *parts)})
    return Notice(text, tuple((_entry(at, name),) for at, name in enumerate(entries, start=1)))


def _entry(at: int, name: str) -> Button:
    label = Text("menu.numbered", {"number": at, "label": Text(f"menu.entry.{name}")})
    return Button(label, f"c:{name}")


def explain(turn: Turn, rest: str = "") -> None:
    """What can be typed, more for who holds a role; then the open question again."""
    held = {standing.role for standing in standings_of(turn.db, turn.person.id)}
    more = (
        *((Text("menu.help.police"),) if held & _POLICE else ()),
        *((Text("menu.help.announcing"),) if held & _INVITING else ()),
        *((Text("menu.help.inviting"),) if held & _INVITING else ()),
        *((Text("menu.help.law"),) if held & _APPROVING else ()),
        *((Text("menu.help.ward"),) if Role.ADMINISTRATOR in held else ()),
    )
    text = Text("menu.help.all", {"numbers": NUMBERS, "more": more})
    turn.say(Notice(text, (_LANGUAGES, _HOME)))
    go_on_asking(turn)


def ask_language(turn: Turn, rest: str = "") -> None:
    """Which language to speak."""
    turn.say(Notice(Text("menu.language.ask"), (_LANGUAGES,)))


def speak_vietnamese(turn: Turn, rest: str = "") -> None:
    """From now on."""
    set_language(turn, "vi")


def speak_english(turn: Turn, rest: str = "") -> None:
    """From now on."""
    set_language(turn, "en")


def set_language(turn: Turn, locale: str) -> None:
    """A press of a language (`l:vi`); what stands open is asked again in it."""
    if locale not in people.LOCALES or not turn.address.private:
        return
    people.set_locale(turn.db, turn.person, locale)
    turn.say(Notice(Text("menu.language.set")))
    go_on_asking(turn)


def is_courtesy(text: str) -> bool:
    """Whether it is nothing but a greeting, thanks, or a nod, and so no report."""
    said = words(text)
    return len(said) <= _MOST_COURTEOUS_WORDS and all(word in _COURTEOUS for word in said)


def go_on_asking(turn: Turn) -> None:
    """Ask the open question again, where there is one. Below a list, whose numbers are typed
    next, it is not repeated (see set_apart.py)."""
    row = None if turn.listed else conversation.find(turn)
    if row is not None:
        conversation.ask_again(turn, row)


_POLICE: Final = frozenset({Role.CHIEF, Role.OFFICER})
_APPROVING: Final = frozenset({Role.ADMINISTRATOR, Role.CHIEF})
_INVITING: Final = frozenset({Role.ADMINISTRATOR, Role.CHIEF, Role.OFFICER, Role.LEADER})
_TRIAL: Final = Text("house.trial")
_LANGUAGES: Final = (
    Button(Text("menu.language.vi"), "l:vi"),
    Button(Text("menu.language.en"), "l:en"),
)
_HOME: Final = (Button(Text("menu.button.menu"), "c:menu"),)
