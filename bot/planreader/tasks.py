"""The plan's tasks with their windows, and what staff should look at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.planreader.sections import Section
from bot.planreader.taskgroups import Group, Item, groups_of
from bot.planreader.timephrases import Doubt, Window, read_inside
from domain.plan import PlanPeriod, Task
from messages_vi.catalogue import _, mark
from messages_vi.formats import day, number
from messages_vi.plans import period_name

_WORDS_QUOTED = 12


def read_tasks(
    sections: Iterable[Section], frame: PlanPeriod, issued: date | None
) -> tuple[tuple[Task, ...], list[str]]:
    """Return the tasks in document order, and warnings for staff.

    A task done at several times ("tháng 4 và tháng 8") is one task for each, so that each has its own
    reminders and its own answer. A task without a time gets the whole period; of a group without any, one
    warning says so.
    """
    groups = [group for section in sections for group in groups_of(section, frame)]
    tasks: list[Task] = []
    warnings: list[str] = []
    for group in groups:
        for item in group.items:
            tasks += _tasks(group, item, _windows(item, group, frame, issued), len(tasks) + 1)
        warnings += _warnings(group, frame, issued)
    return tuple(tasks), warnings


def _tasks(group: Group, item: Item, windows: Iterable[Window], first: int) -> Iterator[Task]:
    for position, window in enumerate(windows, first):
        yield Task(
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


def _windows(item: Item, group: Group, frame: PlanPeriod, issued: date | None) -> tuple[Window, ...]:
    if item.when is None:
        return (Window(frame.start, frame.end),)
    return read_inside(item.when, group.when, frame, issued)


def _warnings(group: Group, frame: PlanPeriod, issued: date | None) -> list[str]:
    untimed = [item for item in group.items if item.when is None]
    found: list[str] = []
    taken = {"group": _name(group), "period": period_name(frame)}
    if len(untimed) == len(group.items):
        found.append(_("Group {group} gives no time; the whole of {period} is taken.", **taken))
    else:
        found += [
            _(
                "The task “{text}” (group {group}) has no time; the whole of {period} is taken.",
                text=_beginning(item.text),
                **taken,
            )
            for item in untimed
        ]
    found += [
        _("The time “{when}” in group {group} belongs to no task.", when=when, group=_name(group))
        for when in group.stray
    ]
    said = dict.fromkeys(item.when for item in group.items if item.when is not None)
    return found + [warning for when in said for warning in _doubts(when, group, frame, issued)]


def _doubts(when: str, group: Group, frame: PlanPeriod, issued: date | None) -> list[str]:
    windows = read_inside(when, group.when, frame, issued)
    first = windows[0]
    values = {"when": when, "group": _name(group), "period": period_name(frame)}
    if len(windows) > 1:
        values["count"] = number(len(windows))
        return [_("The time “{when}” (group {group}) is read as {count} times, a task for each.", **values)]
    if first.doubt is Doubt.UNREAD:
        key = mark("The time “{when}” (group {group}) was not understood; the whole of {period} is taken.")
    elif first.doubt is Doubt.LUNAR:
        values |= {"start": _full(first.start), "end": _full(first.end)}
        key = mark("The time “{when}” (group {group}) is reckoned by Tết: {start} to {end}.")
    elif first.doubt is Doubt.OUTSIDE:
        key = mark("The time “{when}” (group {group}) lies outside {period}.")
    else:
        return []
    return [_(key, **values)]


def _name(group: Group) -> str:
    return group.number or (f"“{_beginning(group.title)}”" if group.title else _("without a name"))


def _full(value: date) -> str:
    return f"{day(value)}/{value.year}"


def _beginning(text: str) -> str:
    words = text.split()
    return text if len(words) <= _WORDS_QUOTED else " ".join(words[:_WORDS_QUOTED]) + " ..."
