"""/dulieu: what the bot holds of a person, in one message; to correct it, to withdraw a consent,
to have everything erased. All in private, all at once, each also by typing its number.
"""

from typing import Final

from actions import consents, people
from actions.audiences import names_of
from actions.my_data import Holdings, ask_erasure, holdings_of
from bot.handlers import menu
from bot.handlers.consenting import shown
from bot.handlers.turn import Turn
from domain.audiences import known
from domain.codes import spoken
from domain.consent import WITHDRAWABLE, ConsentPurpose
from domain.errors import Refused
from domain.notices import Button, Moment, Notice, Param, Text, plain
from domain.phones import spoken_phone
from domain.retention import (
    ERASURE_DAYS,
    FIRST_ANSWER_WORKING_DAYS,
    KEPT_FOR,
    WITHDRAWAL_DAYS,
    Kept,
)
from storage.tables import Consent

_NOTHING: Final = Text("data.nothing")
_CONTROLLER: Final = Text("house.controller")
_MONTH: Final = 30


def show(turn: Turn, rest: str = "") -> None:
    """The summary; an open question is asked again below."""
    turn.say(_summary(turn))
    menu.go_on_asking(turn)


def choose_withdrawal(turn: Turn, rest: str = "") -> None:
    """Which consent to withdraw."""
    standing = holdings_of(turn.db, turn.person, turn.now).withdrawable
    if not standing:
        turn.say(Notice(Text("data.nothing_to_withdraw")))
        return
    buttons = [(f"data.purpose.{each.value}", f"d:withdraw:{each.value}") for each in standing]
    turn.say(Notice(Text("data.withdraw.ask"), _numbered(*buttons)))


def choose_erasure(turn: Turn, rest: str = "") -> None:
    """What would go, what stays and why; asked back once."""
    buttons = (("data.button.erase_all", "d:erase:yes"), ("data.button.dont_erase", "d:show"))
    turn.say(Notice(Text("data.erase.ask"), _numbered(*buttons)))


def on_tap(turn: Turn, rest: str) -> None:
    """A press below one of these messages. Raises Refused for what is no button of ours."""
    what, _, which = rest.partition(":")
    if not turn.incoming.private:
        raise Refused("incident.old_button")
    match what, which:
        case "show", "":
            show(turn)
        case "keep", "":
            turn.say(Notice(Text("data.kept")))
        case "withdraw", "":
            choose_withdrawal(turn)
        case "withdraw", _ if which in WITHDRAWABLE:
            _withdraw(turn, ConsentPurpose(which))
        case "erase", "":
            choose_erasure(turn)
        case "erase", "yes":
            _erase(turn)
        case _:
            raise Refused("incident.old_button")


def _withdraw(turn: Turn, purpose: ConsentPurpose) -> None:
    if not consents.is_given(turn.db, turn.person.id, purpose):
        raise Refused("data.withdrawn_already")
    consents.withdraw(turn.db, turn.person, purpose, turn.now)
    turn.say(Notice(Text(f"data.withdrawn.{purpose.value}")))


def _erase(turn: Turn) -> None:
    seen = shown(turn, ConsentPurpose.ERASURE)
    remaining = ask_erasure(turn.db, turn.person, seen, turn.now)
    codes = ", ".join(map(spoken, remaining.open_codes))
    lines = (
        Text("data.erased"),
        Text("data.erased.open", {"codes": codes}) if codes else Text("text.nothing"),
        Text("data.erased.role") if remaining.has_role else Text("text.nothing"),
        Text("data.erased.chat"),
    )
    turn.say(Notice(Text("data.body", {"lines": lines})))


def _summary(turn: Turn) -> Notice:
    held = holdings_of(turn.db, turn.person, turn.now)
    lines = (*_profile(turn, held), *map(_answer, held.consents), *_kept(held), _clocks())
    buttons = [("data.button.correct", "c:dangky")]
    if held.withdrawable:
        buttons.append(("data.button.withdraw", "d:withdraw"))
    buttons.append(("data.button.erase", "d:erase"))
    return Notice(Text("data.body", {"lines": lines}), _numbered(*buttons))


def _profile(turn: Turn, held: Holdings) -> tuple[Text, ...]:
    person = turn.person
    phone = spoken_phone(person.phone) if person.phone else None
    locale = person.locale if person.locale in people.LOCALES else people.LOCALES[0]
    return (
        Text("data.line.controller", {"controller": _CONTROLLER}),
        Text("data.line.name", {"value": _value(person.name)}),
        Text("data.line.language", {"value": Text(f"menu.language.{locale}")}),
        Text("data.line.neighbourhood", {"value": _value(held.neighbourhood)}),
        Text("data.line.house", {"value": _value(person.house)}),
        Text("data.line.phone", {"value": _value(phone)}),
    )


def _answer(consent: Consent) -> Text:
    """When they agreed, refused, or withdrew it."""
    at = Moment(consent.withdrawn_at or consent.answered_at)
    state = "withdrawn" if consent.withdrawn_at else "given" if consent.given else "refused"
    purpose = Text(f"data.purpose.{consent.purpose}")
    return Text(f"data.consent.{state}", {"purpose": purpose, "at": at})


def _kept(held: Holdings) -> tuple[Text, ...]:
    reports: dict[str, Param] = {
        "number": held.reports,
        "calm_months": _months(Kept.CALM_REPORT),
        "months": _months(Kept.REPORT),
        "link_days": KEPT_FOR[Kept.WITHHELD_LINK].days,
    }
    drafts: dict[str, Param] = {
        "number": held.drafts,
        "open_days": KEPT_FOR[Kept.OPEN_DRAFT].days,
        "cancelled_days": KEPT_FOR[Kept.CANCELLED_DRAFT].days,
    }
    chat: dict[str, Param] = {
        "days": KEPT_FOR[Kept.SENT_WORDS].days,
        "profile_days": KEPT_FOR[Kept.PROFILE].days,
        "silent_months": _months(Kept.ENROLLED),
    }
    return (
        Text("data.line.reports", reports),
        Text("data.line.drafts", drafts),
        *_posts(held),
        Text("data.line.chat", chat),
    )


def _posts(held: Holdings) -> tuple[Text, ...]:
    """What came in private or was written: nothing is said of what there is none of."""
    lines: list[Text] = []
    if known(held.tags):
        lines.append(Text("data.line.tags", {"names": names_of(held.tags)}))
    if held.asked:
        params: dict[str, Param] = {"asked": held.asked, "confirmed": held.confirmed}
        params["days"] = KEPT_FOR[Kept.READING].days
        lines.append(Text("data.line.posts", params))
    if held.announcements:
        written: dict[str, Param] = {"number": held.announcements}
        written["months"] = _months(Kept.ANNOUNCEMENT)
        lines.append(Text("data.line.written", written))
    return tuple(lines)


def _clocks() -> Text:
    clocks: dict[str, Param] = {
        "answer_days": FIRST_ANSWER_WORKING_DAYS,
        "withdrawal_days": WITHDRAWAL_DAYS,
        "erasure_days": ERASURE_DAYS,
    }
    return Text("data.line.clocks", clocks)


def _months(kept: Kept) -> int:
    return KEPT_FOR[kept].days // _MONTH


def _value(known: str | None) -> Text:
    return plain(known) if known else _NOTHING


def _numbered(*buttons: tuple[str, str]) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (Button(Text("menu.numbered", {"number": number, "label": Text(key)}), tap),)
        for number, (key, tap) in enumerate(buttons, start=1)
    )
