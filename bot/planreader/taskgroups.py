"""The groups of a plan's tasks: their bullets, each with the time and the people given below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice, pairwise

from bot.planreader.labels import Label, names_in, pieces_of
from bot.planreader.markers import Kind, Marker, marker_of
from bot.planreader.sections import Section
from bot.planreader.words import without_ending


@dataclass(slots=True)
class Item:
    """One task as it stands in the document; `when` is None until a time covers it."""

    text: str
    when: str | None = None
    who: tuple[str, ...] = ()


@dataclass(slots=True)
class Group:
    """A group of tasks. `when` and `who` stand above its first task and hold for those without their own.

    `stray` are time lines with no task above them.
    """

    number: str
    title: str
    when: str | None = None
    who: tuple[str, ...] = ()
    items: list[Item] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)


class _Is(Enum):
    HEADING = "heading"
    ITEM = "item"
    PLAIN = "plain"  # a paragraph without any mark
    TIME = "time"
    WHO = "who"


@dataclass(slots=True)
class _Event:
    """One thing that a line says. A heading or item may bring its own time and people."""

    what: _Is
    text: str
    marker: Marker
    when: str | None = None
    who: tuple[str, ...] = ()


def groups_of(section: Section, year: int) -> list[Group]:
    """Return the section's groups in document order, without empty ones.

    A time line closes the run of tasks above it, back to the previous time line of its group; so does a line
    of people for its own run. Numbered lines without anything below them are tasks themselves.
    """
    events = _introductions_dropped(_leaves_as_items(_events(section, year)))
    groups = [Group(section.number, without_ending(section.title))]
    for index, event in enumerate(events):
        if event.what is _Is.HEADING:
            number = _number(event.marker, groups[-1])
            groups.append(Group(number, without_ending(event.text), event.when, event.who))
            if not _has_below(event, events, index):
                groups[-1].items.append(Item(without_ending(event.text), event.when, event.who))
        else:
            _put(groups[-1], event)
    return [_completed(group) for group in groups if group.items]


def _events(section: Section, year: int) -> list[_Event]:
    events: list[_Event] = []
    for paragraph in section.paragraphs:
        marker = marker_of(paragraph.text)
        if (
            marker.kind is Kind.NONE
            and events
            and events[-1].what in (_Is.TIME, _Is.WHO)
            and not events[-1].text
        ):
            events[-1].text = without_ending(marker.rest)
        elif marker.kind is Kind.SUB_BULLET and events and events[-1].what is _Is.ITEM:
            events[-1].text += f" + {marker.rest}"
        else:
            events += _events_of(marker, year)
    return events


def _events_of(marker: Marker, year: int) -> Iterator[_Event]:
    pieces = pieces_of(marker.rest, year)
    if pieces[0][0] is Label.TEXT:
        what = _what(marker)
        when = next((text for label, text in pieces if label is Label.TIME), None)
        who = tuple(name for label, text in pieces if label is Label.WHO for name in names_in(text))
        yield _Event(what, pieces[0][1], marker, when, who)
        return
    for label, text in pieces:
        yield _Event(_Is.TIME if label is Label.TIME else _Is.WHO, text, marker)


def _what(marker: Marker) -> _Is:
    if marker.kind is Kind.NONE:
        return _Is.PLAIN
    return _Is.ITEM if marker.kind in (Kind.BULLET, Kind.SUB_BULLET) else _Is.HEADING


def _depth(marker: Marker) -> tuple[int, int]:
    return marker.kind, marker.number.count(".")


def _leaves_as_items(events: list[_Event]) -> list[_Event]:
    """Turn the headings of a depth at which nothing has anything below it into tasks."""
    deep = {
        _depth(event.marker)
        for index, event in enumerate(events)
        if event.what is _Is.HEADING and _has_below(event, events, index)
    }
    for event in events:
        if event.what is _Is.HEADING and _depth(event.marker) not in deep:
            event.what = _Is.ITEM
    return events


def _has_below(heading: _Event, events: list[_Event], index: int) -> bool:
    for event in islice(events, index + 1, None):
        if event.what in (_Is.ITEM, _Is.PLAIN):
            return True
        if event.what is _Is.HEADING:
            return _depth(event.marker) > _depth(heading.marker)
    return False


def _introductions_dropped(events: list[_Event]) -> list[_Event]:
    """Leave out paragraphs that only lead to what follows: before headings, before bullets, with a colon."""
    first_heading = next((i for i, event in enumerate(events) if event.what is _Is.HEADING), 0)
    kept: list[_Event] = []
    for begin, end in pairwise(_group_bounds(events)):
        first_item = next((i for i in range(begin, end) if events[i].what is _Is.ITEM), begin)
        led_to = max(first_item, first_heading)
        kept += [
            event
            for index, event in enumerate(events[begin:end], begin)
            if event.what is not _Is.PLAIN or (index >= led_to and not event.text.endswith(":"))
        ]
    return kept


def _group_bounds(events: list[_Event]) -> list[int]:
    return [0, *(i for i, event in enumerate(events) if i and event.what is _Is.HEADING), len(events)]


def _number(marker: Marker, above: Group) -> str:
    """Return the number as written; a letter stands behind that of the group around it: "2.a"."""
    if marker.kind is not Kind.LETTER:
        return marker.number
    around = (
        above.number.rpartition(".")[0]
        if above.number[-2:-1] == "." and above.number[-1].isalpha()
        else above.number
    )
    return f"{around}.{marker.number}".lstrip(".")


def _put(group: Group, event: _Event) -> None:
    if event.what in (_Is.ITEM, _Is.PLAIN):
        group.items.append(Item(without_ending(event.text), event.when, event.who))
    elif event.what is _Is.TIME:
        _put_time(group, event.text)
    elif event.what is _Is.WHO:
        _put_people(group, names_in(event.text))


def _put_time(group: Group, when: str) -> None:
    open_items = [item for item in group.items if item.when is None]
    if not group.items:
        group.when = when
    elif not open_items:
        group.stray.append(when)
    for item in open_items:
        item.when = when


def _put_people(group: Group, who: tuple[str, ...]) -> None:
    open_items = [item for item in group.items if not item.who]
    if not group.items:
        group.who += who
    for item in open_items:
        item.who = who
    if group.items and not open_items:
        _add_people(group.items, who)


def _add_people(items: list[Item], who: tuple[str, ...]) -> None:
    """Add a second line of people ("Đơn vị phối hợp: ...") to the run that the first one closed."""
    first = items[-1].who
    for item in reversed(items):
        if item.who != first:
            break
        item.who = first + who


def _completed(group: Group) -> Group:
    for item in group.items:
        item.when = item.when if item.when is not None else group.when
        item.who = item.who or group.who
    return group
