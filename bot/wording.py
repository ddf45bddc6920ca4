"""The only place where keys become sentences: (text, locale) -> words, escaped for HTML.

Nothing is escaped by hand anywhere else: a parameter is escaped here unless it is itself a
catalogue text. The locale is always an argument, since alerts leave outside any update.
"""

import gettext
import html
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.channels.base import Outgoing, WordedButton, WordedContact, WordedPoll
from domain.notices import Button, Contact, Moment, Notice, Param, Poll, Text

LOCALES = Path(__file__).resolve().parent.parent / "locales"
DEFAULT_LOCALE = "vi"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOTHING = "text.nothing"
# Said only while nobody answers for the bot.
TRIAL = "house.trial"
_MOMENTS = {"time": "%H:%M", "date": "%d/%m/%Y", "full": "%H:%M %d/%m/%Y"}
_TAGS = re.compile(r"<[^>]+>")


def unmarked(said: str) -> str:
    """HTML of a message as people see and copy it."""
    return html.unescape(_TAGS.sub("", said))


@dataclass(frozen=True, slots=True)
class House:
    """Who answers for the bot by law, and the ward's document that allows it. `phone` is
    written as one reads it aloud."""

    name: str
    address: str
    phone: str
    authorised_by: str


_NOBODY = House("", "", "", "")


class Wording:
    """Catalogues of every language, read once. Raises LookupError for an unknown key.

    `catalogues` that were read before take the place of those in `folder`.
    Without a `house` it is a trial: a key then gives way to the words of "<key>.trial",
    where there are such, so that nothing claims to reach the police.
    """

    def __init__(
        self,
        folder: Path = LOCALES,
        house: House | None = None,
        catalogues: Mapping[str, gettext.GNUTranslations] | None = None,
    ) -> None:
        self._house = house
        self._catalogues = catalogues or _read_catalogues(folder)
        self._templates: dict[tuple[str, str], str] = {}
        self._labels: dict[tuple[str, str], str] = {}

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages that can be spoken."""
        return tuple(self._catalogues)

    def say(self, text: Text, locale: str) -> str:
        """HTML for a message."""
        return self._render(text, locale, lambda words: html.escape(words, quote=False))

    def label(self, text: Text, locale: str) -> str:
        """Plain words: for a button or a toast, or as people see and copy a message."""
        if text.params:
            return unmarked(self.say(text, locale))
        named = (text.key, locale)
        if named not in self._labels:
            self._labels[named] = unmarked(self.say(text, locale))
        return self._labels[named]

    def labels_ever(self, text: Text, locale: str) -> tuple[str, ...]:
        """Plain words as they are now, and as they are in a trial and after it: what was posted
        then is still ours."""
        trial = Wording(catalogues=self._catalogues)
        settled = Wording(house=self._house or _NOBODY, catalogues=self._catalogues)
        return tuple(dict.fromkeys(each.label(text, locale) for each in (self, trial, settled)))

    def word(
        self,
        notice: Notice,
        locale: str,
        *,
        chat: str,
        reply_to: str | None = None,
        edits: str | None = None,
    ) -> Outgoing:
        """The notice as one outgoing message in the recipient's language."""
        return Outgoing(
            chat=chat,
            text=self.say(notice.text, locale) if notice.text else "",
            buttons=tuple(
                tuple(self._button(button, locale) for button in row) for row in notice.buttons
            ),
            media=notice.media,
            pin=notice.pin,
            contact=self._contact(notice.contact, locale),
            poll=self._poll(notice.poll, locale),
            closes_poll=notice.closes_poll,
            silent=notice.silent,
            ask_reply=notice.ask_reply,
            reply_to=reply_to or (None if edits else notice.replies_to),
            edits=edits,
        )

    def without_markup(self, message: Outgoing) -> Outgoing:
        """The same as plain text, for a messenger that cannot parse the formatting."""
        return replace(message, text=unmarked(message.text), plain=True)

    def _contact(self, contact: Contact | None, locale: str) -> WordedContact | None:
        if contact is None:
            return None
        return WordedContact(contact.number, self.label(contact.name, locale))

    def _poll(self, poll: Poll | None, locale: str) -> WordedPoll | None:
        if poll is None:
            return None
        options = tuple(self.label(option, locale) for option in poll.options)
        said = (self.label(text, locale) for text in (poll.question, poll.explanation))
        question, explanation = said
        return WordedPoll(question, options, poll.correct, explanation)

    def _button(self, button: Button, locale: str) -> WordedButton:
        return WordedButton(self.label(button.label, locale), button.tap, button.link)

    def _render(self, text: Text, locale: str, escape: Callable[[str], str]) -> str:
        if text.key == "text.plain":
            return escape(str(text.params["words"]))
        if text.key == NOTHING or (text.key == TRIAL and self._house):
            return ""
        given = {**self._of_the_house(text.key), **text.params}
        params = {name: self._param(value, locale, escape) for name, value in given.items()}
        return self._template(text.key, locale, text.params).format_map(params)

    def _of_the_house(self, key: str) -> Mapping[str, Param]:
        return asdict(self._house) if self._house and key.startswith("house.") else {}

    def _template(self, key: str, locale: str, params: Mapping[str, Param]) -> str:
        if "count" in params:
            return self._looked_up(key, locale, params["count"])
        if (key, locale) not in self._templates:
            self._templates[key, locale] = self._looked_up(key, locale)
        return self._templates[key, locale]

    def _looked_up(self, key: str, locale: str, count: Param | None = None) -> str:
        catalogue = self._catalogues.get(locale) or self._catalogues[DEFAULT_LOCALE]
        twin = f"{key}.trial"
        if self._house is None and (words := catalogue.gettext(twin)) != twin:
            return words
        found = catalogue.ngettext(key, key, count) if isinstance(count, int) else key
        found = catalogue.gettext(key) if found == key else found
        if found == key:
            raise LookupError(f"no words for {key} in {locale}")
        return found

    def _param(self, value: Param, locale: str, escape: Callable[[str], str]) -> str:
        match value:
            case str() | int():
                return escape(str(value))
            case Moment():
                return value.at.astimezone(ZONE).strftime(_MOMENTS[value.style])
            case Text():
                return self._render(value, locale, escape)
            case _:
                lines = (self._render(line, locale, escape) for line in value)
                return "\n".join(line for line in lines if line)


def _read_catalogues(folder: Path) -> Mapping[str, gettext.GNUTranslations]:
    languages = sorted(path.name for path in folder.iterdir() if path.is_dir())
    return {name: _read_catalogue(folder / name) for name in languages}


def _read_catalogue(folder: Path) -> gettext.GNUTranslations:
    """All areas of one language as one catalogue, compiled in memory: nothing to build."""
    merged = Catalog(locale=folder.name)
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=folder.name, abort_invalid=True):
                if message.id:
                    merged[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
