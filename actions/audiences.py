"""News for groups of people (landlords, traders, boat owners…): each person chooses for themselves
and leaves at once; a post for a group goes to their private chats and says why it came.

Nobody learns who is in a group: few people are not counted, and whoever wrote a post never hears
from what became of it whether anybody at all is in one.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy.engine import Connection

from actions import consents
from actions.announcement_face import neighbourhoods_of, notice_of
from actions.expected import find_message
from actions.pieces import Piece
from actions.post_hours import resting_places, waits_at_most
from actions.private_holds import give_up_unwanted
from actions.recipients import places_of, post_to_people
from domain.announcing import Sort
from domain.audiences import Audience, known, said_number
from domain.consent import ConsentPurpose
from domain.errors import Refused
from domain.notices import Button, Notice, Text
from storage import announcements, audiences, copies, outbox, posts, recipients
from storage.announcement_tables import Announcement, Occurrence
from storage.recipients import Whom
from storage.tables import Outbox, Person

_OFF: Final = "s:off:"


def tags_of(db: Connection, person: Person) -> tuple[Audience, ...]:
    """What this person chose to hear of."""
    return known(audiences.list_tags(db, person.id))


def choose(
    db: Connection, person: Person, tag: Audience, shown: consents.Shown, now: datetime
) -> bool:
    """From now on they hear what is meant for this group; False where they did already. The first
    choice is a consent of its own, of which `shown` is what they read. Raises Refused for somebody
    of whom no neighbourhood is known: nothing would reach them."""
    if person.neighbourhood_id is None:
        raise Refused("tags.place_first")
    fresh = audiences.add_tag(db, person.id, tag.value, now)
    if not consents.is_given(db, person.id, ConsentPurpose.TOPICS):
        consents.record(db, person, ConsentPurpose.TOPICS, True, shown, now)
    return fresh


def leave(
    db: Connection, person: Person, tags: Collection[Audience] | None, now: datetime
) -> tuple[Audience, ...]:
    """Out of these groups, or of all of them, at once: what is held for them does not come either.
    Which of them they were in. The last one takes the consent with it."""
    before = tags_of(db, person)
    left = tuple(each for each in before if tags is None or each in tags)
    if not left:
        return ()
    audiences.drop_tags(db, person.id, [each.value for each in left])
    if len(left) == len(before):
        consents.withdraw(db, person, ConsentPurpose.TOPICS, now)
    else:
        give_up_unwanted(db, person.id)
    return left


def count_reached(
    db: Connection, ward_code: str, places: Sequence[int], tags: Collection[str]
) -> int | None:
    """How many people at least a post for these groups reaches now, in steps; None where they are
    too few to say."""
    return said_number(audiences.count_chosen(db, ward_code, places, tags))


def reason_of(tags: Collection[str]) -> Text | None:
    """The line that says why it came; None for what goes to everybody."""
    return Text("tags.because", {"names": names_of(tags)}) if known(tags) else None


def names_of(tags: Collection[str]) -> Text:
    """What the groups are called, one after the other. Raises ValueError for none."""
    *before, names = map(label_of, known(tags))
    for each in reversed(before):
        names = Text("tags.names", {"first": each, "rest": names})
    return names


def named_at(places: Text, tags: Collection[str]) -> Text:
    """To whom a post goes: everybody at these places, or the people of these groups there."""
    if not known(tags):
        return places
    return Text("announcing.where.group_at", {"names": names_of(tags), "where": places})


def label_of(tag: Audience) -> Text:
    """What a group is called."""
    return Text(f"tags.name.{tag.value}")


def groups_of_post(db: Connection, row: Outbox | None) -> tuple[Audience, ...]:
    """The groups for which this message came; a file behind a post is the same post."""
    if row is None or posts.post_in(row.concerns) is None:
        return ()
    words = find_message(db, row.answers) if row.answers else row
    lines = outbox.load_notice(words.notice).buttons if words else ()
    taps = (button.tap or "" for line in lines for button in line)
    return known(tap.removeprefix(_OFF) for tap in taps if tap.startswith(_OFF))


def is_for_groups(db: Connection, announcement: Announcement) -> bool:
    """Whether it goes to people by their groups, and to no chat."""
    return bool(_tags(db, announcement))


def send_to_groups(
    db: Connection,
    announcement: Announcement,
    occurrence: Occurrence,
    now: datetime,
    most: int,
    *,
    besides: Collection[int] = (),
) -> Piece:
    """The next of its copies, at most `most`, one for each person of its groups, however many of
    them they chose, in private, but of nobody with a copy of an occurrence `besides`. A second
    time changes nothing."""
    if not (tags := _tags(db, announcement)):
        return Piece()
    if neighbourhoods_of(db, announcement):
        living = recipients.living_where(announcement.id)
    else:
        living = recipients.living_in_ward(announcement.ward_code)
    whom = Whom(living, recipients.chose(tags), announcement.bot)
    face = partial(_face, db, announcement, now)
    put = post_to_people(db, announcement, occurrence, whom, face, now, most, besides=besides)
    return Piece(len(put), len(put) >= most)


def said_to_have_it(db: Connection, occurrence: Occurrence) -> int | None:
    """How many people at least got a copy of what is for groups, in steps; None for too few."""
    return said_number(len(copies.chats_with(db, occurrence.id)))


def rests_too_long(db: Connection, announcement: Announcement, now: datetime) -> bool:
    """Whether it would have to wait so long everywhere that it is not sent: by the calendar alone,
    so that it says nothing of people."""
    if Sort(announcement.sort).is_urgent:
        return False
    places, latest = places_of(db, announcement), waits_at_most(now, announcement.expires_at)
    return resting_places(db, places, now, latest) >= set(places)


def _face(
    db: Connection, announcement: Announcement, now: datetime, _place: int, tags: frozenset[str]
) -> Notice:
    notice = notice_of(db, announcement, now, because=reason_of(tags))
    buttons = tuple((_out(tag),) for tag in known(tags))
    return Notice(notice.text, buttons=buttons, media=notice.media)


def _out(tag: Audience) -> Button:
    return Button(Text("tags.button.off", {"name": label_of(tag)}), f"{_OFF}{tag.value}")


def _tags(db: Connection, announcement: Announcement) -> set[str]:
    return {tag for _, tag in announcements.list_aims(db, announcement.id) if tag is not None}
