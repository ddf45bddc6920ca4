"""What a check of doctor found: a state, a sentence, and what to do about it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import typer

from cli.terminal import Terminal
from domain.notices import Text


class State(StrEnum):
    """A fault stops the bot from doing its work; a warning will sooner or later."""

    OK = "ok"
    WARN = "warn"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's outcome; `bot` where it is about one bot, `advice` where one can act."""

    check: str
    state: State
    words: Text
    advice: Text | None = None
    bot: str = ""


def say_finding(terminal: Terminal, finding: Finding) -> None:
    """One line, and what to do in the line below."""
    mark = terminal.words(f"doctor.state.{finding.state}")
    place = f" [{finding.bot}]" if finding.bot else ""
    typer.echo(f"{mark}{place} {terminal.spoken(finding.words)}", err=True)
    if finding.advice:
        typer.echo(f"      → {terminal.spoken(finding.advice)}", err=True)


def print_json(terminal: Terminal, findings: Sequence[Finding]) -> None:
    """All findings as one JSON list on standard output."""
    listed = [
        {
            "check": finding.check,
            "bot": finding.bot or None,
            "state": finding.state.value,
            "message": terminal.spoken(finding.words),
            "advice": terminal.spoken(finding.advice) if finding.advice else None,
        }
        for finding in findings
    ]
    typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
