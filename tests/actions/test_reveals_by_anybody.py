"""Whatever people with whatever roles do in whatever order: nobody is shown who reported unless
two different people, both entitled at that moment, acted; and no single one stands behind both.

A model of its own keeps who gave what to whom and who asked what; it never asks the program.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from actions.invites import invite, redeem
from actions.standings import revoke
from domain.codes import spoken
from domain.errors import Refused
from domain.roles import Role
from storage.outbox import load_notice
from storage.rows import rows
from storage.tables import Address, Outbox, Person
from tests.actions.station import REASON, Station
from tests.conftest import START
from tests.handlers.chats import Chats
from tests.precinct import CANARY_CHAT, CANARY_NAME, WARD, Precinct, say

PEOPLE = 6
ROLES = (Role.ADMINISTRATOR, Role.CHIEF, Role.OFFICER, Role.LEADER)
POLICE = ("chief", "officer")
SPANS = (1 / 6, 1, 12, 25, 25, 72, 170)
WEEK, DAY = timedelta(days=7), timedelta(days=1)

someone = st.integers(0, PEOPLE - 1)
# Mostly who has a chance, or nothing would ever happen; now and then just anybody.
wisely = st.sampled_from([True, True, True, False])


@dataclass
class Held:
    """A role in the model: `by` is None where it was held long before."""

    who: int
    role: str
    by: int | None
    since: datetime
    ended: bool = False


@dataclass
class Asked:
    """A request in the model."""

    who: int
    at: datetime
    shown: bool = False


@dataclass
class Model:
    """What a notary beside the program would know."""

    held: list[Held] = field(default_factory=list)
    asked: dict[int, Asked] = field(default_factory=dict)

    def roles(self, who: int, until: datetime | None = None) -> set[str]:
        """Held now, and (with `until`) since then at the latest."""
        mine = (h for h in self.held if h.who == who and not h.ended)
        return {h.role for h in mine if until is None or h.since <= until}

    def puppets(self, master: int, now: datetime) -> set[int]:
        """Everybody whom this one seated within a week, or who was seated by such."""
        found, before = {master}, 0
        while len(found) != before:
            before = len(found)
            lately = (h for h in self.held if h.since > now - WEEK and h.role != "leader")
            found |= {h.who for h in lately if h.by in found}
        return found

    def is_rightful(self, asker: int, second: int, now: datetime) -> bool:
        """Two people, police now, the second for a day, a chief, and no one behind both."""
        settled = self.roles(second, now - DAY)
        masters = (self.puppets(master, now) for master in range(PEOPLE))
        return (
            asker != second
            and bool(self.roles(asker) & set(POLICE))
            and bool(settled & set(POLICE))
            and "chief" in self.roles(asker) | settled
            and not any({asker, second} <= puppets for puppets in masters)
        )


class AnybodyActs(RuleBasedStateMachine):
    """Persons by their number: 0 administers the ward, 1 is its chief and 2 an officer, all
    for long; the others come by their roles in the game. `engine` is set by the test."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.db = self.engine.connect()
        self.transaction = self.db.begin()
        self.precinct = Precinct(self.db, START)
        self.precinct.random_below = Random(11).randrange
        self.station = Station(self.precinct)
        self.chats = Chats(self.precinct)
        self.duty = self.precinct.room("-1")
        self.model = Model()
        self.codes: list[tuple[str, Role, int]] = []
        self.people = [self.station.overseer, self.station.chief, self.station.asker]
        homes = [self.precinct.person(f"Người Bịa {n}", f"50{n}") for n in range(3, PEOPLE)]
        self.people += [self.precinct.owner(home) for home in homes]
        # Otherwise the station's own would be entitled without the model's knowledge.
        revoke(self.db, self.station.other.id, Role.OFFICER, WARD, START)
        for who, role in enumerate(("administrator", "chief", "officer")):
            self.model.held.append(Held(who, role, None, START - timedelta(days=30)))

    @initialize()
    def somebody_reports(self) -> None:
        self.incident = self.precinct.report("THEFT", "Mất cái xe đạp")
        self.seen = 0

    @property
    def now(self) -> datetime:
        return self.precinct.now

    def _choose(self, who: int, wisely: bool, wise: list[int]) -> int:
        return wise[who % len(wise)] if wisely and wise else who

    def _police(self) -> list[int]:
        return [who for who in range(PEOPLE) if self.model.roles(who) & set(POLICE)]

    @rule(by=someone, role=st.sampled_from(ROLES), to=someone, wisely=wisely)
    def gives_a_role(self, by: int, role: Role, to: int, wisely: bool = False) -> None:
        """An invitation that is used at once."""
        givers = [who for who in range(PEOPLE) if self._may_give(who, role)]
        self.makes_a_code(self._choose(by, wisely, givers), role)
        if self.codes:
            self.uses_a_code(to, len(self.codes) - 1)

    @rule(by=someone, role=st.sampled_from(ROLES))
    def makes_a_code(self, by: int, role: Role) -> None:
        place = self.precinct.khu_id if role is Role.LEADER else None
        made = (role, WARD, place, self.now, self.precinct.random_below)
        try:
            self.codes.append((invite(self.db, self.people[by].id, *made), role, by))
        except Refused:
            assert "leader" in self.model.roles(by) or not self._may_give(by, role)

    def _may_give(self, by: int, role: Role) -> bool:
        given = {"administrator": ROLES, "chief": ROLES[2:], "officer": ROLES[3:]}
        return any(role in given.get(held, ()) for held in self.model.roles(by))

    @precondition(lambda self: self.codes)
    @rule(who=someone, which=st.integers(0, 50))
    def uses_a_code(self, who: int, which: int) -> None:
        code, role, by = self.codes[which % len(self.codes)]
        had = role.value in self.model.roles(who)
        try:
            used = redeem(self.db, self.people[who].id, code, self.now)
        except Refused:
            return
        if not had and used.used_at is None:
            self.model.held.append(Held(who, role.value, by, self.now))

    @rule(who=someone, role=st.sampled_from(ROLES), really=st.sampled_from([True, False]))
    def loses_a_role(self, who: int, role: Role, really: bool) -> None:
        if not really:
            return
        revoke(self.db, self.people[who].id, role, WARD, self.now)
        for held in self.model.held:
            if held.who == who and held.role == role.value:
                held.ended = True

    @rule(hours=st.sampled_from(SPANS))
    def time_passes(self, hours: float) -> None:
        self.precinct.now += timedelta(hours=hours)

    @rule(who=someone, wisely=wisely)
    def asks(self, who: int, wisely: bool = False) -> None:
        who = self._choose(who, wisely, self._police())
        before = len(self.station.requests())
        self.chats.says(self.people[who], f"/modanhtinh {spoken(self.incident.code)} {REASON}")
        for reveal in self.station.requests()[before:]:
            self.model.asked[reveal.id] = Asked(who, self.now)

    @rule(
        who=someone,
        which=st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3, 12]),
        verdict=st.sampled_from(["yes", "yes", "yes", "yes", "untold", "no", "maybe"]),
        in_group=st.sampled_from([False, False, False, False, True]),
        wisely=wisely,
    )
    def presses(
        self, who: int, which: int, verdict: str, in_group: bool, wisely: bool = False
    ) -> None:
        """Anybody presses anything, also what no button of theirs sends; the newest request
        is the likeliest."""
        who = self._choose(who, wisely, self._police())
        known = sorted(self.model.asked, reverse=True)
        number = known[which] if which < len(known) else which * 1_000
        place = self.duty if in_group else None
        self.chats.taps(self.people[who], f"v:{number}:{verdict}", place)
        if verdict == "untold" and not in_group:
            self.chats.says(self.people[who], "Điều 0 của một luật bịa")
        self._judge(who, number, in_group)

    @rule(
        asker=someone,
        second=someone,
        hours=st.sampled_from([0, 0, 1, 23, 24]),
        leaves=st.sampled_from([False, False, True]),
    )
    def asks_and_presses(self, asker: int, second: int, hours: int, leaves: bool) -> None:
        """Two of the police, or one who is both, try it; the asker may have left meanwhile."""
        police = self._police()
        self.asks(self._choose(asker, True, police))
        self.time_passes(hours)
        if leaves:
            self.loses_a_role(self._choose(asker, True, police), Role.OFFICER, True)
        self.presses(self._choose(second, True, police), 0, "yes", False)

    def _judge(self, second: int, number: int, in_group: bool) -> None:
        """What was shown because of this press was shown rightly, and to the asker alone."""
        fresh = self._identities()[self.seen :]
        self.seen += len(fresh)
        if not fresh:
            return
        assert len(fresh) == 1, "one press shows it once"
        asked = self.model.asked[number]
        assert not in_group
        assert not asked.shown, "a request is decided once"
        assert asked.at > self.now - DAY, "it had lapsed"
        assert self.model.is_rightful(asked.who, second, self.now)
        assert fresh[0].address_id == self._home(self.people[asked.who]).id
        asked.shown = True

    def _identities(self) -> list[Outbox]:
        """Whatever tells who reported to anybody but them, in any chat."""
        wanted = select(Outbox).where(col(Outbox.address_id) != self.precinct.resident_home.id)
        found = rows(self.db, Outbox, wanted.order_by(col(Outbox.id)))
        return [row for row in found if _tells(row)]

    def _home(self, person: Person) -> Address:
        return self.precinct.home(person)

    @invariant()
    def nothing_was_shown_otherwise(self) -> None:
        if hasattr(self, "seen"):
            assert len(self._identities()) == self.seen

    def teardown(self) -> None:
        self.transaction.rollback()
        self.db.close()


def _tells(row: Outbox) -> bool:
    notice = load_notice(row.notice) if row.notice else None
    told = say(notice.text) if notice else ""
    return CANARY_NAME in told or CANARY_CHAT in told


STEPS: Any = settings(
    max_examples=60,
    stateful_step_count=40,
    suppress_health_check=list(HealthCheck),
)


def test_no_single_person_opens_an_identity(shared_engine: Engine) -> None:
    AnybodyActs.engine = shared_engine
    run_state_machine_as_test(AnybodyActs, settings=STEPS)


@pytest.fixture
def game(shared_engine: Engine) -> Any:
    """The same game, played by hand."""
    AnybodyActs.engine = shared_engine
    game = AnybodyActs()
    game.somebody_reports()
    yield game
    game.teardown()


def test_the_game_can_be_won_rightly(game: AnybodyActs) -> None:
    game.asks(2)
    game.presses(1, 0, "yes", False)
    assert game.seen == 1
    game.nothing_was_shown_otherwise()


def test_the_game_would_notice_a_wrong_showing(
    game: AnybodyActs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the gate the asker who seats a friend wins, and the model objects."""
    monkeypatch.setattr("actions.reveals.require_decide_reveal", lambda *gate: None)
    game.gives_a_role(1, Role.OFFICER, 5)
    game.time_passes(25)
    game.asks(5)
    with pytest.raises(AssertionError):
        game.presses(1, 0, "yes", False)
