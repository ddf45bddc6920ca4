"""One call of one bot, and the questions that nearly every method asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox import views
from sandbox.model import Chat, Message, Wire
from sandbox.telegram.errors import bad_request, forbidden, migrated

if TYPE_CHECKING:
    from sandbox.model import Bot
    from sandbox.telegram.params import Params
    from sandbox.world import World


@dataclass
class Call:
    """A call that passed the gate. `album_of` is how many messages it asks to send."""

    world: World
    bot: Bot
    method: str
    params: Params

    def find_chat(self, name: str = "chat_id") -> Chat | None:
        """The chat that the parameter names, as far as this bot can know it."""
        value = self.params.text(name)
        try:
            chat_id = int(value or "")
        except ValueError:
            return None
        if chat_id > 0:
            return self.world.private_chats.get((chat_id, self.bot.id))
        return self.world.groups.get(chat_id)

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat that the parameter names, the bot having been there at some time.

        Raises 400 where there is none, and the migration error where the group has moved.
        """
        if not self.params.text(name):
            raise bad_request("chat_id is empty")
        chat = self.find_chat(name)
        if chat is None or (self.bot.id not in chat.standings):
            self._require_acquaintance(name)
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        return chat

    def _require_acquaintance(self, name: str) -> None:
        person_id = self.params.text(name) or ""
        if person_id.isdigit() and int(person_id) in self.world.people:
            raise forbidden("bot can't initiate conversation with a user")
        if person_id.isdigit() and int(person_id) in self.world.bots:
            raise forbidden("bot can't send messages to bots")

    def writable_chat(self, name: str = "chat_id") -> Chat:
        """The chat, the bot being able to write there now; raises 403 with the reason."""
        chat = self.chat(name)
        if chat.private:
            if chat.id in self.bot.blocked_by:
                raise forbidden("bot was blocked by the user")
            if chat.id not in self.bot.started_by:
                raise forbidden("bot can't initiate conversation with a user")
        else:
            self.require_presence(chat)
        return chat

    def require_presence(self, chat: Chat) -> None:
        """Raises 403 where the bot is no longer in this group."""
        what = "supergroup" if chat.kind == "supergroup" else "group"
        if chat.standings.get(self.bot.id) == "kicked":
            raise forbidden(f"bot was kicked from the {what} chat")
        if not chat.has(self.bot.id):
            raise forbidden(f"bot is not a member of the {what} chat")

    def message(self, chat: Chat, missing: str, name: str = "message_id") -> Message:
        """The message that the parameter names; raises 400 with `missing` where there is none."""
        message = chat.messages.get(self.params.number(name) or 0)
        if message is None:
            raise bad_request(missing)
        return message

    def shown(self, message: Message) -> Wire:
        """The Message object for this bot."""
        return views.for_bot(self.world, message, self.bot)
