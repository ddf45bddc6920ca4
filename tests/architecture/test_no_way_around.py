"""No sender gets around the gate of posts by another name, another lane, another table or another
finder of chats: test_broadcasting.py reads what is written plainly, this what is not.
"""

import ast
import re

import pytest

from tests.architecture.reading import calls_on, enlisted, names_in, strings_in
from tests.architecture.sources import sources, trees_of

GATE = "actions/broadcasting.py"
# Its other half, for what it held.
RELEASING = "actions/releasing.py"
LANE = "domain.notices.Lane"
# Writes the gate's rows, many at a time.
WRITES = {
    "storage/outbox.py", "storage/posts.py", "storage/copies.py", "storage/pastes.py",
}  # fmt: skip
# Look at the lane, to pace it, to repeat it more carefully or to refuse, but put nothing.
PACES = {
    "bot/delivery/loop.py", "bot/delivery/sender.py", "domain/notices.py", "actions/letters.py",
}  # fmt: skip
# What makes a row in `post`, lets a held one go, or names one in the outbox.
POSTING = {
    *(f"storage.posts.{name}" for name in ("release", "release_all", "HELD", "subject_of", "*")),
    *(f"storage.pastes.{name}" for name in ("add_pastes", "*")),
    *(f"storage.copies.{name}" for name in ("add_copies", "owe", "*")),
    "actions.broadcasting.LANES",
}
# A leader pastes it; nothing is sent.
PASTES = {"actions/pasting.py"}
# All that knows which chats are a neighbourhood's. Each was read: it puts nothing there, or
# nothing but an alert of this minute, an answer to whoever bound the chat, or through the gate.
FINDS = {
    "storage.rooms.list_rooms", "storage.rooms.list_room_addresses", "storage.copies.list_chats",
    "storage.law.list_neighbourhood_rooms", "actions.rooms.neighbourhood_rooms",
    "actions.neighbours.chats_of", "actions.neighbours.chats_without",
    "domain.roles.Purpose.NEIGHBOURHOOD",
}  # fmt: skip
KNOW_CHATS = {
    "actions/all_clear.py", "actions/announcement_reach.py", "actions/audience.py",
    "actions/board.py",
    "actions/board_again.py", "actions/desks.py", "actions/law_rotation.py",
    "actions/mediations.py", "actions/neighbours.py", "actions/progress.py", "actions/rooms.py",
    "actions/sending.py",
    "actions/ward_news.py", "bot/handlers/binding.py", "bot/handlers/groups.py",
    "bot/handlers/overheard.py", "bot/handlers/router.py", "cli/doctor.py", "cli/demo_ward.py",
    "domain/access.py", "bot/flows/invite.py",
}  # fmt: skip
PUTS = {"storage.outbox.put", "storage.outbox.*"}
# Of those, the ones that put messages: an alert and its neighbours (test_audience.py), a desk,
# mediators, whoever is in charge of the ward, an author in private who waits for the end of it,
# and the answer to whoever bound the chat.
ANSWERS = {
    "actions/all_clear.py", "actions/audience.py", "actions/desks.py", "actions/mediations.py",
    "actions/progress.py", "actions/rooms.py", "actions/ward_news.py",
}  # fmt: skip
SQL = re.compile(r"\b(insert\s+into|update)\s+(outbox|post)\b", re.IGNORECASE)
POST_SUBJECT = re.compile(r"^post:")


def trees() -> dict[str, ast.Module]:
    """Every file of the rooms that can put a message."""
    found = sources("actions", "bot", "scheduler", "cli", "storage", "domain")
    return trees_of(path for path in found if "migrations" not in path.parts)


def naming(names: set[str]) -> set[str]:
    """The files in which any of these is named."""
    return {name for name, tree in trees().items() if names_in(tree) & names}


def test_the_last_lane_is_the_gates_under_any_name() -> None:
    found = naming({f"{LANE}.BROADCAST"})
    assert GATE in found
    assert found - PACES == {GATE}
    speak = ("actions/", "bot/handlers/", "bot/flows/", "scheduler/")
    crooked = {n for n, tree in trees().items() if n.startswith(speak) and enlisted(tree, LANE)}
    assert crooked == set()


def test_only_the_gate_makes_posts_under_any_name() -> None:
    found = {name for name in naming(POSTING) if not name.startswith("storage/")}
    assert found - PASTES == {GATE, RELEASING}


def test_the_subject_of_a_post_is_written_by_its_module() -> None:
    outside = {n: tree for n, tree in trees().items() if not n.startswith("storage/")}
    said = {n for n, tree in outside.items() if any(map(POST_SUBJECT.search, strings_in(tree)))}
    assert said == set()


def test_rows_of_the_outbox_and_of_posts_are_made_in_storage() -> None:
    for name, tree in trees().items():
        assert not any(map(SQL.search, strings_in(tree))), name
        outside = not name.startswith("storage/")
        for row in ("storage.tables.Outbox", "storage.announcement_tables.Post"):
            makes = calls_on(tree, row, "insert") or calls_on(tree, row, "add")
            changes = calls_on(tree, row, "update") or calls_on(tree, row, "change")
            assert not (makes and name not in WRITES), name
            assert not (changes and outside), name


def test_whoever_knows_the_chats_of_neighbourhoods_was_read() -> None:
    known = {name for name in naming(FINDS) if not name.startswith("storage/")}
    assert known - KNOW_CHATS == set()
    assert known & naming(PUTS) <= ANSWERS | {GATE}


@pytest.mark.parametrize(
    "crooked",
    [
        "from storage import outbox as box\nbox.put(db, a, n, lane, now)",
        "import storage.outbox\nstorage.outbox.put(db, a, n, lane, now)",
        "import storage.outbox as box\nbox.put(db, a, n, lane, now)",
        "from storage import outbox\nsend = outbox.put\nsend(db, a, n, lane, now)",
        "from storage import outbox\ngetattr(outbox, 'put')(db, a, n, lane, now)",
        "from storage import outbox\ngetattr(outbox, how)(db, a, n, lane, now)",
        "from storage.outbox import put as owe",
    ],
)
def test_it_sees_who_puts(crooked: str) -> None:
    assert names_in(ast.parse(crooked)) & PUTS


@pytest.mark.parametrize(
    "crooked",
    [
        "from domain.notices import Lane as L\nput(L.BROADCAST)",
        "from domain import notices\nput(notices.Lane.BROADCAST)",
        "from domain.notices import Lane\nlast = Lane\nput(last.BROADCAST)",
        "from domain.notices import Lane\nput(getattr(Lane, 'BROADCAST'))",
    ],
)
def test_it_sees_the_last_lane(crooked: str) -> None:
    assert f"{LANE}.BROADCAST" in names_in(ast.parse(crooked))


@pytest.mark.parametrize(
    "crooked", ["Lane['BROADCAST']", "max(Lane)", "list(Lane)[-1]", "Lane(3)", "Lane(number + 1)"]
)
def test_it_sees_a_lane_that_is_not_named(crooked: str) -> None:
    assert enlisted(ast.parse(f"from domain.notices import Lane\n{crooked}"), LANE)
    assert not enlisted(ast.parse("from domain.notices import Lane\nLane(row.lane)"), LANE)


@pytest.mark.parametrize(
    ("crooked", "how"),
    [
        ("db.execute(table(Outbox).insert().values(lane=3))", "insert"),
        ("_MINE = table(Outbox)\ndb.execute(_MINE.insert())", "insert"),
        ("db.execute(insert(Outbox).values(lane=3))", "insert"),
        ("add(db, Outbox(lane=3))", "add"),
        ("db.execute(table(Outbox).update().values(not_before=None))", "update"),
        ("change(db, Outbox, key, not_before=None)", "change"),
    ],
)
def test_it_sees_rows_that_are_written_past_storage(crooked: str, how: str) -> None:
    tree = ast.parse(f"from storage.tables import Outbox\n{crooked}")
    assert calls_on(tree, "storage.tables.Outbox", how)


@pytest.mark.parametrize("crooked", ["'post:12'", "f'post:{key}'"])
def test_it_sees_a_subject_that_is_put_together(crooked: str) -> None:
    assert any(map(POST_SUBJECT.search, strings_in(ast.parse(crooked))))


def test_it_sees_sql() -> None:
    assert SQL.search("INSERT INTO outbox (lane) VALUES (3)")
    assert SQL.search("update post set held_until = null")
    assert not SQL.search("SELECT count(*) FROM outbox")
