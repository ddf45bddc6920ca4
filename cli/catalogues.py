"""Checks the catalogues: both languages complete and alike, the markup safe, and every key
that the code names in place. A missing word would otherwise be found by a frightened person.
"""

import re
import string
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import typer
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from cli.catalogue_keys import unknown_keys

LANGUAGES = ("vi", "en")
TAGS = frozenset({"b", "i", "code", "a"})
# docs/design: said of people or promised in a way that the ward would regret.
NEVER_SAID = ("đối tượng", "nặc danh", "tuyệt đối bí mật", "không thuộc thẩm quyền")

_KEY = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")
_PLACEHOLDER = re.compile(r"[a-z_][a-z0-9_]*")
_BARE_AMPERSAND = re.compile(r"&(?!(amp|lt|gt|quot);)")

Words = Mapping[str, tuple[str, ...]]


def find_faults(root: Path) -> list[str]:
    """Every fault of `root`/locales as one line each; none means complete."""
    spoken: dict[str, dict[str, tuple[str, ...]]] = {}
    faults: list[str] = []
    for language in LANGUAGES:
        spoken[language] = {}
        for path in sorted((root / "locales" / language).glob("*.po")):
            words, found = read_area(path, language)
            spoken[language] |= words
            faults += [f"locales/{language}/{path.name}: {fault}" for fault in found]
    first, second = LANGUAGES
    faults += list(_differences(spoken[first], spoken[second]))
    faults += unknown_keys(root, spoken[first].keys())
    return faults


def report_faults(root: Path) -> int:
    """Print the faults; 1 where there are any."""
    faults = find_faults(root)
    for fault in faults:
        typer.echo(fault, err=True)
    typer.echo(f"catalogues: {len(faults)} faults", err=True)
    return int(bool(faults))


def read_area(path: Path, language: str) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The words of one file by key (several where they have plural forms), and its faults."""
    content = path.read_bytes()
    try:
        catalogue = read_po(BytesIO(content), locale=language, abort_invalid=True)
    except (PoFileError, ValueError) as fault:
        return {}, [f"cannot be read: {fault}"]
    faults = list(_file_faults(catalogue, content.decode(), language))
    words: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if message.id:
            key, spoken = _key_of(message), _spoken(message)
            words[key] = spoken
            found = _message_faults(message, key, spoken, path.stem)
            faults += [f"{key}: {fault}" for fault in found]
    return words, faults


def _file_faults(catalogue: Catalog, content: str, language: str) -> Iterator[str]:
    if f"Language: {language}\\n" not in content:
        yield f"the header does not say Language: {language}"
    keys = Counter(re.findall(r'^msgid "(.+)"$', content, re.MULTILINE))
    yield from (f"{key}: stands there twice" for key, count in keys.items() if count > 1)
    yield from (f"{key}: obsolete entry" for key in catalogue.obsolete)


def _key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _spoken(message: Message) -> tuple[str, ...]:
    words = message.string or ""
    return (words,) if isinstance(words, str) else tuple(words)


def _message_faults(
    message: Message, key: str, spoken: tuple[str, ...], area: str
) -> Iterator[str]:
    if not _KEY.fullmatch(key) or not key.startswith(f"{area}."):
        yield f"a key here is written {area}.place.word"
    if message.fuzzy:
        yield "fuzzy"
    for words in spoken:
        if not words.strip():
            yield "no words"
        yield from _placeholder_faults(words)
        yield from markup_faults(words)
        yield from (f"never say “{bad}”" for bad in NEVER_SAID if bad in words.casefold())
        if words.strip(" .!✅") == "Xong":
            yield "say what was done, never bare “Xong”"


def placeholders(words: str) -> set[str]:
    """The names in braces. Raises ValueError for unbalanced braces."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def _placeholder_faults(words: str) -> Iterator[str]:
    try:
        parts = list(string.Formatter().parse(words))
    except ValueError as fault:
        yield f"braces: {fault}"
        return
    for _, name, form, conversion in parts:
        if name is not None and (form or conversion or not _PLACEHOLDER.fullmatch(name)):
            yield f"a placeholder is {{name}} and nothing else: {{{name}}}"


class _Markup(HTMLParser):
    """Follows the tags of one message and notes what a messenger would refuse."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        allowed = ["href"] if tag == "a" else []
        if tag not in TAGS or [name for name, _ in attrs] != allowed:
            self.faults.append(f"markup <{tag}> is not allowed")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if "<" in data:
            self.faults.append("a bare “<”: write &lt;")


def markup_faults(words: str) -> list[str]:
    """What is wrong with the markup of one message."""
    reader = _Markup()
    reader.feed(words)
    reader.close()
    faults = reader.faults + [f"<{tag}> is never closed" for tag in reader.open]
    return faults + ["a bare “&”: write &amp;"] * bool(_BARE_AMPERSAND.search(words))


def _differences(first: Words, second: Words) -> Iterator[str]:
    here, there = LANGUAGES
    yield from (f"{key}: not in {there}" for key in sorted(first.keys() - second.keys()))
    yield from (f"{key}: not in {here}" for key in sorted(second.keys() - first.keys()))
    for key in sorted(first.keys() & second.keys()):
        mine, theirs = (_all_placeholders(words[key]) for words in (first, second))
        if mine != theirs:
            yield f"{key}: placeholders differ: {sorted(mine)} and {sorted(theirs)}"


def _all_placeholders(forms: tuple[str, ...]) -> set[str]:
    try:
        return set().union(*(placeholders(words) for words in forms))
    except ValueError:
        return set()
