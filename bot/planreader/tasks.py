"""The plan's tasks with their windows, and what staff should look at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.planreader.sections import Section
from bot.planreader.taskgroups import Group, Item, groups_of
from bot.planreader.timephrases import Doubt, Window, read_window
from domain.plan import PlanHead, Task
from messages_vi.catalogue import _, mark
from messages_vi.formats import day

_WORDS_QUOTED = 12


def read_tasks(sections: Iterable[Section], head: PlanHead) -> tuple[tuple[Task, ...], list[str]]:
    """Return the tasks in document order, and warnings for staff.

    A task without a time gets the whole year; of a group without any, one warning says so.
    """
    groups = [group for section in sections for group in groups_of(section, head.year)]
    tasks: list[Task] = []
    warnings: list[str] = []
    for group in groups:
        for item in group.items:
            tasks.append(_task(group, item, head, len(tasks) + 1))
        warnings += _warnings(group, head)
    return tuple(tasks), warnings


def _task(group: Group, item: Item, head: PlanHead, position: int) -> Task:
    window = _window(item, head)
    return Task(
        group.number,
        group.title,
        item.text,
        item.when,
        window.start,
        window.end,
        window.recurring,
        item.who,
        position,
    )


def _window(item: Item, head: PlanHead) -> Window:
    if item.when is None:
        return Window(date(head.year, 1, 1), date(head.year, 12, 31))
    return read_window(item.when, head.year, head.date)


def _warnings(group: Group, head: PlanHead) -> list[str]:
    untimed = [item for item in group.items if item.when is None]
    found: list[str] = []
    if len(untimed) == len(group.items):
        found.append(
            _(
                "Group {group} gives no time; the whole of {year} is taken.",
                group=_name(group),
                year=head.year,
            )
        )
    else:
        found += [
            _(
                "The task “{text}” (group {group}) has no time; the whole of {year} is taken.",
                text=_beginning(item.text),
                group=_name(group),
                year=head.year,
            )
            for item in untimed
        ]
    found += [
        _("The time “{when}” in group {group} belongs to no task.", when=when, group=_name(group))
        for when in group.stray
    ]
    said = dict.fromkeys(item.when for item in group.items if item.when is not None)
    return found + [warning for when in said for warning in _doubts(when, group, head)]


def _doubts(when: str, group: Group, head: PlanHead) -> list[str]:
    window = read_window(when, head.year, head.date)
    start, end = _full(window.start), _full(window.end)
    if window.doubt is Doubt.UNREAD:
        key = mark("The time “{when}” (group {group}) was not understood; the whole of {year} is taken.")
    elif window.doubt is Doubt.SEVERAL:
        key = mark("The time “{when}” (group {group}) is read as {start} to {end}.")
    elif window.doubt is Doubt.OUTSIDE:
        key = mark("The time “{when}” (group {group}) lies outside {year}.")
    else:
        return []
    return [_(key, when=when, group=_name(group), year=head.year, start=start, end=end)]


def _name(group: Group) -> str:
    return group.number or f"“{_beginning(group.title)}”"


def _full(value: date) -> str:
    return f"{day(value)}/{value.year}"


def _beginning(text: str) -> str:
    words = text.split()
    return text if len(words) <= _WORDS_QUOTED else " ".join(words[:_WORDS_QUOTED]) + " ..."
