"""Cleaning happens in a process that can break, hang and know nothing."""

import os

import pytest

from bot.media.apart import Washroom
from bot.media.cleaning import Uncleanable, clean
from settings import inherited_environment
from tests import specimens


async def test_it_cleans_as_within() -> None:
    copy = await Washroom(inherited_environment()).clean("photo", specimens.jpeg())
    assert copy == clean("photo", specimens.jpeg())


async def test_a_large_file_goes_through_whole() -> None:
    photo = specimens.jpeg() + os.urandom(3_000_000)
    copy = await Washroom(inherited_environment()).clean("document", photo)
    assert copy.content == clean("document", photo).content


async def test_what_cannot_be_cleaned_is_told_with_its_reason() -> None:
    with pytest.raises(Uncleanable, match="unknown sort"):
        await Washroom(inherited_environment()).clean("document", b"PK\x03\x04")


async def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(Uncleanable, match="too long"):
        await Washroom(inherited_environment(), seconds=0.001).clean("photo", specimens.jpeg())


async def test_a_process_that_breaks_breaks_nothing_else() -> None:
    nowhere = {**inherited_environment(), "PYTHONHOME": "nowhere"}
    with pytest.raises(Uncleanable, match="broke"):
        await Washroom(nowhere).clean("photo", specimens.jpeg())
