"""What a file of ours names, in full, whatever it calls it: `from storage import outbox as box;
box.put(…)` names `storage.outbox.put`. What the tests of who may do what stand on.
"""

import ast
from collections.abc import Iterator
from functools import cache

from tests.architecture.sources import nodes_in


@cache
def names_in(tree: ast.AST) -> set[str]:
    """All dotted names, with what was imported and not used. A name that is made while the
    program runs (`getattr(outbox, how)`) ends in ".*"."""
    known = dict(_imported(tree))
    for node in nodes_in(tree):
        # A second name for a module, a class or a function.
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if (full := _full(value, known)) is not None:
                    known.setdefault(name, full)
    return set(known.values()) | set(_used(tree, known))


def enlisted(tree: ast.AST, name: str) -> bool:
    """Whether the members of this enumeration are looked up, or gone through, so that nobody sees
    which is meant: `Lane["BROADCAST"]`, `max(Lane)`, `Lane(3)`, `Lane(number)`. What a row says
    is its own (`Lane(row.lane)`)."""
    known = _imported(tree)
    for node in nodes_in(tree):
        if isinstance(node, ast.Subscript) and _full(node.value, known) == name:
            return True
        if not isinstance(node, ast.Call):
            continue
        if any(_full(each, known) == name for each in node.args):
            return True
        if _full(node.func, known) == name and not all(map(_of_a_row, node.args)):
            return True
    return False


def strings_in(tree: ast.AST) -> set[str]:
    """All strings, also the pieces of those that are put together."""
    constants = (node for node in nodes_in(tree) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


def calls_on(tree: ast.AST, name: str, method: str) -> bool:
    """Whether `method` is called on something made with this name: `table(Outbox).insert()`, or
    whether it is handed to a function of that name: `insert(Outbox)`."""
    known = _imported(tree)
    tables = {
        target.id
        for node in nodes_in(tree)
        if isinstance(node, ast.Assign) and _names(node.value, known, name)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in nodes_in(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else _plain(node.func)
        held = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        if called == method and any(
            _names(each, known, name) or _plain(each) in tables for each in [*held, *node.args]
        ):
            return True
    return False


@cache
def _imported(tree: ast.AST) -> dict[str, str]:
    known: dict[str, str] = {}
    for node in nodes_in(tree):
        match node:
            case ast.Import(names=names):
                known |= {each.asname or each.name.split(".")[0]: each.name for each in names}
                known |= {each.name.split(".")[0]: each.name.split(".")[0] for each in names
                          if not each.asname}  # fmt: skip
            case ast.ImportFrom(module=str() as module, names=names):
                known |= {each.asname or each.name: f"{module}.{each.name}" for each in names}
    return known


def _used(tree: ast.AST, known: dict[str, str]) -> Iterator[str]:
    for node in nodes_in(tree):
        if isinstance(node, ast.Attribute) and (full := _full(node, known)):
            yield full
        if isinstance(node, ast.Call) and _plain(node.func) == "getattr" and len(node.args) > 1:
            whole = _full(node.args[0], known)
            said = node.args[1]
            known_name = isinstance(said, ast.Constant) and isinstance(said.value, str)
            if whole is not None:
                yield f"{whole}.{ast.literal_eval(said) if known_name else '*'}"


def _full(node: ast.AST, known: dict[str, str]) -> str | None:
    match node:
        case ast.Name(id=name):
            return known.get(name)
        case ast.Attribute(value=value, attr=attr):
            whole = _full(value, known)
            return None if whole is None else f"{whole}.{attr}"
    return None


def _names(node: ast.AST, known: dict[str, str], name: str) -> bool:
    return any(_full(each, known) == name for each in nodes_in(node))


def _of_a_row(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "lane"


def _plain(node: ast.AST) -> str | None:
    return node.id if isinstance(node, ast.Name) else None
