"""What commands say to the person at the terminal, from the catalogues.

Everything goes to standard error, so that standard output stays for what scripts read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.wording import Wording
from domain.notices import Param, Text

if TYPE_CHECKING:
    from settings import SettingsFault


class Terminal:
    """A person who reads `language` (vi or en; anything else is Vietnamese)."""

    def __init__(self, language: str = "vi") -> None:
        self._wording = Wording()
        self.language = language if language in self._wording.locales else "vi"

    def words(self, key: str, **params: Param) -> str:
        """The words of a key, without markup."""
        return self.spoken(Text(key, params))

    def spoken(self, text: Text) -> str:
        """The words of a text, without markup."""
        return self._wording.label(text, self.language)

    def say(self, key: str, **params: Param) -> None:
        """Print the words of a key."""
        typer.echo(self.words(key, **params), err=True)

    def ask(self, key: str, *, default: str | None = None, **params: Param) -> str:
        """Ask until something is answered; the answer without spaces around it."""
        question = self.words(key, **params)
        answer: str = typer.prompt(question, default=default, err=True)
        return answer.strip()

    def explain(self, fault: SettingsFault) -> None:
        """Say which settings are wrong, never their values."""
        self.say("settings.heading")
        for one in fault.faults:
            reason = self.words(one.key, **({"detail": one.detail} if one.detail else {}))
            typer.echo(f"  {one.field}: {reason}", err=True)
        self.say("settings.where")
