"""News for groups of people (landlords, traders, boat owners…): each person chooses for themselves
and leaves at once; a post for a group goes to their private chats and says why it came.

Nobody learns who is in a group: few people are not counted, and whoever wrote a post never hears
from what became of it whether anybody at all is in one.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

from actions import consents
from actions.announcement_face import neighbourhoods_of, notice_of
from actions.broadcasting import PIECE, post_in, quiet_hours_of
from actions.expected import find_message
from domain.announcing import Sort
from domain.audiences import Audience, is_counted, known
from domain.consent import ConsentPurpose
from domain.errors import Refused
from domain.notices import Button, Notice, Text
from domain.quiet_hours import HELD_AT_MOST, free_from
from storage import announcements, audiences, copies, outbox, posts, readers, wards
from storage.addresses import list_ids_of
from storage.announcement_tables import Announcement, Occurrence
from storage.copies import Chat
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
    _give_up_held(db, person, {each.value for each in before} - {each.value for each in left})
    return left


def count_reached(
    db: Connection, ward_code: str, places: Sequence[int], tags: Collection[str]
) -> int | None:
    """How many people a post for these groups reaches now; None where they are too few to say."""
    found = audiences.count_chosen(db, ward_code, places, tags)
    return found if is_counted(found) else None


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
    db: Connection, announcement: Announcement, occurrence: Occurrence, now: datetime
) -> bool:
    """The next PIECE of its copies, one for each person of its groups, however many of them they
    chose, in private; whether more must follow. A second time changes nothing."""
    most = PIECE
    for (place, tags), chats in _by_face(_wanting(db, announcement, occurrence)).items():
        put = post_in(
            db,
            [Chat(each.address_id, each.bot, place) for each in chats],
            _notice(db, announcement, tags, now),
            Sort(announcement.sort),
            now,
            occurrence_id=occurrence.id,
            latest=_latest(announcement, now),
            most=most,
        )
        most -= len(put)
        if most <= 0:
            return True
    return False


def too_few_to_say(db: Connection, announcement: Announcement, occurrence: Occurrence) -> bool:
    """Whether it is for groups, and so few people got it that their number is not told, be it
    none."""
    if not is_for_groups(db, announcement):
        return False
    return not is_counted(len(copies.chats_with(db, occurrence.id)))


def rests_too_long(db: Connection, announcement: Announcement, now: datetime) -> bool:
    """Whether it would have to wait so long everywhere that it is not sent: by the calendar alone,
    so that it says nothing of people."""
    if Sort(announcement.sort).is_urgent:
        return False
    ward = wards.list_neighbourhoods(db, [announcement.ward_code])
    places = neighbourhoods_of(db, announcement) or tuple(each.id for each in ward)
    latest = _latest(announcement, now)
    return all(free_from(now, quiet_hours_of(db, each)) >= latest for each in places)


def _wanting(
    db: Connection, announcement: Announcement, occurrence: Occurrence
) -> list[audiences.Chosen]:
    """One chat of each person, with this bot if possible, unless they have it in another one; none
    of those whose phone somebody else may be holding."""
    if not (tags := _tags(db, announcement)):
        return []
    places = neighbourhoods_of(db, announcement)
    found = audiences.list_chosen(db, announcement.ward_code, places, tags)
    silenced = readers.list_silenced(db, {each.address_id for each in found})
    have = copies.chats_with(db, occurrence.id)
    barred = [each for each in found if each.address_id in silenced | have]
    people = {each.person_id for each in barred}
    accounts = {each.chat_mark for each in barred}
    wanting = []
    for each in sorted(found, key=lambda chat: (chat.bot != announcement.bot, chat.address_id)):
        if each.person_id not in people and each.chat_mark not in accounts:
            wanting.append(each)
        people.add(each.person_id)
        accounts.add(each.chat_mark)
    return wanting


def _by_face(
    several: Sequence[audiences.Chosen],
) -> dict[tuple[int, tuple[str, ...]], list[audiences.Chosen]]:
    """Those for whom it looks the same, and in whose place the same hours hold."""
    found: dict[tuple[int, tuple[str, ...]], list[audiences.Chosen]] = {}
    for each in several:
        found.setdefault((each.neighbourhood_id, each.tags), []).append(each)
    return found


def _notice(
    db: Connection, announcement: Announcement, tags: Sequence[str], now: datetime
) -> Notice:
    notice = notice_of(db, announcement, now, because=reason_of(tags))
    buttons = tuple((_out(tag),) for tag in known(tags))
    return Notice(notice.text, buttons=buttons, media=notice.media)


def _out(tag: Audience) -> Button:
    return Button(Text("tags.button.off", {"name": label_of(tag)}), f"{_OFF}{tag.value}")


def _tags(db: Connection, announcement: Announcement) -> set[str]:
    targets = announcements.list_targets(db, announcement.id)
    return {each.tag for each in targets if each.tag is not None}


def _latest(announcement: Announcement, now: datetime) -> datetime:
    latest = now + HELD_AT_MOST
    return min(latest, announcement.expires_at or latest)


def _give_up_held(db: Connection, person: Person, kept: set[str]) -> None:
    """What waits for the end of quiet hours, and is for none of the groups that are kept."""
    own = set(list_ids_of(db, person.id))
    for each in posts.list_held(db):
        if each.address_id not in own or each.occurrence_id is None:
            continue
        occurrence = announcements.get_occurrence(db, each.occurrence_id)
        tags = _tags(db, announcements.get(db, occurrence.announcement_id))
        if tags and not tags & kept:
            posts.give_up(db, each.outbox_id or 0)
