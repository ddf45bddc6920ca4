"""/chiendich: the chief or an administrator plans a peak campaign in one line, or stops one."""

from collections.abc import Sequence

from actions.campaigns import Planned, begin_campaign, list_campaigns, stop_campaign
from bot.handlers.numbered import numbered
from bot.handlers.tap_data import find_id
from bot.handlers.turn import Turn
from domain.errors import Refused
from domain.notices import Button, Notice, Text

_MOST = 4


def plan(turn: Turn, rest: str) -> None:
    """With a line: begin it. Without: what runs, with buttons that stop it, and how to begin
    one. Raises Refused."""
    if rest.strip():
        begun = begin_campaign(turn.db, turn.person, rest, turn.bot.wards, turn.now)
        turn.say(Notice(_begun(begun), _stops([begun])))
        return
    running = list_campaigns(turn.db, turn.person, turn.bot.wards, turn.now)[:_MOST]
    lines = tuple(Text("law.campaign.line", {"campaign": each.face}) for each in running)
    head = Text("law.campaign.running", {"lines": lines}) if lines else Text("law.campaign.none")
    text = Text("law.campaign.list", {"lines": (head, Text("law.campaign.how"))})
    turn.say(Notice(text, _stops(running)))


def stop(turn: Turn, which: str) -> None:
    """A press: this one ends. Raises Refused."""
    key = find_id(which)
    if key is None:
        raise Refused("incident.old_button")
    stopped = stop_campaign(turn.db, turn.person, key, turn.now)
    turn.say(Notice(Text("law.campaign.stopped", {"campaign": stopped.face})))


def _begun(planned: Planned) -> Text:
    waiting = Text("law.campaign.waiting", {"number": planned.waiting})
    lines = (
        Text("law.campaign.begun", {"campaign": planned.face}),
        Text("law.campaign.first", {"lines": planned.ready})
        if planned.ready
        else Text("law.campaign.nothing_ready"),
        waiting if planned.waiting else Text("text.nothing"),
    )
    return Text("law.campaign.list", {"lines": lines})


def _stops(planned: Sequence[Planned]) -> tuple[tuple[Button], ...]:
    return numbered(
        *(
            (Text("law.button.stop", {"campaign": each.face}), f"k:end:{each.id}")
            for each in planned
        )
    )
