"""What the lines of a section say, one after the other: headings, tasks, times, people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from bot.planreader.inlinetimes import heading_time, is_only_time, time_in
from bot.planreader.labels import Label, is_label, names_of, pieces_of
from bot.planreader.markers import Kind, Marker, marker_of
from bot.planreader.paragraphs import Paragraph, RowRole
from bot.planreader.people import without_repeats
from bot.planreader.sections import Section
from bot.planreader.vocabulary import ASIDE_LABEL, CONTENT_LABEL, TIME_LEAD
from bot.planreader.words import fold, without_ending
from domain.plan import PlanPeriod


class Is(Enum):
    """What a piece of a line is."""

    HEADING = "heading"
    ITEM = "item"
    PLAIN = "plain"  # a paragraph without any mark
    TIME = "time"
    LEAD = "lead"
    JOIN = "join"


_CLOSING = re.compile(r"(?:tren day la|de nghi cac .{3,60} (?:trien khai|thuc hien)|can cu ke hoach nay)\b")
_OF_LABEL = {Label.TIME: Is.TIME, Label.LEAD: Is.LEAD, Label.JOIN: Is.JOIN}


@dataclass(slots=True)
class Event:
    """One thing that a line says. A heading or item may bring its own time and people.

    `is_group` for a heading that cannot be a task itself; `closed` for a task whose row says all about it.
    """

    what: Is
    text: str
    marker: Marker
    when: str | None = None
    who: tuple[str, ...] = ()
    is_group: bool = False
    closed: bool = False

    @property
    def depth(self) -> tuple[int, int]:
        """How far inside a heading stands: by the kind of its mark, then by the points in its number."""
        return self.marker.kind, self.marker.number.count(".")


def events_of(section: Section, frame: PlanPeriod) -> list[Event]:
    """Return what the section's lines say, in order.

    A label whose value stands on the next line takes it from there; "+" lines below a task are its details,
    and tasks of their own where they bring their own times.
    """
    events: list[Event] = []
    lead_in = ""
    as_form = any(_belongs_to_form(fold(marker_of(line.text).rest)) for line in section.paragraphs)
    for paragraph in section.paragraphs:
        marker = marker_of(paragraph.text)
        content = CONTENT_LABEL.match(fold(marker.rest)) if as_form else None
        if paragraph.row is not None:
            events += _of_row(paragraph, marker)
        elif content:
            text = marker.rest[content.end() :]
            events += _of_line(Marker(Kind.BULLET, "", text), frame)
        elif _CLOSING.match(fold(marker.rest)) or (as_form and ASIDE_LABEL.match(fold(marker.rest))):
            continue
        elif _is_round(marker, events, frame):
            events[-1].text = f"{events[-1].text}; {without_ending(marker.rest)}".lstrip("; ")
        elif marker.kind is not Kind.SUB_BULLET and _waits_for_value(events, paragraph, frame):
            events[-1].text = without_ending(marker.rest)
        elif _is_time_heading(paragraph, marker, frame):
            outer = not any(event.what is Is.HEADING and event.marker.number for event in events)
            kind = Kind.ROMAN if outer or any(_is_plain_group(event) for event in events) else Kind.LETTER
            events.append(Event(Is.HEADING, marker.rest, replace(marker, kind=kind), is_group=True))
        elif _is_detail(marker, events):
            lead_in = _put_detail(events, marker.rest, lead_in, frame)
            continue
        else:
            events += _of_line(marker, frame)
        lead_in = ""
    return events


def _belongs_to_form(folded: str) -> bool:
    return CONTENT_LABEL.match(folded) is not None or folded.startswith("dia diem:")


def _is_plain_group(event: Event) -> bool:
    return event.is_group and event.marker.kind is Kind.ROMAN


def _of_row(paragraph: Paragraph, marker: Marker) -> Iterator[Event]:
    row = paragraph.row
    if row is None:
        return
    if row.role is RowRole.TITLE:
        mark = marker if marker.kind <= Kind.LETTER else Marker(Kind.LETTER, "", marker.rest)
        yield Event(Is.HEADING, marker.rest, mark, is_group=True)
    elif row.role is RowRole.TASK:
        yield Event(Is.ITEM, marker.rest, marker, row.when, row.who, closed=True)


def _waits_for_value(events: list[Event], paragraph: Paragraph, frame: PlanPeriod) -> bool:
    """Tell whether the line above is a label without its value, and this one is no mark's."""
    if not events or events[-1].what not in _OF_LABEL.values() or events[-1].text:
        return False
    marker = marker_of(paragraph.text)
    return not is_label(fold(marker.rest)) and (
        marker.kind is Kind.NONE or (events[-1].what is Is.TIME and is_only_time(marker.rest, frame))
    )


def _is_round(marker: Marker, events: list[Event], frame: PlanPeriod) -> bool:
    """Tell whether a "+" line gives one of several times below their label: "+ Đợt 1: tháng 3"."""
    if marker.kind is not Kind.SUB_BULLET or not events or events[-1].what is not Is.TIME:
        return False
    return not events[-1].text or is_only_time(marker.rest, frame)


def _is_time_heading(paragraph: Paragraph, marker: Marker, frame: PlanPeriod) -> bool:
    """Tell whether an unnumbered line names only a time: "THÁNG 10", "Tuần 1 (từ 01/8 - 07/8):"."""
    if marker.kind is not Kind.NONE and not (marker.kind is Kind.BULLET and marker.rest.endswith(":")):
        return False
    text = marker.rest.strip(" .:;")
    if is_label(fold(marker.rest)) or TIME_LEAD.match(fold(text)):
        return False
    when = heading_time(text, frame)
    return when is not None and (is_only_time(text, frame) or text.startswith(when + " ("))


def _is_detail(marker: Marker, events: list[Event]) -> bool:
    return (
        marker.kind is Kind.SUB_BULLET
        and bool(events)
        and events[-1].what is Is.ITEM
        and events[-1].marker.kind is not Kind.SUB_BULLET
        and not events[-1].closed
        and not is_label(fold(marker.rest))
    )


def _put_detail(events: list[Event], text: str, lead_in: str, frame: PlanPeriod) -> str:
    """Add a "+" line to the task above, or make it a task of its own where it has its own time.

    Returns the words that lead to such tasks ("Tổ chức các hoạt động:"), which stand before each of them.
    """
    pieces = pieces_of(text, frame)
    own = next((value for label, value in pieces[1:] if label is Label.TIME), None) or time_in(text, frame)
    above = events[-1]
    if own is None or (above.when is not None and not lead_in):
        above.text += f" + {text}"
        return lead_in
    if not lead_in and above.text.endswith(":"):
        lead_in = above.text
        events.pop()
    who = [
        name
        for label, value in pieces
        if label in (Label.LEAD, Label.JOIN)
        for name in names_of(label, value)
    ]
    whole = f"{lead_in} {pieces[0][1]}".strip()
    events.append(Event(Is.ITEM, whole, Marker(Kind.BULLET, "", whole), own, tuple(who)))
    return lead_in


def _of_line(marker: Marker, frame: PlanPeriod) -> Iterator[Event]:
    pieces = pieces_of(marker.rest, frame)
    if pieces[0][0] is Label.TEXT:
        when = next((text for label, text in pieces if label is Label.TIME), None)
        who = without_repeats(
            name
            for label, text in pieces
            if label in (Label.LEAD, Label.JOIN)
            for name in names_of(label, text)
        )
        yield Event(_kind(marker), pieces[0][1], marker, when, who)
        return
    for label, text in pieces:
        yield Event(_OF_LABEL[label], text, marker)


def _kind(marker: Marker) -> Is:
    if marker.kind is Kind.NONE:
        return Is.PLAIN
    return Is.ITEM if marker.kind in (Kind.BULLET, Kind.SUB_BULLET) else Is.HEADING
