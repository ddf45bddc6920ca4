"""A town for each journey; the bot runs in this process unless the test must kill it."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.journeys.town import Town, open_town


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for a real minute begins, so that the others need not wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("real_time") is None)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """No bot runs yet."""
    async with open_town(tmp_path) as opened:
        yield opened


@pytest.fixture
async def living_town(town: Town) -> AsyncIterator[Town]:
    """The bot runs, and the resident has opened their private chat."""
    async with town.bot():
        await town.start("resident")
        yield town


@pytest.fixture
def photo() -> bytes:
    """A small picture: a gate, and two wheels before it."""
    image = Image.new("RGB", (640, 400), "#cfe3ef")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 280, 640, 400), fill="#8d8478")
    pen.rectangle((120, 60, 520, 290), fill="#b3503d", outline="#6e2d22", width=8)
    for left in (190, 360):
        pen.ellipse((left, 250, left + 110, 360), outline="#222222", width=14)
    pen.line((245, 305, 330, 230, 415, 305), fill="#1d4f91", width=16)
    file = io.BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()
