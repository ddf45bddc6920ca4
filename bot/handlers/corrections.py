"""/dinhchinh: what went out is opened, and gets other words, is cancelled, ends with an all-clear,
or goes on for longer. All in private, by a press, a number, or words.
"""

from typing import Final

from actions import corrections
from actions.all_clear import extend
from actions.announcement_face import named
from actions.corrections import Wanted, find_coded, list_posted, require_posted
from actions.expected import list_buttons
from bot.flows import correction as flow
from bot.flows.draft import Draft
from bot.flows.outcomes import Outcome, Retry, Review
from bot.flows.warning_until import until_of
from bot.handlers import menu
from bot.handlers.correction_choices import CODE, DEEDS, KINDS, POST
from bot.handlers.numbered import numbered
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.announcing import Sort, State
from domain.choices import nod
from domain.codes import WrongCheckDigit, parse_code, spoken
from domain.errors import Refused
from domain.notices import Button, Moment, Notice, Param, Text
from storage.tables import Outbox

# Announcements are read by everybody, in the language of the country.
_SPOKEN: Final = "vi"
# Five choices at most are seen at once.
_LISTED: Final = 5


def show(turn: Turn, rest: str = "") -> None:
    """/dinhchinh with a code, or the list of what went out lately. Raises Refused."""
    _by_code(turn, rest, "open", ordinary=True)


def show_all_clear(turn: Turn, rest: str = "") -> None:
    """/antoan, "báo an toàn" with a code or without. Raises Refused."""
    _by_code(turn, rest, "clear", ordinary=False)


def on_tap(turn: Turn, rest: str) -> None:
    """A press of `<announcement id>:<what>`, or of the list. In a duty chat it leads to the
    private one, where one is asked. Raises Refused."""
    number, _, what = rest.partition(":")
    if number == "list":
        _list(turn, ordinary=True)
        return
    deed, key = DEEDS.get(what), find_id(number)
    if deed is None or key is None:
        raise Refused("incident.old_button")
    if turn.incoming.private:
        deed(turn, key)
        return
    found = require_posted(turn.db, key, turn.person)
    link = turn.bot.start_link(f"dc_{found.code}")
    button = Button(Text("correction.button.private"), link=link)
    turn.say(Notice(Text("correction.in_private", {"code": spoken(found.code)}), ((button,),)))


def on_unclear_reply(turn: Turn, row: Outbox) -> bool:
    """Whether whoever may answer replied to a question about a post without naming an answer;
    they are told how. What officers say to each other below it stays among them."""
    taps = [each.tap or "" for each in list_buttons(row, turn.now)]
    keys = [find_id(tap.split(":")[1]) for tap in taps if tap.startswith("x:")]
    if not keys or keys[0] is None or nod(turn.incoming.text) is None:
        return False
    try:
        require_posted(turn.db, keys[0], turn.person)
    except Refused:
        return False
    turn.say(Notice(Text("correction.reply_how")), answers=row.id)
    return True


def show_post(turn: Turn, before: Draft | None, outcome: Outcome) -> None:
    """Above the review stands the short message, exactly as it will be posted."""
    draft = outcome.draft
    if draft.step != "review" or draft.offered or draft.flow not in KINDS:
        return
    if not isinstance(outcome, Review | Retry):
        return
    stood = before if before and (before.step == "review" or before.editing) else None
    if stood is not None and stood.answers == draft.answers:
        return
    try:
        code = str(draft.context.get(CODE) or "")
        notice = corrections.preview_of(
            turn.db, turn.person, _wanted(turn, draft), code, turn.bot.name, turn.now
        )
    except Refused as refused:
        notice = Notice(refused.text)
    turn.say(notice)


def finish(turn: Turn, draft_id: int, draft: Draft) -> None:
    """Do it. Raises Refused."""
    if draft.flow == "extension":
        _extend(turn, draft)
        return
    made = corrections.correct(
        turn.db, turn.person, _wanted(turn, draft), draft_id, turn.bot.name, turn.now,
        turn.random_below, code=str(draft.context.get(CODE) or "") or None,
    )  # fmt: skip
    waits = made.state == State.WAITING.value
    params: dict[str, Param] = {"code": spoken(made.code)}
    how = "waiting" if waits else KINDS[draft.flow].value
    buttons: tuple[tuple[Button, ...], ...] = ()
    if waits:
        button = Button(Text("announcing.act.take_back"), f"t:{made.id}:take_back")
        buttons = ((button,),)
    turn.say(Notice(Text(f"correction.done.{how}", params), buttons))


def _extend(turn: Turn, draft: Draft) -> None:
    until = until_of(draft)
    if until is None:
        raise Refused("correction.refused.until")
    extend(turn.db, _id_in(draft), turn.person, until, turn.now)
    turn.say(Notice(Text("correction.done.extended", {"at": Moment(until)})))


def _by_code(turn: Turn, rest: str, what: str, *, ordinary: bool) -> None:
    if not rest.strip():
        _list(turn, ordinary=ordinary)
        menu.go_on_asking(turn)
        return
    try:
        code = parse_code(rest)
    except WrongCheckDigit as fault:
        raise Refused("incident.code.mistyped") from fault
    DEEDS[what](turn, find_coded(turn.db, code or "").id)


def _list(turn: Turn, *, ordinary: bool) -> None:
    """What went out lately, the newest first; older ones are named by their code."""
    found = list_posted(turn.db, turn.person, turn.now)
    listed = [each for each in found if ordinary or Sort(each.sort).is_urgent][:_LISTED]
    what = "open" if ordinary else "clear"
    if not listed:
        turn.say(Notice(Text(f"correction.list.none.{what}")))
        return
    choices = ((named(each), f"x:{each.id}:{what}") for each in listed)
    turn.say(Notice(Text(f"correction.list.{what}"), numbered(*choices)))


def _wanted(turn: Turn, draft: Draft) -> Wanted:
    said = turn.bot.plain_of(flow.words_of(draft), _SPOKEN)
    kind, shows = KINDS[draft.flow], flow.shows_person(draft)
    return Wanted(_id_in(draft), said, kind, shows_person=shows)


def _id_in(draft: Draft) -> int:
    known = draft.context.get(POST)
    return known if isinstance(known, int) else 0
