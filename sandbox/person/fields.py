"""Reading what a caller of the person API says, and refusing it in plain words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from sandbox.model import Account, Bot, Chat, Message, Person
from sandbox.world import World


class Refusal(Exception):
    """A 4xx answer {"error": reason}."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class Fields:
    """The fields of one request, with the things of the world that they name."""

    def __init__(self, world: World, values: Mapping[str, Any]) -> None:
        self.world = world
        self.values = values

    @classmethod
    async def of_body(cls, request: web.Request, world: World) -> Fields:
        """The fields of a JSON body; an empty body has none."""
        raw = await request.read()
        try:
            values = json.loads(raw) if raw.strip() else {}
        except ValueError:
            raise Refusal("the body is not JSON") from None
        if not isinstance(values, dict):
            raise Refusal("the body is not a JSON object")
        return cls(world, values)

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            raise Refusal(f'"{name}" must be a text')
        return value

    def number(self, name: str) -> int:
        """A whole number that must be there."""
        value = self.find_number(name)
        if value is None:
            raise Refusal(f'"{name}" must be a number')
        return value

    def find_number(self, name: str) -> int | None:
        """A whole number, or None."""
        value = self.values.get(name)
        try:
            return None if value is None or value == "" else int(value)
        except (TypeError, ValueError):
            raise Refusal(f'"{name}" must be a number') from None

    def find_real(self, name: str) -> float | None:
        """A number, or None."""
        value = self.values.get(name)
        try:
            return None if value is None or value == "" else float(value)
        except (TypeError, ValueError):
            raise Refusal(f'"{name}" must be a number') from None

    def ids(self, name: str) -> list[int]:
        """A list of ids; none where it is not given."""
        value = self.values.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, int) for item in value):
            raise Refusal(f'"{name}" must be a list of ids')
        return value

    def messenger(self) -> str:
        """telegram, the only one that is played yet."""
        value = self.values.get("messenger", "telegram")
        if value != "telegram":
            raise Refusal(f"the messenger {value!r} is not played", 422)
        return "telegram"

    def person(self, name: str = "from") -> Person:
        """The person that the field names."""
        person = self.world.people.get(self.number(name))
        if person is None:
            raise Refusal(f'"{name}": no such person', 404)
        return person

    def bot(self, name: str = "bot") -> Bot:
        """The bot that the field names."""
        bot = self.world.bots.get(self.number(name))
        if bot is None:
            raise Refusal(f'"{name}": no such bot', 404)
        return bot

    def accounts(self, name: str) -> list[Account]:
        """The people and bots that the field lists."""
        accounts = [self.world.account(account_id) for account_id in self.ids(name)]
        if None in accounts:
            raise Refusal(f'"{name}": no such person or bot', 404)
        return [account for account in accounts if account is not None]

    def chat(self, person: Person, name: str = "chat") -> Chat:
        """The chat that the field names, as this person names it; they must be in it."""
        chat = self.world.chat_of_person(person, self.number(name))
        if chat is None:
            raise Refusal(f'"{name}": no such chat', 404)
        if chat.migrated_to is not None:
            raise Refusal(f"the group has become {chat.migrated_to}", 409)
        if not chat.has(person.id):
            raise Refusal(f"{person.id} is not in this chat", 403)
        return chat

    def message(self, chat: Chat, name: str = "message_id") -> Message:
        """The message of this chat that the field names."""
        message = chat.messages.get(self.number(name))
        if message is None:
            raise Refusal(f'"{name}": no such message', 404)
        return message
