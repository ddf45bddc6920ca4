"""People as they are: they answer what they see, press what they are shown, and when nothing
came for a while they say it politely once more. Everything here is invented.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from tests.faults.record import Told
from tests.messenger import Message, Messenger, buttons, words

PATIENCE: Final = 6.0  # seconds without an answer until it is said once more
GLANCE: Final = 4.0  # seconds that somebody looks at the screen for an answer
MOST_REPORTS: Final = 5  # of one person: what the program takes of calm ones in an hour
RECEIPT: Final = re.compile(r"Đã ghi tin\. Mã (\d{4} \d{4})")
POSTING: Final = re.compile(r"(?:Đang|Sẽ) đăng .*Mã bài: (\d{4} \d{4})")

# What is asked, by words of the question, and what is answered; the first that fits.
REPORT: Final = (
    ("Có chuyện gì ạ? Viết", "{story}"),
    ("Viết tiếp hay bắt đầu lại", "1"),
    ("Có phải: ", "1"),
    ("Đây là việc gì", "{sort}"),
    ("Cháy ở đâu", "so 12 ngo 5 khu 2"),
    ("Ở đâu ạ? Viết", "Ngõ 3, nhà số 8"),
    ("gọi lại số nào", "bỏ qua"),
    ("Có báo cho bà con", "không"),
    ("cho công an phường biết tên không", "2"),
    ("Xem lại rồi bấm", "gửi tin"),
)
ANNOUNCE: Final = (("Đăng lúc nào", "ngay bay gio"), ("Chưa gửi đi", "gui"))
FIRE: Final = ("Cháy nhà hàng xóm, biển hiệu {mark}", "cháy")
STORIES: Final = (
    ("Mất trộm xe đạp hiệu {mark} trước cửa", "trộm cắp"),
    ("Bên quán {mark} hát karaoke ồn quá", "tiếng ồn"),
    FIRE,
)


def mark_of(number: int, begins: str = "Q") -> str:
    """An invented name that stands in nothing else that anybody says."""
    syllables = ("za", "we", "fo", "ju", "zy", "wa", "fe", "jo", "zu", "wy")
    return begins + "".join(syllables[int(digit)] for digit in f"{number:04d}")


@dataclass
class Correspondent:
    """Somebody in their private chat with the bot; `confirmed` is how it says that something
    is in, with the code. Who `begins` starts something new when the last thing is done."""

    confirmed: ClassVar[re.Pattern[str]]
    api: Messenger
    id: int
    bot: int
    told: list[Told] = field(default_factory=list)
    begins: bool = True
    everything_said: set[str] = field(default_factory=set)
    _said: str = ""
    _said_at: float = 0.0
    _said_seq: int = 0
    _read_seq: int = 0
    _heard: str = ""
    _mark: str = ""
    _is_answered: bool = True
    _is_busy: bool = False

    def __str__(self) -> str:
        return f"{self.id} said {self._said!r} and heard {self._heard[-120:]!r}"

    @property
    def waits(self) -> bool:
        """Whether something was begun that is not confirmed yet."""
        return not self._is_answered

    async def act(self, pick: int) -> None:
        """One move, where this person is not still at the one before."""
        if not self._is_busy:
            self._is_busy = True
            try:
                await self.move(pick)
            finally:
                self._is_busy = False

    async def move(self, pick: int) -> None:
        """Look, and do the next thing."""
        raise NotImplementedError

    async def read(self) -> None:
        """Look at everything that came, and remember which codes it names."""
        found = await self._messages(self._read_seq)
        for message in found:
            self._read_seq, self._heard = message["seq"], words(message)
            if match := self.confirmed.search(words(message)):
                if match[1] not in [told.code for told in self.told]:
                    self.told.append(Told(self._mark, match[1], str(self.id)))
                self._is_answered = True

    async def _look(self) -> Sequence[Message]:
        """What the bot wrote since this person's last words, after waiting for it a while."""
        if not self._is_answered:
            await self._messages(self._said_seq, GLANCE)
        await self.read()
        return await self._messages(self._said_seq)

    async def _messages(self, after: int, wait: float = 0.0) -> list[Message]:
        query = {"as": self.id, "after": after, "wait": wait}
        found = (await self.api.get(f"chats/{self.bot}/messages", **query))["messages"]
        return [message for message in found if message["from"]["id"] != self.id]

    async def _say(self, text: str) -> None:
        sent = await self.api.post("messages", **{"from": self.id}, chat=self.bot, text=text)
        self._said, self._said_at, self._said_seq = text, time.monotonic(), sent["seq"]
        self.everything_said.add(text)

    async def _again(self, otherwise: str | None = None) -> None:
        """Nothing came that this person understands: after a while, once more."""
        if time.monotonic() - self._said_at > PATIENCE:
            await self._say(otherwise or self._said)

    def _intend(self, mark: str) -> None:
        self._mark, self._is_answered = mark, False


@dataclass
class Resident(Correspondent):
    """Files one report after the other, each with a mark of its own."""

    confirmed = RECEIPT
    _story: tuple[str, str] = ("", "")
    _saw_fire: bool = False

    async def move(self, pick: int) -> None:
        """Answer the newest question, or begin, or ask once more."""
        seen = await self._look()
        answer = reply_to(seen, REPORT, RECEIPT)
        if self._is_answered and (answer is None or answer == "{story}"):
            if self.begins and len(self.told) < MOST_REPORTS:
                await self._begin(pick)
        elif answer is None:
            await self._again("/baotin" if seen else None)
        else:
            story, sort = (part.format(mark=self._mark) for part in self._story)
            await self._say(answer.format(story=story, sort=sort))

    async def _begin(self, pick: int) -> None:
        self._intend(mark_of(self.id % 1000 * 10 + len(self.told)))
        # A second fire soon after the first is taken for more about the first.
        stories = STORIES[: len(STORIES) - self._saw_fire]
        self._story = stories[pick % len(stories)]
        self._saw_fire = self._saw_fire or self._story == FIRE
        await self._say("/baotin")


@dataclass
class Leader(Correspondent):
    """Announces something to the neighbourhood, again and again."""

    confirmed = POSTING

    async def move(self, pick: int) -> None:
        """Answer the newest question, or begin, or ask once more."""
        del pick
        seen = await self._look()
        answer = reply_to(seen, ANNOUNCE, POSTING)
        if self._is_answered:
            if self.begins:
                self._intend(mark_of(self.id % 10 * 1000 + len(self.told), "X"))
                await self._say(f"/thongbao Nhắc bà con {self._mark} đổ rác đúng giờ")
        elif answer is None:
            await self._again()
        else:
            await self._say(answer)


@dataclass
class Officer:
    """Takes and closes what stands in the duty chat, by buttons and by replies."""

    api: Messenger
    id: int
    desk: int

    async def act(self, pick: int) -> None:
        """Do the next thing with one of the last cards."""
        query = {"as": self.id, "limit": 30}
        shown = (await self.api.get(f"chats/{self.desk}/messages", **query))["messages"]
        open_ones = [m for m in shown if m["from"]["is_bot"] and _next_press(m)]
        if open_ones:
            message = open_ones[pick % len(open_ones)]
            button, number = _next_press(message) or ({}, "")
            if pick // 64 % 2:
                await self._press(message, button)
            else:
                await self._reply(message, number)

    async def _press(self, message: Message, button: dict[str, Any]) -> None:
        data = {"message_id": message["message_id"], "data": button["callback_data"]}
        try:
            await self.api.post("taps", **{"from": self.id}, chat=self.desk, **data)
        except AssertionError:
            return  # The card changed under the thumb.

    async def _reply(self, message: Message, text: str) -> None:
        body = {"text": text, "reply_to": message["message_id"]}
        await self.api.post("messages", **{"from": self.id}, chat=self.desk, **body)


def reply_to(
    seen: Sequence[Message], answers: Sequence[tuple[str, str]], end: re.Pattern[str]
) -> str | None:
    """The answer to the newest question among these; None where there is none, or where what
    was asked before it came to its `end`."""
    for message in reversed(seen):
        if end.search(words(message)):
            return None
        for asked, answer in answers:
            if asked in words(message):
                return answer
    return None


def _next_press(message: Message) -> tuple[dict[str, Any], str] | None:
    """The button that comes next on a card or on a question, and its number."""
    for label in ("1. Tôi nhận", "4. Đã xử lý", "1. Đã đến nơi"):
        for button in buttons(message):
            if button["text"].startswith(label) and "callback_data" in button:
                return button, label[0]
    return None
