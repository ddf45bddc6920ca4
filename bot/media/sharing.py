"""From a file that somebody sent to the copy that others get: fetched through the bot that
received it, the original sealed, its copy cleaned, uploaded once under a neutral name.

Nothing is ever forwarded. The file of a withheld report that cannot be cleaned is held back; the
desk and the reporter are told. Delivery calls `prepare` beside what leaves, then `dress`.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy.engine import Connection

from bot.channels.base import Channel, Gone, TooLarge, Unavailable, Upload
from bot.media.apart import Washroom
from bot.media.cellar import Cellar
from bot.media.cleaning import Clean, Uncleanable
from bot.media.shelf import AsItIs, Copy, Held, Ready, Shelf
from domain.notices import Media
from storage import incident_media, outbox, post_media
from storage.incident_media import Why
from storage.owed import Due
from storage.posts import post_in
from storage.tables import IncidentMedia, Outbox
from storage.writer import Writer

log = logging.getLogger(__name__)

# Telegram says the same of a file that is gone and of one that is not to be had now.
TRIES: Final = 6
# Files of announcements whose clean copies are known without asking.
MOST_KNOWN: Final = 500

# Told in the transaction that holds a file back: the row that would have brought it, the file,
# why, whether it is the first of its incident, and when.
Uploaded = list[tuple[Media, str]]
HeldBack = Callable[[Connection, Outbox, IncidentMedia, Why, bool, datetime], None]


class Sharing:
    """For all bots of the process; `channels` has each while it runs."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        writer: Writer,
        cellar: Cellar,
        washroom: Washroom,
        clock: Callable[[], datetime],
        held_back: HeldBack,
    ) -> None:
        self._channels = channels
        self._writer = writer
        self._cellar = cellar
        self._washroom = washroom
        self._clock = clock
        self._held_back = held_back
        self._shelf = Shelf(cellar)
        self._posted: dict[tuple[str, str], str] = {}

    def is_ready(self, bot: str, due: Due) -> bool:
        """Whether everything is known that this message needs to leave."""
        if self._shelf.find(due.id) is None:
            self._lay_known(bot, due)
        return self._shelf.find(due.id) is not None

    def uploads(self, due: Due) -> int:
        """How many files leave with this message as bytes."""
        return sum(isinstance(each, Copy) for each in self._shelf.find(due.id) or ())

    async def prepare(self, bot: str, due: Due) -> None:
        """Know of each file what to send. Raises SendError, OSError where it must be tried
        again."""
        ready: list[Ready] = []
        try:
            for media in due.notice.media:
                ready.append(await self._made_ready(bot, due, media))  # noqa: PERF401
        except BaseException:
            self._shelf.discard(ready)
            raise
        self._shelf.put(due.id, ready)

    async def dress(self, due: Due) -> tuple[Media | Upload, ...]:
        """What leaves instead of the message's media: nothing for what is held back. Raises
        Unavailable where it must be prepared again."""
        ready = self._shelf.find(due.id)
        if ready is None:
            raise Unavailable("its files were forgotten")
        for each in ready:
            if isinstance(each, AsItIs) and not await self._still_goes(due, each.media):
                self._shelf.forget(due.id)
                raise Unavailable("the name was withdrawn meanwhile")
        shown = [each for each in ready if not isinstance(each, Held)]
        return tuple([await self._shown(each, n) for n, each in enumerate(shown, start=1)])

    def uploaded(self, due: Due, files: Sequence[str]) -> Uploaded:
        """The files of this message that were uploaded, each with the messenger's id of its
        clean copy; `files` are the ids of what `dress` gave."""
        ready = zip(due.notice.media, self._shelf.find(due.id) or (), strict=False)
        shown = [(media, each) for media, each in ready if not isinstance(each, Held)]
        pairs = zip(shown, files, strict=False)
        return [(media, file) for (media, each), file in pairs if isinstance(each, Copy) and file]

    def release(self, due: Due) -> None:
        """This message is settled."""
        self._shelf.forget(due.id)

    async def sweep(self) -> None:
        """Take out of the folder what no row names: originals of reports that were erased,
        and what a crash left behind."""
        lying = await asyncio.to_thread(self._cellar.names)
        # In this order: what is not fresh any more is named by then.
        fresh = self._cellar.fresh
        needless = lying - fresh - await self._writer.run(incident_media.list_originals)
        for name in needless:
            self._cellar.discard(name)

    def _lay_known(self, bot: str, due: Due) -> None:
        """The six hundredth copy of a post asks the writer nothing."""
        if post_in(due.concerns) is None:
            return
        known = [self._posted.get((bot, media.file)) for media in due.notice.media]
        pairs = zip(due.notice.media, known, strict=True)
        ready = [Media(media.kind, clean) for media, clean in pairs if clean is not None]
        if len(ready) == len(known):
            self._shelf.put(due.id, ready)

    async def _find_posted(self, bot: str, due: Due, media: Media) -> str | None:
        """The clean copy that an earlier chat of the same announcement got."""
        key, post_id = (bot, media.file), post_in(due.concerns)
        if post_id is None or key in self._posted:
            return self._posted.get(key) if post_id is not None else None
        look = partial(post_media.find_clean, post_id=post_id, bot=bot, file=media.file)
        if clean := await self._writer.run(look):
            if len(self._posted) >= MOST_KNOWN:
                self._posted.clear()
            self._posted[key] = clean
        return clean

    async def _still_goes(self, due: Due, media: Media) -> bool:
        _, as_it_is = await self._writer.run(partial(_look_up, due=due, media=media))
        return as_it_is

    async def _shown(self, ready: Copy | Media | AsItIs, number: int) -> Media | Upload:
        if isinstance(ready, AsItIs):
            return ready.media
        if isinstance(ready, Media):
            return ready
        try:
            clean = await asyncio.to_thread(self._shelf.fetch, ready)
        except FileNotFoundError:
            raise Unavailable("a clean copy was forgotten") from None
        return Upload(clean.kind, clean.content, clean.name(number), clean.type)

    async def _made_ready(self, bot: str, due: Due, media: Media) -> Ready:
        if known_as := await self._find_posted(bot, due, media):
            return Media(media.kind, known_as)
        row, as_it_is = await self._writer.run(partial(_look_up, due=due, media=media))
        known = incident_media.shared(row) if row else incident_media.Shared()
        if bot in known.files:
            return Media(media.kind, known.files[bot])
        if row is not None and known.held and not as_it_is:
            return await self._hold(due, row, known.held)
        try:
            clean = await self._cleaned(bot, due, media, row)
        except (TooLarge, Gone, Uncleanable, OSError) as fault:
            # No process to clean in, or no room on the disk: that may pass.
            if isinstance(fault, OSError) and due.attempts < TRIES:
                raise
            why = _why(fault)
            log.warning("a file is not shared as a clean copy: %s", why, extra={"row": due.id})
            if as_it_is and why != "gone" and (row is None or row.bot == bot):
                return AsItIs(media)
            return await self._hold(due, row, why) if row else Held()
        return await asyncio.to_thread(self._shelf.lay, clean)

    async def _cleaned(self, bot: str, due: Due, media: Media, row: IncidentMedia | None) -> Clean:
        if row is not None and row.original:
            content = await asyncio.to_thread(self._cellar.fetch, row.original)
        else:
            content = await self._download(row.bot if row else bot, due, media)
            if row is not None:
                await self._keep_original(row, content)
        return await self._washroom.clean(media.kind, content)

    async def _download(self, bot: str, due: Due, media: Media) -> bytes:
        try:
            if bot not in self._channels:
                raise Gone("the bot that received it does not run")
            return await self._channels[bot].download(media.file)
        except Gone as fault:
            if due.attempts < TRIES:
                raise Unavailable(str(fault)) from None
            raise

    async def _keep_original(self, row: IncidentMedia, content: bytes) -> None:
        laid = await asyncio.to_thread(self._cellar.lay, content)
        keep = partial(
            incident_media.keep_original, key=row.id, name=laid.name, sha256=laid.sha256
        )
        await self._writer.run(keep)
        self._cellar.release(laid.name)

    async def _hold(self, due: Due, row: IncidentMedia, why: Why) -> Held:
        await self._writer.run(partial(self._write_held, due=due, row=row, why=why))
        return Held()

    def _write_held(self, db: Connection, due: Due, row: IncidentMedia, why: Why) -> None:
        first = incident_media.hold(db, row.id, why)
        self._held_back(db, outbox.get(db, due.id), row, why, first, self._clock())


def _why(fault: Exception) -> Why:
    match fault:
        case TooLarge():
            return "too_large"
        case Gone():
            return "gone"
    return "unclean"


def _incident_in(due: Due) -> int | None:
    """The incident that this message is about."""
    subject, _, number = (due.concerns or "").partition(":")
    return int(number) if subject == "incident" and number.isdigit() else None


def remember(db: Connection, bot: str, due: Due, uploaded: Uploaded) -> None:
    """What `uploaded` gave, in the transaction that settles the row: a card that is put again, or
    another desk, or the next chat of an announcement, needs no second upload."""
    if (post_id := post_in(due.concerns)) is not None:
        for media, file in uploaded:
            post_media.keep_clean(db, post_id, bot, media.file, file)
    incident_id = _incident_in(due)
    if incident_id is None:
        return
    for media, file in uploaded:
        if row := incident_media.find_media(db, incident_id, media.file):
            incident_media.keep_clean(db, row.id, bot, file)


def _look_up(db: Connection, due: Due, media: Media) -> tuple[IncidentMedia | None, bool]:
    """The file's row, and whether it may go as it is where it cannot be cleaned: to a mediator
    in private, and where the reporter is named; never where nobody knows any more."""
    incident_id = _incident_in(due)
    if incident_id is None:
        return None, due.private
    row = incident_media.find_media(db, incident_id, media.file)
    return row, row is not None and incident_media.is_named(db, incident_id)
