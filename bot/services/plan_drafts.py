"""A plan that came as a file in chat: held as .toml text until staff take it in, and corrected there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.planreader.faults import explain
from bot.planreader.frames import year_of_month
from bot.planreader.reader import read_plan
from bot.planreader.toml_plan import dump_plan, parse_plan
from domain.errors import InputError
from domain.plan import PlanPeriod, Task, YearPlan
from messages_vi.catalogue import Marked
from messages_vi.formats import parse_count

_DAY = re.compile(r"(?<![\d/])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?![\d/])")
_READ_FROM_WHEN = re.compile(r"^(?:start|end|recurring) = .*\n", re.MULTILINE)
_HEADING = "[[tasks]]\n"


def draft_from(name: str, content: bytes) -> str:
    """Return the plan of a file as .toml text. Raises: InputError as `read_plan` does."""
    return dump_plan(read_plan(name, content))


def explained(error: InputError, you: str) -> Marked:
    """Return what to say to `you` of a file that could not be read as a plan."""
    return explain(error, you)


def plan_in(text: str) -> YearPlan:
    """Return the plan of a draft. Raises: InputError for a text that is none."""
    return parse_plan(text)


def without_task(text: str, number: int) -> str | None:
    """Return the draft without a task, or None when there is no such number or nothing would be left."""
    plan = plan_in(text)
    if not 1 <= number <= len(plan.tasks):
        return None
    return _dumped(replace(plan, tasks=(*plan.tasks[: number - 1], *plan.tasks[number:])))


def without_target(text: str, number: int) -> str | None:
    """Return the draft without a target, or None when there is no such number or nothing would be left."""
    plan = plan_in(text)
    if not 1 <= number <= len(plan.targets):
        return None
    return _dumped(replace(plan, targets=(*plan.targets[: number - 1], *plan.targets[number:])))


def with_goal(text: str, number: int, goal: str) -> str | None:
    """Return the draft with another goal of a target ("25", "100%"), or None where it is no number."""
    plan = plan_in(text)
    try:
        value = parse_count(goal.strip().removesuffix("%").strip())
    except ValueError:
        return None
    if not 1 <= number <= len(plan.targets) or value < 0:
        return None
    targets = list(plan.targets)
    targets[number - 1] = replace(targets[number - 1], goal=Decimal(value))
    return dump_plan(replace(plan, targets=tuple(targets)))


def with_time(text: str, number: int, when: str) -> str | None:
    """Return the draft with another time of a task, or None where the time says nothing.

    One day is the last one, two are the first and the last; else the words are read as in a plan.
    """
    plan = plan_in(text)
    if not 1 <= number <= len(plan.tasks):
        return None
    task = plan.tasks[number - 1]
    days = list(_days(when, _frame(plan)))
    if len(days) in (1, 2):
        start, end = (min(task.start, days[0]), days[0]) if len(days) == 1 else days
        return _with_task(plan, number, replace(task, start=start, end=end, when=when, recurring=False))
    read = _reread(plan, number, when)
    frame = _frame(plan)
    return read if read is not None and _window(read, number) != (frame.start, frame.end, False) else None


def _dumped(plan: YearPlan) -> str | None:
    return dump_plan(plan) if plan.targets or plan.tasks else None


def _with_task(plan: YearPlan, number: int, task: Task) -> str | None:
    if task.end < task.start:
        return None
    tasks = (*plan.tasks[: number - 1], task, *plan.tasks[number:])
    return dump_plan(replace(plan, tasks=tasks))


def _reread(plan: YearPlan, number: int, when: str) -> str | None:
    """Return the draft with the task's days read from `when`, as somebody would leave them out by hand."""
    fresh = replace(plan.tasks[number - 1], when=when)
    tasks = (*plan.tasks[: number - 1], fresh, *plan.tasks[number:])
    head, *blocks = dump_plan(replace(plan, tasks=tasks)).split(_HEADING)
    blocks[number - 1] = _READ_FROM_WHEN.sub("", blocks[number - 1])
    try:
        return dump_plan(parse_plan(_HEADING.join([head, *blocks])))
    except InputError:
        return None


def _window(text: str, number: int) -> tuple[date, date, bool]:
    task = plan_in(text).tasks[number - 1]
    return task.start, task.end, task.recurring


def _frame(plan: YearPlan) -> PlanPeriod:
    return plan.period or plan.head.period


def _days(text: str, frame: PlanPeriod) -> Iterator[date]:
    for found in _DAY.finditer(text):
        day, month, written = found.groups()
        try:
            yield date(int(written or year_of_month(frame, int(month))), int(month), int(day))
        except ValueError:
            return
