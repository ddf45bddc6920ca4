"""Whatever is said about an incident to anybody but its reporter passes one gate
(actions/desks.require_hears): only these modules can put such a message, and each asks it.
"""

import ast

from tests.architecture.sources import nodes_in, sources, trees_of

# The mark of a desk's message, and the thread below one: who may make them.
MARKED = {"actions/cards.py", "actions/desks.py", "actions/relaying.py"}
# The warnings of leaders and neighbours.
WARNED = {"actions/audience.py"}
# Who of the police is woken in private while nobody takes it.
WAKES = {"actions/ladder.py"}
GATE = "require_hears"


def names_in(tree: ast.AST) -> set[str]:
    """Every name that is called there."""
    calls = [node.func for node in nodes_in(tree) if isinstance(node, ast.Call)]
    plain = {call.id for call in calls if isinstance(call, ast.Name)}
    return plain | {call.attr for call in calls if isinstance(call, ast.Attribute)}


def begins_with(tree: ast.AST, start: str) -> bool:
    """Whether a string is made there that begins so: a mark of an incident's messages."""
    made = [node.values[0] for node in nodes_in(tree) if isinstance(node, ast.JoinedStr)]
    return any(
        isinstance(first, ast.Constant) and str(first.value).startswith(start) for first in made
    )


def trees() -> dict[str, ast.Module]:
    """Every file of the rooms that can put a message."""
    found = sources("actions", "bot", "scheduler", "cli", "storage")
    return trees_of(found)


def deeds() -> dict[str, ast.Module]:
    """The same without storage, which looks for marks but puts no message of its own."""
    return {name: tree for name, tree in trees().items() if not name.startswith("storage/")}


def test_only_the_desks_module_makes_the_mark() -> None:
    found = {name for name, tree in deeds().items() if begins_with(tree, "incident:")}
    assert found == {"actions/desks.py"}


def test_only_named_modules_use_the_mark_and_all_ask_the_gate() -> None:
    for call in ("concerning", "Thread"):
        users = {name for name, tree in deeds().items() if call in names_in(tree)}
        assert users == MARKED, call
    for name, tree in trees().items():
        if name in MARKED | WARNED | WAKES:
            assert GATE in names_in(tree), name


def test_only_the_audience_module_warns() -> None:
    for mark in ("told:", "clear:"):
        assert {name for name, tree in deeds().items() if begins_with(tree, mark)} == WARNED


def test_only_the_ladder_wakes() -> None:
    assert {name for name, tree in deeds().items() if begins_with(tree, "ladder:")} == WAKES
    for name in WAKES:
        putting = [
            node
            for node in nodes_in(trees()[name])
            if isinstance(node, ast.FunctionDef) and {"put", "settle"} & names_in(node)
        ]
        private = [each for each in putting if "tell_desk" not in names_in(each)]
        assert len(private) == 2
        assert all(GATE in names_in(each) for each in private)


def test_the_gate_asks_the_table() -> None:
    tree = trees()["actions/desks.py"]
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert "require_in_table" in names_in(functions[GATE])
    assert "recipients_of" in names_in(functions["require_in_table"])


def test_this_test_sees_a_leak() -> None:
    leak = ast.parse('outbox.put(db, group, notice, lane, now, concerns=f"incident:{key}")')
    assert begins_with(leak, "incident:")
    assert not begins_with(ast.parse('concerns = f"receipt:{key}"'), "incident:")
    assert names_in(ast.parse("desks.concerning(7); Thread(a)")) == {"concerning", "Thread"}
