"""Whatever is posted to many passes one gate (actions/broadcasting.py), which knows quiet hours
and the daily limit: no other module puts a post into the outbox, or anything into the last lane.
"""

import ast

import pytest

from tests.architecture.sources import nodes_in, sources, trees_of

GATE = "actions/broadcasting.py"
HOURS = "actions/post_hours.py"
# Whose rows nobody else makes: a post, and what lets a held one go.
POSTING = {"add_copies", "add_pastes", "release", "release_all", "HELD"}
# Its other half: what it held leaves there, in the words of now.
RELEASING = "actions/releasing.py"
# Who looks at the lane, to pace it and to repeat it more carefully, but puts nothing.
READS = {
    "actions/letters.py",
    "bot/delivery/sender.py",
    "domain/notices.py",
    "bot/delivery/loop.py",
}
# An alert of this very minute and its gate (test_audience.py), and the answer to
# whoever bound the chat.
NEIGHBOURS = {"actions/audience.py", "actions/desks.py", "actions/rooms.py"}


def trees() -> dict[str, ast.Module]:
    """Every file of the rooms that can put a message."""
    found = sources("actions", "bot", "scheduler", "cli", "storage", "domain")
    return trees_of(found)


def uses(tree: ast.AST, owner: str, name: str) -> bool:
    """Whether `owner.name` stands there."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == name
        and isinstance(node.value, ast.Name)
        and node.value.id == owner
        for node in nodes_in(tree)
    )


def lanes_by_number(tree: ast.AST) -> bool:
    """Whether a lane is made of a number or of a name, so that nobody sees which."""
    calls = [node for node in nodes_in(tree) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Lane"]
    return any(isinstance(call.args[0], ast.Constant) for call in made if call.args)


def imports_from(tree: ast.AST, module: str) -> set[str]:
    """What is imported out of a module by name."""
    found = [node for node in nodes_in(tree) if isinstance(node, ast.ImportFrom)]
    return {alias.name for node in found if node.module == module for alias in node.names}


def makes_posts(tree: ast.AST) -> bool:
    """Whether it makes a row in `post` for a chat, or lets a held one go."""
    rooms = ("posts", "copies", "pastes")
    used = any(uses(tree, room, name) for room in rooms for name in POSTING)
    taken = set[str]().union(*(imports_from(tree, f"storage.{room}") for room in rooms))
    return used or bool(taken & POSTING)


def puts(tree: ast.AST) -> bool:
    """Whether it puts messages into the outbox by itself."""
    return uses(tree, "outbox", "put") or "put" in imports_from(tree, "storage.outbox")


def says(tree: ast.AST) -> bool:
    """Whether it makes what a post looks like."""
    return bool({"notice_of", "face_of"} & imports_from(tree, "actions.announcement_face"))


def finds_neighbours(tree: ast.AST) -> bool:
    """Whether it looks for the chats of neighbourhoods."""
    asks = "neighbourhood_rooms" in imports_from(tree, "actions.rooms")
    return asks or uses(tree, "Purpose", "NEIGHBOURHOOD")


def test_only_the_gate_uses_the_last_lane() -> None:
    found = {name for name, tree in trees().items() if uses(tree, "Lane", "BROADCAST")}
    assert GATE in found
    assert found - READS == {GATE}
    assert [name for name, tree in trees().items() if lanes_by_number(tree)] == []


def test_only_the_gate_makes_posts_and_lets_them_go() -> None:
    made = {name for name, tree in trees().items() if makes_posts(tree)}
    # Where the rows are made for it.
    found = made - {"storage/copies.py"}
    # A group that no bot can join gets a row that a leader ticks off: nothing is sent.
    assert found - {"actions/pasting.py"} == {GATE, RELEASING}
    if pasting := trees().get("actions/pasting.py"):
        assert not any(uses(pasting, "outbox", name) for name in ("put", "edit"))


def test_nobody_puts_what_looks_like_a_post_past_the_gate() -> None:
    found = {name for name, tree in trees().items() if says(tree) and puts(tree)}
    # The second person reads it first, in private.
    assert found - {"actions/announcement_seconds.py"} == {RELEASING}


def test_nobody_writes_to_neighbourhoods_past_the_gate() -> None:
    found = {name for name, tree in trees().items() if finds_neighbours(tree) and puts(tree)}
    assert found <= NEIGHBOURS


@pytest.mark.parametrize("room", ["bot", "scheduler", "cli"])
def test_nobody_outside_the_actions_calls_the_gate(room: str) -> None:
    outside = {
        name
        for name, tree in trees().items()
        if name.startswith(f"{room}/") and "post" in imports_from(tree, "actions.broadcasting")
    }
    assert outside == set()


def test_the_gate_asks_for_quiet_hours_and_the_limit() -> None:
    for function in ("post", "post_in"):
        assert "_copy_for" in called(GATE, function)
    assert {"Diary", "held_until"} <= called(GATE, "_copy_for")
    assert {"_free_from", "_count", "_most"} <= called(HOURS, "held_until")
    assert "free_from" in called(HOURS, "_free_from")
    assert "count_by_chat" in called(HOURS, "_count")


def called(module: str, function: str) -> set[str]:
    """The names of what a function or method of this module calls."""
    nodes = [node for node in nodes_in(trees()[module]) if isinstance(node, ast.FunctionDef)]
    (body,) = (node for node in nodes if node.name == function)
    calls = [node.func for node in nodes_in(body) if isinstance(node, ast.Call)]
    plain = {call.id for call in calls if isinstance(call, ast.Name)}
    return plain | {call.attr for call in calls if isinstance(call, ast.Attribute)}


def test_this_test_sees_a_way_around() -> None:
    assert uses(ast.parse("outbox.put(db, a, n, Lane.BROADCAST, now)"), "Lane", "BROADCAST")
    assert lanes_by_number(ast.parse("Lane(3)"))
    assert lanes_by_number(ast.parse("Lane('x')"))
    assert not lanes_by_number(ast.parse("Lane(row.lane)"))
    assert makes_posts(ast.parse("pastes.add_pastes(db, 1, 2, names, None, now)"))
    assert makes_posts(ast.parse("from storage.posts import release"))
    assert says(ast.parse("from actions.announcement_face import notice_of"))
    assert puts(ast.parse("outbox.put(db, chat, notice, lane, now)"))
    assert puts(ast.parse("from storage.outbox import put"))
    assert finds_neighbours(ast.parse("rooms.list_rooms(db, ward, Purpose.NEIGHBOURHOOD)"))
    assert finds_neighbours(ast.parse("from actions.rooms import neighbourhood_rooms"))
