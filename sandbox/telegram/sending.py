"""Methods that put something new into a chat, except albums, copies and forwards."""

from __future__ import annotations

from sandbox.model import Chat, Media, Message, Wire
from sandbox.polls import Poll
from sandbox.posting import post
from sandbox.telegram.attachments import media_of
from sandbox.telegram.call import Call
from sandbox.telegram.errors import NotBuilt, bad_request
from sandbox.telegram.keyboards import markup_of
from sandbox.telegram.params import Params
from sandbox.telegram.wording import caption_body, text_body


def send_message(call: Call) -> Wire:
    """sendMessage."""
    chat = call.writable_chat()
    return call.shown(deliver(call, chat, text_body(call.params)))


def send_photo(call: Call) -> Wire:
    """sendPhoto."""
    return _send_media(call, "photo")


def send_video(call: Call) -> Wire:
    """sendVideo."""
    return _send_media(call, "video")


def send_voice(call: Call) -> Wire:
    """sendVoice."""
    return _send_media(call, "voice")


def send_audio(call: Call) -> Wire:
    """sendAudio."""
    return _send_media(call, "audio")


def send_document(call: Call) -> Wire:
    """sendDocument."""
    return _send_media(call, "document")


def send_sticker(call: Call) -> Wire:
    """sendSticker."""
    return _send_media(call, "sticker")


def send_location(call: Call) -> Wire:
    """sendLocation; live locations are not played."""
    chat = call.writable_chat()
    if call.params.number("live_period"):
        raise NotBuilt("live_period")
    return call.shown(deliver(call, chat, {"location": _place(call)}))


def send_venue(call: Call) -> Wire:
    """sendVenue."""
    chat = call.writable_chat()
    place = _place(call)
    title, address = call.params.text("title"), call.params.text("address")
    if not title or not address:
        raise bad_request("VENUE_TITLE_EMPTY" if not title else "VENUE_ADDRESS_EMPTY")
    venue = {"location": place, "title": title, "address": address}
    return call.shown(deliver(call, chat, {"venue": venue, "location": place}))


def send_contact(call: Call) -> Wire:
    """sendContact."""
    chat = call.writable_chat()
    phone, name = call.params.text("phone_number"), call.params.text("first_name")
    if not phone or not name:
        raise bad_request(
            'parameter "phone_number" is required'
            if not phone
            else 'parameter "first_name" is required'
        )
    contact = {"phone_number": phone, "first_name": name}
    for field in ("last_name", "vcard"):
        if value := call.params.text(field):
            contact[field] = value
    return call.shown(deliver(call, chat, {"contact": contact}))


def deliver(
    call: Call, chat: Chat, body: Wire, media: Media | None = None, *, poll: Poll | None = None
) -> Message:
    """Post for the bot, with the parameters that all send methods share."""
    params = call.params
    return post(
        call.world,
        chat,
        call.bot,
        body,
        media=media,
        markup=markup_of(params),
        reply_to=replied(call, chat),
        silent=params.flag("disable_notification"),
        protected=params.flag("protect_content"),
        poll=poll,
    )


def replied(call: Call, chat: Chat) -> Message | None:
    """The message that is answered (reply_parameters, or the older reply_to_message_id)."""
    refuse_unbuilt(call)
    if call.params.number("message_thread_id"):
        raise bad_request("message thread not found")
    given = call.params.tree("reply_parameters", "reply parameters") or {
        "message_id": call.params.number("reply_to_message_id"),
        "allow_sending_without_reply": call.params.flag("allow_sending_without_reply"),
    }
    if not isinstance(given, dict) or not given.get("message_id"):
        return None
    message = chat.messages.get(Params(given).number("message_id") or 0)
    if message is None and not given.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def refuse_unbuilt(call: Call) -> None:
    """Raise NotBuilt where a parameter asks for what is not played yet."""
    if call.params.text("ephemeral_message_parameters"):
        raise NotBuilt("ephemeral_message_parameters")


def _send_media(call: Call, kind: str) -> Wire:
    chat = call.writable_chat()
    value, duration = call.params.text(kind), call.params.number("duration") or 0
    media = media_of(call, kind, value, duration)
    if kind == "audio":
        media.title = call.params.text("title")
    body = caption_body(call.params) if kind != "sticker" else {}
    return call.shown(deliver(call, chat, body, media))


def _place(call: Call) -> Wire:
    latitude, longitude = call.params.real("latitude"), call.params.real("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request('can\'t parse location: Field "latitude" or "longitude" is invalid')
    return {"latitude": latitude, "longitude": longitude}
