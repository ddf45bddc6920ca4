"""Every setting, command and option has its line in docs/, and no link there is dead."""

import re
from pathlib import Path

import pytest
import typer
from typer.main import get_command

import main
from settings import OTHER_VARIABLES, PREFIX, Bot, Settings
from tests.architecture.sources import ROOT

DOCS = ROOT / "docs"
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
PAGES = [
    "operating.md", "architecture.md", "adding-a-flow.md", "adding-a-messenger.md",
    "threat-model.md", "phap-ly.md", "glossary.md", "settings.md", "commands.md",
    "data.md", "content.md",
]  # fmt: skip


def read(page: str) -> str:
    """A page of docs/."""
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_a_setting_is_documented(name: str) -> None:
    page = read("settings.md")
    assert f"`{name}`" in page
    assert f"`{PREFIX}{name.upper()}`" in page
    assert Settings.model_fields[name].description


@pytest.mark.parametrize("name", sorted(Bot.model_fields))
def test_a_setting_of_a_bot_is_documented(name: str) -> None:
    assert re.search(rf"^\| `{name}` \|", read("settings.md"), re.MULTILINE)
    assert Bot.model_fields[name].description


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | OTHER_VARIABLES
    documented = set(re.findall(rf"{PREFIX}[A-Z_]+", read("settings.md")))
    assert documented <= known


def test_every_command_and_option_is_documented() -> None:
    page = read("commands.md")
    commands = get_command(main.app).commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        if command.hidden:
            continue
        assert f"## {name}" in page, name
        section = page.split(f"## {name}\n")[1].split("\n## ")[0]
        for parameter in command.params:
            for option in parameter.opts:
                assert option == "--help" or f"`{option}" in section, f"{name} {option}"


def test_every_command_says_what_it_does() -> None:
    for command in main.app.registered_commands:
        assert isinstance(main.app, typer.Typer)
        assert command.callback is not None
        assert command.callback.__doc__


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_there_and_named_in_the_readme(page: str) -> None:
    assert (DOCS / page).is_file()
    assert f"docs/{page}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))], ids=lambda path: path.name
)
def test_no_link_is_dead(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_decision_is_listed() -> None:
    listed = read("decisions/README.md")
    for page in (DOCS / "decisions").glob("0*.md"):
        assert page.name in listed


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"`make (?:-s )?(\w+)", readme):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
