"""Reply markup: what Telegram takes, and the errors for what it does not."""

from __future__ import annotations

from typing import Any

from sandbox.model import Wire
from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params

MOST_CALLBACK_BYTES = 64
ACTIONS = frozenset(
    {
        "callback_data",
        "url",
        "web_app",
        "login_url",
        "switch_inline_query",
        "copy_text",
        "pay",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "callback_game",
    }
)
OTHERS = ("keyboard", "force_reply", "remove_keyboard")


def markup_of(params: Params, *, inline_only: bool = False) -> Wire | None:
    """The reply_markup parameter, checked; None for none and for an empty keyboard."""
    markup = params.tree("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        listed = _row(markup["inline_keyboard"])
        rows = [[_button(button) for button in _row(row)] for row in listed]
        kept = [row for row in rows if row]
        return {"inline_keyboard": kept} if kept else None
    if inline_only and markup:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        listed = _row(markup["keyboard"])
        rows = [[_reply_button(button) for button in _row(row)] for row in listed]
        return markup | {"keyboard": rows}
    return markup if any(markup.get(name) for name in OTHERS) else None


def _row(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    return value


def _button(button: Any) -> Wire:
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    kept = {name: value for name, value in button.items() if value is not None}
    if not ACTIONS & kept.keys():
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = kept.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= MOST_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = str(kept.get("url", "http://x.vn"))
    if not url.lower().startswith(("http://", "https://", "tg://")) or len(url) < 8:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return kept


def _reply_button(button: Any) -> Wire:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return button
