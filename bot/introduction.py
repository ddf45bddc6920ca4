"""The list of commands behind the messenger's menu button, in each language."""

import logging

from bot.channels.base import SendError
from bot.channels.telegram import TelegramChannel
from bot.wording import DEFAULT_LOCALE, Wording
from domain.notices import Text

log = logging.getLogger(__name__)

# What a resident may need, the most needed first; officers and leaders learn theirs on joining.
LISTED = (
    "baotin", "khancap", "vuviec", "hoagiai", "tieptuc", "huy", "thoat", "dangky", "dulieu",
    "xacminh", "ngonngu", "trogiup",
)  # fmt: skip


async def introduce(channel: TelegramChannel, wording: Wording) -> None:
    """Best effort: everything can be done by typing as well."""
    for locale in wording.locales:
        commands = [
            {"command": name, "description": wording.label(Text(f"intro.{name}"), locale)}
            for name in LISTED
        ]
        query: dict[str, object] = {"commands": commands}
        if locale != DEFAULT_LOCALE:
            query["language_code"] = locale
        try:
            await channel.call("setMyCommands", query)
        except SendError as fault:
            log.warning("the command list was not taken: %s", fault)
