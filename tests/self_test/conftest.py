"""A database of a test's own with a ward that works, and a self-test beside it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from actions.held_files import file_was_held
from actions.standings import grant
from bot.channels.loopback import Loopback
from bot.handlers import router
from bot.handlers.turn import Turn
from bot.media.apart import Washroom
from bot.media.cellar import Cellar
from bot.media.sharing import Sharing
from cli.measures import Measures
from cli.self_test import SelfTest
from cli.self_test_bot import Means, script_of
from domain.roles import Purpose, Role
from domain.self_test import SELF_BOT
from settings import inherited_environment
from storage.keys import Keyring
from storage.outbox import load_notice
from storage.portable import Fingerprint, fingerprint, tables_of
from storage.rows import rows
from storage.tables import Outbox
from storage.writer import Writer
from tests.conftest import Clock
from tests.precinct import WARD, Precinct, say, wording

Kind = TypeVar("Kind", bound=Loopback)


@dataclass
class House:
    """A running bot without its bots: what a self-test needs, and what it must leave alone."""

    engine: Engine
    writer: Writer
    clock: Clock
    means: Means
    folder: Path
    administrators: frozenset[int]

    def self_test(
        self,
        handle: Callable[[Turn], None] = router.handle,
        loopback: Callable[[], Loopback] | None = None,
        limit: float = 60.0,
    ) -> SelfTest:
        """As after a start."""
        return SelfTest(self.means, self.folder, handle, loopback, limit)

    def messenger(self, kind: type[Kind]) -> Kind:
        """One of this kind, with the usual words."""
        return kind(*script_of(self.means.wording))

    def stand(self) -> dict[str, Fingerprint]:
        """Every row of every table."""
        with self.engine.connect() as db:
            return {table.name: fingerprint(db, table) for table in tables_of(db)}

    def owed(self) -> list[Outbox]:
        """What is owed to anybody real."""
        with self.engine.connect() as db:
            wanted = select(Outbox).where(Outbox.bot != SELF_BOT).order_by(col(Outbox.id))
            return rows(db, Outbox, wanted)

    def told(self) -> list[str]:
        """What was said to the administrators since the beginning, and to nobody else."""
        news = [row for row in self.owed() if (row.once or "").startswith("self_test:")]
        assert {row.address_id for row in news} <= self.administrators
        return [say(load_notice(row.notice).text) for row in news]

    def page(self) -> str:
        """What /metrics shows."""
        return self.means.measures.page({}, 0, 0, None, self.clock()).decode()


@pytest.fixture
def house(own_engine: Engine, clock: Clock, tmp_path: Path, keyring: Keyring) -> Iterator[House]:
    """A ward with all sorts of people, its chats, and a report that lies in them."""
    with own_engine.begin() as db:
        precinct = Precinct(db, clock())
        heads = [
            precinct.home(precinct.holder(Role.ADMINISTRATOR, "Bà Bảy (nhân vật bịa)", "301"))
        ]
        over_all = precinct.person("Ông Tám (nhân vật bịa)", "302")
        grant(db, over_all.person_id or 0, Role.ADMINISTRATOR, None, None, None, clock())
        precinct.holder(Role.CHIEF, "Lê Văn Chín (nhân vật bịa)", "303")
        precinct.holder(Role.LEADER, "Bà Mười (nhân vật bịa)", "304", at=precinct.khu_id)
        precinct.room("-1")
        precinct.room("-2", Purpose.NEIGHBOURHOOD, WARD, precinct.khu_id)
        precinct.report("FIRE", "Cháy nhà ở ngõ 5")
        precinct.report("IDEA", "Góp ý lắp thêm đèn")
        precinct.deliver()
        administrators = frozenset({*(each.id for each in heads), over_all.id})
    with Writer(own_engine) as writer:
        cellar, washroom = Cellar(tmp_path / "media", keyring), Washroom(inherited_environment())
        sharing = Sharing({}, writer, cellar, washroom, clock, file_was_held)
        below = Random(7).randrange
        means = Means(writer, wording(), clock, below, sharing, Measures())
        yield House(own_engine, writer, clock, means, tmp_path, administrators)
