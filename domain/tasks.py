"""Rules over the tasks of a plan: their instances, where each stands, and what falls in a quarter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.plan import Task, TaskState, TaskStatus

_QUARTERS_A_YEAR = 4
_MOST_QUARTERS = 11 * _QUARTERS_A_YEAR
"""No programme of more than ten years is read; a day mistyped into the year 9999 counts for no more."""


class TaskStanding(StrEnum):
    """Where an instance of a task stands on a given day."""

    UPCOMING = "upcoming"  # its window has not begun (sắp tới)
    DUE = "due"  # its window is running (đang thực hiện)
    DONE = "done"  # staff said so (đã xong)
    LATE = "late"  # its window is over and nobody said that it is done (quá hạn)


@dataclass(frozen=True, slots=True)
class TaskInstance:
    """What is to be done once (lượt nhiệm vụ), both days of the window included.

    `quarter` is 0 for a task with a single window. For one quarter of a recurring task it is that quarter, 1
    to 4, and 4 more for each further year of a plan of several: no two instances of a task share it.
    """

    task: Task
    quarter: int
    start: date
    end: date

    @property
    def of_year(self) -> int:
        """The calendar quarter, 1 to 4, of one quarter's instance; 0 for a single window."""
        return (self.quarter - 1) % _QUARTERS_A_YEAR + 1 if self.quarter else 0


def quarter_of(day: date) -> int:
    """Return the calendar quarter of `day`, 1 to 4."""
    return (day.month - 1) // 3 + 1


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """Return the first and the last day of a calendar quarter."""
    after = date(year + quarter // _QUARTERS_A_YEAR, quarter % _QUARTERS_A_YEAR * 3 + 1, 1)
    return date(year, quarter * 3 - 2, 1), after - timedelta(days=1)


def task_instances(task: Task) -> tuple[TaskInstance, ...]:
    """Return the instances of `task`, earliest first; never empty.

    A recurring task has one for each quarter that its window touches, cut to that window, of eleven years at
    most. Any other task has one, with quarter 0.
    Source: DESIGN.md section 3.
    """
    if not task.recurring:
        return (TaskInstance(task, 0, task.start, task.end),)
    return tuple(
        TaskInstance(
            task,
            quarter_of(first) + place // _QUARTERS_A_YEAR * _QUARTERS_A_YEAR,
            max(first, task.start),
            min(last, task.end),
        )
        for place, (first, last) in enumerate(_quarters_between(task.start, task.end))
    )


def standing(instance: TaskInstance, state: TaskState | None, today: date) -> TaskStanding:
    """Return where `instance` stands on the civil date `today`, given what staff said about it.

    A recurring task is never late before its year is over: the work of a quarter may be made up.
    """
    if state is not None and state.status is TaskStatus.DONE:
        return TaskStanding.DONE
    if today < instance.start:
        return TaskStanding.UPCOMING
    last = date(instance.end.year, 12, 31) if instance.task.recurring else instance.end
    return TaskStanding.LATE if today > last else TaskStanding.DUE


def tasks_of_quarter(tasks: Iterable[Task], year: int, quarter: int) -> tuple[TaskInstance, ...]:
    """Return the instances whose window touches the calendar quarter, in the order of `tasks`."""
    first, last = quarter_days(year, quarter)
    return tuple(
        instance
        for task in tasks
        for instance in task_instances(task)
        if instance.start <= last and instance.end >= first
    )


def overdue_at(tasks: Iterable[Task], day: date) -> tuple[Task, ...]:
    """Return the tasks whose only window ended before `day`, in the order of `tasks`.

    It is asked once, when a plan is imported: these are put to staff in one list and never reminded of.
    """
    return tuple(task for task in tasks if not task.recurring and task.end < day)


def _quarters_between(start: date, end: date) -> Iterator[tuple[date, date]]:
    first, last = quarter_days(start.year, quarter_of(start))
    for _ in range(_MOST_QUARTERS):
        if first > end:
            return
        yield first, last
        following = last + timedelta(days=1)
        first, last = quarter_days(following.year, quarter_of(following))
