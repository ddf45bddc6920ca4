"""The one home of what people type instead of pressing a button that stands below the last
message: by the button's label, in both languages and without accents. (The questions of a flow
have theirs beside their choices.)
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from actions.expected import list_buttons
from domain.choices import without_courtesy
from domain.notices import Text
from domain.text import fold
from storage.tables import Outbox

_NO: Final = ("khong", "khong can", "khong can dau", "thoi", "thoi khong", "no", "no thanks")
_YES: Final = ("dong y", "co", "toi dong y", "agree", "yes", "i agree")
# A label of the catalogue, or its first part up to a number.
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "announcing.act.edit": ("sua", "sua bai", "sua loi", "sua gio", "change", "edit"),
    "announcing.act.skip": (
        "bo mot lan", "bo 1 lan", "bo lan toi", "bo lan nay", "bo qua", "bo qua lan nay",
        "bo qua lan toi", "bo qua mot lan", "skip", "skip once", "skip it",
    ),
    "announcing.act.pause": ("tam dung", "tam ngung", "tam ngung dang", "pause"),
    "announcing.act.resume": (
        "dang tiep", "tiep tuc", "tiep tuc dang", "dang lai", "chay tiep", "resume", "go on",
        "continue",
    ),
    "announcing.act.stop": ("dung han", "dung", "dung lai", "stop", "stop for good"),
    "announcing.act.take_back": ("1", "lay lai", "rut lai", "take back", "take it back"),
    "announcing.stop.yes": ("dung han", "dong y", "co", "yes", "stop", "stop for good"),
    "announcing.stop.no": ("khong dung", "khong", "no", "don t stop", "keep it"),
    "announcement.button.take_back": ("1", "lay lai", "rut lai", "take back", "take it back"),
    # Somebody's face or number may be in it: a mere "ok" is no agreement.
    "announcement.button.agree": ("1", "dong y", "dong y gui", "toi dong y", "agree", "i agree"),
    "announcement.button.no": (
        "2", "khong", "khong dong y", "no", "refuse", "do not agree", "i don t agree",
    ),
    "correction.act.correct": ("sua loi", "sua", "correct it", "edit"),
    "correction.act.cancel": ("huy tin", "huy tin nay", "cancel it", "cancel"),
    "correction.act.clear": (
        "bao an toan", "an toan", "an toan roi", "da an toan", "het nguy hiem", "da het nguy hiem",
        "all clear", "safe", "it is over",
    ),
    "correction.act.extend": (
        "keo dai", "van con", "van con keo dai", "van con nguy hiem", "gia han", "chua het",
        "extend", "still going on",
    ),
    "correction.button.correct": ("sua", "sua loi"),
    "board.button.again": ("dang lai", "gui lai", "post again", "again"),
    "board.button.unsure_yes": ("van dang lai", "dang lai", "co", "yes", "post again"),
    "board.button.unsure_no": _NO,
    "board.button.see": ("xem lai", "look again"),
    "reading.urgent.button.yes": ("gui rieng", *_YES),
    "reading.urgent.button.no": _NO,
    "reading.confirm.button.yes": ("gui rieng", *_YES),
    "reading.confirm.button.no": _NO,
    "pasting.button.drop_yes": ("dong y", "co", "bo", "yes"),
    "pasting.button.drop_no": _NO,
}  # fmt: skip


def find_pressed(row: Outbox | None, typed: str, now: datetime) -> str | None:
    """What the button of this message sends back that the whole message names, with polite words
    around it or without; None where it names none, or two of them."""
    said = {fold(typed), fold(without_courtesy(typed))} - {""}
    buttons = [(_inner(each.label).key, each.tap or "") for each in list_buttons(row, now)]
    found = {tap for key, tap in buttons if said.intersection(_WORDS.get(key, ()))}
    return found.pop() if len(found) == 1 else None


def choices_with(row: Outbox | None, label: str, now: datetime) -> list[tuple[Text, str]]:
    """The buttons of the message, without their numbers, where one of them has this label."""
    buttons = [(_inner(each.label), each.tap or "") for each in list_buttons(row, now)]
    return buttons if any(each.key == label for each, _ in buttons) else []


def words_for(label: Text) -> tuple[str, ...]:
    """What else a button with this label may be called."""
    return _WORDS.get(label.key, ())


def _inner(label: Text) -> Text:
    """Without the number before it."""
    inner = label.params.get("label")
    return inner if isinstance(inner, Text) else label
