"""Checks what the community edits in content/ before it reaches anybody, so that a slip of the
keyboard is found by the one who made it.
"""

from collections.abc import Iterator
from pathlib import Path

import typer

from cli.catalogues import NEVER_SAID
from content.law import FOLDER, LOCALES, LawItem, read_law
from content.law_faults import faults_in_law
from content.numbers import FILE, read_numbers
from content.template_faults import faults_in_templates
from content.templates import FOLDER as TEMPLATES
from content.templates import read_templates


def find_content_faults(
    law: Path = FOLDER, numbers: Path = FILE, templates: Path = TEMPLATES
) -> list[str]:
    """Every fault of the law items, the numbers to call and the templates of announcements, one
    line each."""
    try:
        read_numbers(numbers)
    except (OSError, ValueError) as fault:
        # Without them no item can be checked either.
        return [str(fault)]
    faults = faults_in_law(law, numbers)
    for locale in LOCALES:
        for item in read_law(locale, law)[0].values():
            faults += [f"{locale}/{item.pack}.toml: {item.id}: {each}" for each in _unkind(item)]
    return faults + _template_faults(templates)


def report_content_faults(law: Path = FOLDER, numbers: Path = FILE) -> int:
    """Print the faults; 1 where there are any."""
    faults = find_content_faults(law, numbers)
    for fault in faults:
        typer.echo(fault, err=True)
    typer.echo(f"content: {len(faults)} faults", err=True)
    return int(bool(faults))


def _unkind(item: LawItem) -> Iterator[str]:
    said = [item.title, item.body]
    if item.quiz:
        said += [item.quiz.question, *item.quiz.options, item.quiz.explanation]
    yield from _never_said(*said)


def _template_faults(templates: Path) -> list[str]:
    faults = faults_in_templates(templates)
    for locale in LOCALES:
        for each in read_templates(locale, templates)[0].values():
            place = f"templates/{locale}/{each.pack}.toml: {each.id}"
            faults += [f"{place}: {fault}" for fault in _never_said(each.title, each.words)]
    return faults


def _never_said(*said: str) -> Iterator[str]:
    words = " ".join(said).casefold()
    yield from (f"never say “{bad}”" for bad in NEVER_SAID if bad in words)
