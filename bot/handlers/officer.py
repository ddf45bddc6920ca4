"""Officers in the duty chat: presses on the card, replies to it and to what the bot asked
there, and /vuviec. Every deed works by a press and by typed words alike.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from actions import handling
from actions.card_face import digest_of, open_button
from actions.cards import open_card
from actions.desk_matters import (
    LISTED,
    OpenPage,
    find_desk,
    get_by_code,
    get_incident,
    list_open,
)
from actions.readings import note_reading
from actions.receipts import put_waiting_cards
from actions.standings import standings_of
from bot.handlers import groups, warning
from bot.handlers import officer_asking as asking
from bot.handlers import officer_questions as questions
from bot.handlers.officer_words import act_in, question_in
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.access import may_handle_incident
from domain.codes import spoken
from domain.errors import Refused
from domain.incidents import Act, Destination, Outcome
from domain.notices import Button, Moment, Notice, Param, Text
from storage.tables import Incident, Outbox


def on_tap(turn: Turn, rest: str) -> None:
    """A press on a card or on a list of choices: `<incident id>:<what>[:<which>]`. Raises
    Refused."""
    number, _, pressed = rest.partition(":")
    what, _, which = pressed.partition(":")
    if number == "list" and (page := find_id(what)):
        _show_more(turn, page)
        return
    deed, incident_id = _DEEDS.get((what, which)), find_id(number)
    if deed is None or incident_id is None:
        raise Refused("incident.old_button")
    turn.tap_answer = deed(turn, incident_id)


def on_reply(turn: Turn, row: Outbox) -> bool:
    """A reply to one of the bot's messages about an incident; False where it is none of ours."""
    about, _, number = (row.concerns or "").partition(":")
    incident_id = find_id(number.partition(":")[0])
    if about not in ("incident", *questions.SUBJECTS) or incident_id is None:
        return False
    try:
        said = _reply(turn, about, incident_id, row)
    except Refused as refused:
        said = refused.text
    if said is not None:
        turn.say(Notice(text=said), answers=row.id)
    return True


def show(turn: Turn, rest: str) -> None:
    """/vuviec in a group: in a duty chat with a code the whole card again, without one what is
    open, and the cards that never arrived; in any other group the way to the private chat.
    Raises Refused."""
    ward_code = find_desk(turn.db, turn.address.id, turn.person.id)
    if ward_code is None:
        groups.point_to_private(turn)
    elif rest.strip():
        incident = get_by_code(turn.db, ward_code, rest)
        note_reading(turn.db, incident, turn.person, turn.now)
        open_card(turn.db, incident, turn.address, turn.now)
    else:
        put_waiting_cards(turn.db, ward_code, turn.now)
        turn.say(_list(turn, list_open(turn.db, ward_code)))


def _show_more(turn: Turn, page: int) -> None:
    ward_code = find_desk(turn.db, turn.address.id, turn.person.id)
    if ward_code is None:
        raise Refused("incident.old_button")
    turn.say(_list(turn, list_open(turn.db, ward_code, page)))


def _open(turn: Turn, incident_id: int) -> None:
    incident = handling.require_officer(turn.db, incident_id, turn.person)
    if find_desk(turn.db, turn.address.id, turn.person.id) != incident.ward_code:
        raise Refused("incident.old_button")
    note_reading(turn.db, incident, turn.person, turn.now)
    open_card(turn.db, incident, turn.address, turn.now)


def _do(turn: Turn, incident_id: int, act: Act) -> Text:
    """The deed, or the question that it needs; what to tell whoever did it."""
    match act:
        case Act.TAKE:
            done = handling.acknowledge(turn.db, incident_id, turn.person, turn.now)
        case Act.SET_OUT:
            done = handling.set_on_the_way(turn.db, incident_id, turn.person, turn.now)
        case _:
            done = handling.require_act(turn.db, incident_id, act, turn.person)
            questions.ask(turn, done, act)
    told = act in (Act.TAKE, Act.SET_OUT)
    area = questions.area_of(turn, done) if told else "card"
    return Text(f"{area}.done.{act.value}", {"code": spoken(done.code)})


def _reply(turn: Turn, about: str, incident_id: int, row: Outbox) -> Text | None:
    if about != "incident":
        return questions.answer(turn, about, incident_id, row)
    incident = get_incident(turn.db, incident_id)
    words = turn.incoming.text
    areas = warning.asked_in(words)
    if areas is not None:
        warning.on_card(turn, incident, areas)
        return None
    act = act_in(words)
    if act is not None:
        done = _do(turn, incident_id, act)
        # Below a list of choices there is nothing more to say.
        return done if act in (Act.TAKE, Act.SET_OUT) else None
    question = question_in(words)
    if question:
        return asking.propose(turn, incident, question)
    # Officers also talk among themselves by replying; only whoever may act gets a hint.
    if words and may_handle_incident(standings_of(turn.db, turn.person.id), incident.ward_code):
        return Text("card.not_understood", {"code": spoken(incident.code)})
    return None


def _list(turn: Turn, page: OpenPage) -> Notice:
    if not page.incidents:
        return Notice(text=Text("card.list.none"))
    shown = tuple(enumerate(page.incidents, start=page.first))
    lines = tuple(_line(turn, number, incident) for number, incident in shown)
    buttons = tuple((open_button(incident, number),) for number, incident in shown)
    if page.has_more:
        following = page.first // LISTED + 2
        buttons = (*buttons, (Button(Text("incident.button.more"), tap=f"i:list:{following}"),))
    text = Text("card.list", {"count": page.count, "lines": lines})
    return Notice(text=text, buttons=buttons)


def _line(turn: Turn, number: int, incident: Incident) -> Text:
    params: dict[str, Param] = {"number": number, "digest": digest_of(turn.db, incident)}
    params["state"] = Text(f"incident.state.{incident.state}")
    if incident.withdrawn_at is not None:
        params["state"] = Text("card.list.withdrawn")
    params["at"] = Moment(incident.created_at, "time")
    return Text("card.list.line", params)


_Deed = Callable[[Turn, int], Text | None]
_DEEDS: Final[Mapping[tuple[str, str], _Deed]] = {
    ("open", ""): _open,
    (asking.SEND, ""): asking.send_pressed,
    **{(act.value, ""): partial(_do, act=act) for act in Act},
    **{(questions.DONE, o.value): partial(questions.close, outcome=o) for o in Outcome},
    **{(questions.TO, to.value): partial(questions.hand_over, to=to) for to in Destination},
}
