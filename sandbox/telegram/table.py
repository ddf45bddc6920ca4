"""Every Bot API method that the sandbox plays. What is not here is answered with 404."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sandbox.telegram import (
    albums,
    chats,
    copies,
    editing,
    files,
    polling,
    profile,
    receiving,
    sending,
    taps_answered,
)
from sandbox.telegram.call import Call

Method = Callable[[Call], object | Awaitable[object]]

# These are counted against the limits: https://core.telegram.org/bots/faq, sandbox-api.md.
COUNTED: dict[str, Method] = {
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendVideo": sending.send_video,
    "sendVoice": sending.send_voice,
    "sendAudio": sending.send_audio,
    "sendDocument": sending.send_document,
    "sendSticker": sending.send_sticker,
    "sendLocation": sending.send_location,
    "sendVenue": sending.send_venue,
    "sendContact": sending.send_contact,
    "sendPoll": polling.send_poll,
    "sendMediaGroup": albums.send_media_group,
    "copyMessage": copies.copy_message,
    "forwardMessage": copies.forward_message,
}
FREE: dict[str, Method] = {
    "getMe": profile.get_me,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "stopPoll": polling.stop_poll,
    "deleteMessage": editing.delete_message,
    "pinChatMessage": editing.pin_chat_message,
    "unpinChatMessage": editing.unpin_chat_message,
    "answerCallbackQuery": taps_answered.answer_callback_query,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "sendChatAction": chats.send_chat_action,
    "getFile": files.get_file,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.setter_of("description", 512),
    "getMyDescription": profile.getter_of("description"),
    "setMyShortDescription": profile.setter_of("short_description", 120),
    "getMyShortDescription": profile.getter_of("short_description"),
    "setChatMenuButton": profile.set_chat_menu_button,
}
# Telegram takes method names in any case.
BY_NAME = {name.lower(): (name, method) for name, method in (COUNTED | FREE).items()}
COUNTED_NAMES = frozenset(COUNTED)
