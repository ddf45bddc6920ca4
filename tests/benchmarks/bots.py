"""A bot that leads the crowd of the load server through the peers' script, and that can be made to
do what a bad one does.
"""

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.crowd_of_steps import Crowd
from benchmarks.script import PEER, typed

Reply = dict[str, Any]


class RightBot:
    """Takes each update once and each press once; `spoiled` is handed every reply with the number
    of its step, and gives what is really sent."""

    def __init__(self, spoiled: Callable[[Reply, int], list[Reply]] | None = None) -> None:
        self._spoiled = spoiled or (lambda reply, _step: [reply])
        self._taken: set[int] = set()
        self._steps: dict[int, int] = {}
        self.offset = 0

    def replies(self, update: dict[str, Any]) -> Iterator[Reply]:
        """What it sends to one update."""
        self.offset = max(self.offset, update["update_id"] + 1)
        if update["update_id"] in self._taken:
            return
        self._taken.add(update["update_id"])
        press = update.get("callback_query")
        sender = (press or update["message"])["from"]
        chat, number = sender["id"], int(sender["first_name"].rsplit(" ", 1)[-1])
        step = self._steps.get(chat, 0)
        if press is not None and press["data"] != str(step - 1):
            return
        self._steps[chat] = step + 1
        text = " · ".join(typed(answer, number) for answer in PEER[step].answers)
        rows = [[{"text": str(n), "callback_data": str(step)}] for n in range(4)]
        reply = {"chat_id": chat, "text": text, "reply_markup": {"inline_keyboard": rows}}
        yield from self._spoiled(reply, step)


async def lead(crowd: Crowd, bot: RightBot, conversations: int) -> None:
    """Until so many conversations ended, or there is nothing to answer any more."""
    while crowd.seen.conversations < conversations:
        updates = await crowd.updates(bot.offset, 0.05, 100)
        if not updates:
            return
        for update in updates:
            for reply in bot.replies(update):
                crowd.called("sendMessage", reply)
