"""A plan as the command line prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from bot.planreader.goals import Bound, bound_of
from bot.planreader.phrasewords import how_often
from bot.planreader.words import fold
from domain.plan import PlanHead, PlanPeriod, Target, Task, YearPlan
from messages_vi.catalogue import _
from messages_vi.formats import day, number
from messages_vi.plans import full_day, period_name


def plan_lines(plan: YearPlan) -> Iterator[str]:
    """Yield a plan in full: what names it, its targets, its tasks under their groups, what is doubtful."""
    yield from _head_lines(plan.head, plan.period or plan.head.period)
    yield from _period_lines(plan.period)
    yield ""
    yield _("{count} targets", count=number(len(plan.targets)))
    yield from (f"  {place:>2}. {target_line(one)}" for place, one in enumerate(plan.targets, 1))
    yield ""
    yield from _task_lines(plan.tasks)
    if plan.warnings:
        yield ""
        yield _("To look at again")
        yield from (f"  • {warning}" for warning in plan.warnings)


def _task_lines(tasks: Sequence[Task]) -> Iterator[str]:
    """Yield the tasks under their groups, numbered through: by these numbers staff speak of them."""
    groups = [(key, list(some)) for key, some in groupby(tasks, lambda one: (one.group, one.group_title))]
    yield _("{count} tasks in {groups} groups", count=number(len(tasks)), groups=number(len(groups)))
    place = 0
    for (group, title), some in groups:
        yield _("Group {group}. {title} ({count})", group=group, title=title, count=number(len(some)))
        for task in some:
            place += 1
            yield f"  {task.position or place:>2}. {task.text}"
            yield f"      {window_of(task)}"


def _head_lines(head: PlanHead, period: PlanPeriod) -> Iterator[str]:
    issued = full_day(head.date) if head.date else _("day not given")
    named = head.number or _("without number")
    yield _("Plan {number}, {day}, for {period}", number=named, day=issued, period=period_name(period))
    yield from filter(None, (head.title, head.issuer))


def _period_lines(period: PlanPeriod | None) -> Iterator[str]:
    if period is not None:
        first, last = full_day(period.start), full_day(period.end)
        yield _("For {period}: {start} – {end}", period=period_name(period), start=first, end=last)


def target_line(target: Target) -> str:
    """Return a target with its goal and its indicator."""
    return f"{goal_of(target)} · {target.text} [{target.indicator}]"


def goal_of(target: Target) -> str:
    """Return a target's goal: 106 đoàn viên, 100%, không quá 2 vụ."""
    goal = number(_whole(target.goal))
    said = f"{goal}%" if target.unit == "%" else f"{goal} {target.unit}".strip()
    return _("at most {goal}", goal=said) if bound_of(target.text) is Bound.CEILING else said


def _whole(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def window_of(task: Task) -> str:
    """Return when a task is to be done, the words of the plan where they say more, and by whom."""
    year = date(task.start.year, 1, 1)
    span = f"{day(task.start)} – {day(task.end, year)}"
    whole_year = (task.start, task.end) == (year, date(year.year, 12, 31))
    parts = [
        _("all the time") if task.recurring else _("the whole year") if whole_year else span,
        _("written “{when}”", when=task.when) if task.when and _says_more(task) else "",
        "; ".join(task.assignees),
    ]
    return " · ".join(filter(None, parts))


def _says_more(task: Task) -> bool:
    """Tell whether the phrase says more than "all the time": a day, or how often."""
    return not task.recurring or how_often(fold(task.when or "")) is not None
