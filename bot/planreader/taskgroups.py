"""The groups of a plan's tasks: their bullets, each with the time and the people given below it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, pairwise

from bot.planreader.inlinetimes import heading_time, time_in
from bot.planreader.labels import Label, names_of
from bot.planreader.markers import Kind, Marker
from bot.planreader.people import JOINS, without_repeats
from bot.planreader.sections import Section
from bot.planreader.taskevents import Event, Is, events_of
from bot.planreader.timephrases import Doubt, heading_frame, read_inside
from bot.planreader.words import without_ending
from domain.plan import PlanPeriod


@dataclass(slots=True)
class Item:
    """One task as it stands in the document; `when` is None until a time covers it.

    `closed` when a table has said all about it: nothing below it in the document belongs to it.
    """

    text: str
    when: str | None = None
    who: tuple[str, ...] = ()
    closed: bool = False


@dataclass(slots=True)
class Group:
    """A group of tasks. `when` and `who` stand above its first task and hold for those without their own.

    `stray` are time lines with no task above them; `depth` is how far inside its heading stands; `leads` when
    its time lines stand above the tasks that they are for.
    """

    number: str
    title: str
    when: str | None = None
    who: tuple[str, ...] = ()
    depth: tuple[int, int] = (0, 0)
    items: list[Item] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    leads: bool = False


def groups_of(section: Section, frame: PlanPeriod) -> list[Group]:
    """Return the section's groups in document order, without empty ones.

    A time line closes the run of tasks above it, back to the previous time line of its group; so does a line
    of people for its own run. A heading that names a time ("THÁNG 10") gives it to all below it. Numbered
    lines without anything below them are tasks themselves.
    """
    events = _introductions_dropped(_leaves_as_items(events_of(section, frame)))
    groups = [Group(section.number, without_ending(section.title), heading_time(section.title, frame))]
    groups[0].leads = _leads(events, 0)
    for index, event in enumerate(events):
        if event.what is Is.HEADING:
            groups.append(_group(event, groups, frame))
            groups[-1].leads = _leads(events, index + 1)
            if not _has_below(event, events, index):
                groups[-1].items.append(Item(without_ending(event.text), event.when, event.who))
        else:
            _put(groups[-1], event)
    return [_completed(group, frame) for group in groups if group.items]


def _group(event: Event, groups: list[Group], frame: PlanPeriod) -> Group:
    """Return the group that a heading begins; it has the time of the headings around it."""
    depth = event.depth
    around = next((group for group in reversed(groups) if group.depth < depth), groups[0])
    when = event.when or heading_time(event.text, frame) or around.when
    return Group(_number(event.marker, groups[-1]), without_ending(event.text), when, event.who, depth)


def _leads(events: list[Event], begin: int) -> bool:
    """Tell whether time lines stand above their tasks: one begins the group, and none ends it."""
    end = next((i for i in range(begin, len(events)) if events[i].what is Is.HEADING), len(events))
    kinds = [event.what for event in events[begin:end] if event.what in (Is.TIME, Is.ITEM, Is.PLAIN)]
    return kinds.count(Is.TIME) > 1 and kinds[0] is Is.TIME and kinds[-1] is not Is.TIME


def _leaves_as_items(events: list[Event]) -> list[Event]:
    """Turn the headings of a depth at which nothing has anything below it into tasks."""
    deep = {
        event.depth
        for index, event in enumerate(events)
        if event.what is Is.HEADING and (event.is_group or _has_below(event, events, index))
    }
    for event in events:
        if event.what is Is.HEADING and event.depth not in deep:
            event.what = Is.ITEM
    return events


def _has_below(heading: Event, events: list[Event], index: int) -> bool:
    if heading.is_group:
        return True
    for event in islice(events, index + 1, None):
        if event.what in (Is.ITEM, Is.PLAIN):
            return True
        if event.what is Is.HEADING:
            return event.depth > heading.depth
    return False


def _introductions_dropped(events: list[Event]) -> list[Event]:
    """Leave out paragraphs that only lead to what follows: before headings, before bullets, with a colon."""
    first_heading = next((i for i, event in enumerate(events) if event.what is Is.HEADING), 0)
    kept: list[Event] = []
    for begin, end in pairwise(_group_bounds(events)):
        first_item = next((i for i in range(begin, end) if events[i].what is Is.ITEM), begin)
        led_to = max(first_item, first_heading)
        kept += [
            event
            for index, event in enumerate(events[begin:end], begin)
            if event.what is not Is.PLAIN or (index >= led_to and not event.text.endswith(":"))
        ]
    return kept


def _group_bounds(events: list[Event]) -> list[int]:
    return [0, *(i for i, event in enumerate(events) if i and event.what is Is.HEADING), len(events)]


def _number(marker: Marker, above: Group) -> str:
    """Return the number as written; a letter stands behind that of the group around it: "2.a"."""
    if marker.kind is not Kind.LETTER or not marker.number:
        return marker.number
    around = (
        above.number.rpartition(".")[0]
        if above.number[-2:-1] == "." and above.number[-1].isalpha()
        else above.number
    )
    return f"{around}.{marker.number}".lstrip(".")


def _put(group: Group, event: Event) -> None:
    if event.what is Is.PLAIN and group.items and group.items[-1].closed:
        return  # A sentence below a table speaks of the table.
    if event.what in (Is.ITEM, Is.PLAIN):
        when = event.when or (group.when if group.leads else None)
        group.items.append(Item(without_ending(event.text), when, event.who, event.closed))
    elif event.what is Is.TIME:
        _put_time(group, event.text)
    else:
        label = Label.JOIN if event.what is Is.JOIN else Label.LEAD
        _put_people(group, names_of(label, event.text))


def _put_time(group: Group, when: str) -> None:
    open_items = [item for item in group.items if item.when is None and not item.closed]
    if not group.items or group.leads:
        group.when = when
    elif not open_items:
        group.stray.append(when)
    for item in open_items:
        item.when = when


def _put_people(group: Group, who: tuple[str, ...]) -> None:
    items = [item for item in group.items if not item.closed]
    open_items = [item for item in items if not item.who]
    if not items:
        group.who += who
    for item in open_items:
        item.who = who
    if items and not open_items:
        _add_people(items, who)


def _add_people(items: list[Item], who: tuple[str, ...]) -> None:
    """Add a second line of people ("Đơn vị phối hợp: ...") to the run that the first one closed."""
    first = items[-1].who
    for item in reversed(items):
        if item.who != first:
            break
        item.who = first + who


def _completed(group: Group, frame: PlanPeriod) -> Group:
    """Give each task what its group says, and the time in its own sentence where nothing dated covers it."""
    inner = heading_frame(group.when, frame)
    for item in group.items:
        if item.when is None or not _is_dated(item.when, group.when, frame):
            own = time_in(item.text, inner)
            if own and (item.when is None or _is_dated(own, group.when, frame)):
                item.when = own
        item.when = item.when if item.when is not None else group.when
        item.who = without_repeats(sorted(item.who or group.who, key=lambda name: name.endswith(JOINS)))
    return group


def _is_dated(when: str, heading: str | None, frame: PlanPeriod) -> bool:
    return any(
        window.doubt is not Doubt.UNREAD and not window.recurring
        for window in read_inside(when, heading, frame)
    )
