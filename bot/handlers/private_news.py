"""What comes into the private chat unasked, and only with a yes of its own for each: urgent news
of the neighbourhood, and posts that ask to be confirmed. Seen, chosen and stopped at any time.
"""

from typing import Final

from actions import consents, private_news
from bot.handlers import menu
from bot.handlers.numbered import numbered
from bot.handlers.turn import Turn
from domain.consent import IN_PRIVATE, QUESTIONS, ConsentPurpose
from domain.errors import Refused
from domain.notices import Notice, Param, Text, plain
from domain.retention import KEPT_FOR, Kept

_BY_NAME: Final = {purpose.value: purpose for purpose in IN_PRIVATE}


def show(turn: Turn, rest: str = "") -> None:
    """/nhantin: what comes here, to be chosen or stopped. Raises Refused where nobody knows of
    which neighbourhood."""
    params: dict[str, Param] = {"place": _place(turn)}
    choices = []
    for purpose in IN_PRIVATE:
        state = "on" if consents.is_given(turn.db, turn.person.id, purpose) else "off"
        params[purpose.value] = Text(f"reading.news.{state}")
        label = Text(f"reading.news.button.{purpose.value}.{state}")
        act = "stop" if state == "on" else "ask"
        choices.append((label, f"n:{purpose.value}:{act}"))
    turn.say(Notice(Text("reading.news", params), numbered(*choices)))
    menu.go_on_asking(turn)


def stop(turn: Turn, rest: str = "") -> None:
    """/thoinhan: nothing of it any more, at once."""
    stopped = private_news.stop_all(turn.db, turn.person, turn.now)
    turn.say(Notice(Text("reading.stopped" if stopped else "reading.not_stopped")))
    menu.go_on_asking(turn)


def still_on(turn: Turn) -> Text | None:
    """What still comes here, and how to stop it, where anything does."""
    on = any(consents.is_given(turn.db, turn.person.id, each) for each in IN_PRIVATE)
    if not on or turn.person.neighbourhood_id is None:
        return None
    return Text("reading.still_on", {"place": _place(turn)})


def offer(turn: Turn) -> None:
    """After the enrolment: the first question that has no yes yet."""
    if turn.person.neighbourhood_id is not None:
        _ask_after(turn, None)


def on_tap(turn: Turn, name: str, act: str) -> bool:
    """A press of `<purpose>:<ask, stop, yes or no>`; False where it is another button. Raises
    Refused."""
    purpose = _BY_NAME.get(name)
    if purpose is None:
        return False
    match act:
        case "ask":
            _place(turn)
            _ask(turn, purpose, more=False)
        case "stop":
            consents.withdraw(turn.db, turn.person, purpose, turn.now)
            turn.say(Notice(Text(f"reading.{name}.no")))
        case "yes" | "yes_then" | "no" | "no_then":
            _answer(turn, purpose, act)
        case _:
            raise Refused("incident.old_button")
    return True


def _answer(turn: Turn, purpose: ConsentPurpose, act: str) -> None:
    given = act.startswith("yes")
    place = _place(turn) if given else Text("text.nothing")
    question = _question(purpose)
    words = turn.bot.words_of(question, turn.person.locale)
    at = private_news.asked_at(turn.db, turn.address.id, question.key) or turn.now
    seen = consents.Shown(question.key, words, turn.person.locale, turn.bot.name, at)
    private_news.choose(turn.db, turn.person, purpose, given, seen, turn.now)
    params: dict[str, Param] = {"place": place} if given else {}
    turn.say(Notice(Text(f"reading.{purpose.value}.{'yes' if given else 'no'}", params)))
    if act.endswith("_then"):
        _ask_after(turn, purpose)


def _ask_after(turn: Turn, last: ConsentPurpose | None) -> None:
    left = IN_PRIVATE[IN_PRIVATE.index(last) + 1 :] if last else IN_PRIVATE
    for purpose in left:
        if not consents.is_given(turn.db, turn.person.id, purpose):
            _ask(turn, purpose, more=True)
            return


def _ask(turn: Turn, purpose: ConsentPurpose, *, more: bool) -> None:
    """One question for each purpose, with nothing preselected; silence is no consent."""
    then = "_then" if more else ""
    buttons = numbered(
        *(
            (Text(f"reading.{purpose.value}.button.{answer}"), f"n:{purpose.value}:{answer}{then}")
            for answer in ("yes", "no")
        )
    )
    turn.say(Notice(_question(purpose), buttons))


def _question(purpose: ConsentPurpose) -> Text:
    if purpose is ConsentPurpose.CONFIRM:
        return Text(QUESTIONS[purpose], {"days": KEPT_FOR[Kept.READING].days})
    return Text(QUESTIONS[purpose])


def _place(turn: Turn) -> Text:
    return plain(private_news.place_of(turn.db, turn.person))
