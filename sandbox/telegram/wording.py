"""Text and captions as a bot gives them: parse mode, explicit entities, lengths."""

from __future__ import annotations

from typing import Any

from sandbox.entities import from_html, from_plain, utf16_length
from sandbox.html_text import HtmlError
from sandbox.model import Wire
from sandbox.telegram.errors import NotBuilt, bad_request
from sandbox.telegram.params import Params

MOST_TEXT = 4096
MOST_CAPTION = 1024


def text_body(params: Params, too_long: str = "message is too long") -> Wire:
    """The fields "text" and "entities"; raises 400 for empty, broken or too long text."""
    text, entities = _worded(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > MOST_TEXT:
        raise bad_request(too_long)
    return _body("text", text, "entities", entities)


def caption_body(params: Params) -> Wire:
    """The fields "caption" and "caption_entities", none of them for an empty caption."""
    text, entities = _worded(params, "caption", "caption_entities")
    if utf16_length(text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    body = _body("caption", text, "caption_entities", entities) if text else {}
    if params.flag("show_caption_above_media"):
        body["show_caption_above_media"] = True
    return body


def _worded(params: Params, name: str, entities_name: str) -> tuple[str, list[Wire]]:
    source = params.text(name) or ""
    mode = (params.text("parse_mode") or "").lower()
    if mode.startswith("markdown"):
        raise NotBuilt(f"parse_mode={params.text('parse_mode')}")
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    if mode == "html":
        try:
            return from_html(source)
        except HtmlError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    given = params.tree(entities_name, "message entities")
    return _with_given(source, given) if given else from_plain(source)


def _with_given(source: str, given: Any) -> tuple[str, list[Wire]]:
    length = utf16_length(source)
    for entity in given if isinstance(given, list) else [None]:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= entity.keys():
            raise bad_request("can't parse message entities JSON object")
        if not all(isinstance(entity[name], int) for name in ("offset", "length")):
            raise bad_request("can't parse message entities JSON object")
        if entity["offset"] < 0 or entity["offset"] + entity["length"] > length:
            raise bad_request("entity begins or ends outside of the text")
    return source, sorted(given, key=lambda entity: (entity["offset"], -entity["length"]))


def _body(name: str, text: str, entities_name: str, entities: list[Wire]) -> Wire:
    return {name: text, entities_name: entities} if entities else {name: text}
