"""The real program, whose clock is moved instead of waited for: nobody takes a fire, officers are
woken, the program is stopped, the next one wakes the chief, who takes it with a press in private,
and all who were woken read who has it.
"""

from datetime import datetime, timedelta

from tests.journeys.morning import morning_clock
from tests.journeys.town import Town
from tests.messenger import words


class Later:
    """A clock that runs, and that a test sets forward."""

    def __init__(self) -> None:
        self._runs = morning_clock()
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return self._runs() + self._ahead

    def move(self, **span: float) -> None:
        """Later by `timedelta(**span)`."""
        self._ahead += timedelta(**span)


async def test_from_silence_to_the_chief_across_a_restart(town: Town) -> None:
    clock = Later()
    police, duty = (town.officer, town.officer2), town.chat("police")
    async with town.bot(clock):
        await town.start("resident", "officer", "officer2", "chief")
        await town.resident.says("cháy nhà ông Canari")
        await town.resident.says("1")
        await town.chief.sees("CHƯA AI NHẬN", chat=duty)
        clock.move(minutes=2)
        for each in police:
            said = words(await each.sees("KHẨN CẤP · CHƯA AI NHẬN"))
            assert "Cháy" in said
            assert "Canari" not in said
        await town.chief.sees("đã nhắn riêng cán bộ", chat=duty)
    clock.move(minutes=2)
    async with town.bot(clock):
        await town.chief.sees("KHẨN CẤP · CHƯA AI NHẬN")
        await town.chief.taps("Tôi nhận")
        for each in (*police, town.chief):
            await each.sees("Đ/c Huy đã nhận tin")
        await town.resident.sees("đã nhận")
        clock.move(hours=1)
        await town.quiet()
        for each in police:
            history = [words(message) for message in await each.history()]
            assert sum("CHƯA AI NHẬN" in said for said in history) == 0
            assert sum("đã nhận tin" in said for said in history) == 1
