"""`tiendo plan read | import | show`: the year's plan from a document to the database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from bot.commands.shared import Refused, agree, read_file, say
from bot.planreader.as_json import plan_json
from bot.planreader.faults import explain
from bot.planreader.goals import Bound, bound_of
from bot.planreader.phrasewords import how_often
from bot.planreader.reader import read_plan
from bot.planreader.tasks import period_name
from bot.planreader.words import fold
from domain.errors import InputError
from domain.plan import PlanHead, PlanPeriod, Target, Task, YearPlan
from domain.tasks import overdue_at
from messages_vi.catalogue import Marked, _
from messages_vi.formats import day, number

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.services.plans import PlanDifference, TargetChange, TaskChange

_SHORTEST_YEAR = 240
"""Days: a school year has nine months."""


def run(args: argparse.Namespace) -> int:
    """Do what `args.action` names and return the exit code."""
    actions = {"read": _read, "import": _import, "show": _show}
    return actions[args.action](args)


def _read(args: argparse.Namespace) -> int:
    _print(_plan_in(args.file), as_json=args.json)
    return 0


def _plan_in(path: str) -> YearPlan:
    name, content = read_file(path)
    try:
        return read_plan(name, content)
    except InputError as error:
        raise Refused(explain(error)) from error


def _show(args: argparse.Namespace) -> int:
    # Reading a plan needs no database, and the libraries behind it take half a second to load.
    from bot.commands.desk import open_desk, settings_of
    from bot.services.plans import current_plan

    with open_desk(settings_of(args)) as desk, desk.context() as context:
        plan = current_plan(context)
    if plan is None:
        raise Refused(_("No plan is stored yet. Import one with: tiendo plan import FILE"))
    _print(plan, as_json=args.json)
    return 0


def _import(args: argparse.Namespace) -> int:
    plan = _plan_in(args.file)
    from bot.commands.desk import open_desk, settings_of  # As above: what cannot be read needs no database.
    from bot.services.plans import difference

    with open_desk(settings_of(args), create=True) as desk:
        with desk.context() as context:
            change = difference(context, plan)
        if change.is_empty:
            say(_("The plan of {year} is stored just like this already. Nothing changed.", year=_year(plan)))
        elif change.stored is None:
            _print(plan)
            _store(desk, plan, first=True)
        else:
            say(*_replacement_lines(plan), *_difference_lines(change, plan))
            if args.yes or agree(_("Store these changes?")):
                _store(desk, plan, first=False)
            else:
                say(_("Nothing was changed."))
    return 0


def _store(desk: Desk, plan: YearPlan, *, first: bool) -> None:
    from bot.conversation.plan import ask_staff_about_past_tasks
    from bot.services.plans import store_plan

    with desk.context() as context:
        store_plan(context, plan)
        ask_staff_about_past_tasks(context)
    counts = {"targets": number(len(plan.targets)), "tasks": number(len(plan.tasks))}
    say(_("✅ Stored the plan of {year}: {targets} targets, {tasks} tasks.", year=_year(plan), **counts))
    past = len(overdue_at(plan.tasks, desk.today))
    if first and past:
        count = number(past)
        say(_("{count} tasks were to be done before today: staff are asked once which are.", count=count))


def _print(plan: YearPlan, *, as_json: bool = False) -> None:
    if as_json:
        say(json.dumps(plan_json(plan), ensure_ascii=False, indent=2))
    else:
        say(*_plan_lines(plan))


def _plan_lines(plan: YearPlan) -> Iterator[str]:
    yield from _head_lines(plan.head)
    yield from _period_lines(plan.period)
    yield ""
    yield _("{count} targets", count=number(len(plan.targets)))
    yield from (f"  {place:>2}. {_target_line(one)}" for place, one in enumerate(plan.targets, 1))
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
            yield f"  {place:>2}. {task.text}"
            yield f"      {_window(task)}"


def _head_lines(head: PlanHead) -> Iterator[str]:
    issued = _full_day(head.date) if head.date else _("day not given")
    named = head.number or _("without number")
    yield _("Plan {number}, {day}, for {year}", number=named, day=issued, year=str(head.year))
    yield from filter(None, (head.title, head.issuer))


def _period_lines(period: PlanPeriod | None) -> Iterator[str]:
    if period is not None:
        first, last = _full_day(period.start), _full_day(period.end)
        yield _("For {period}: {start} – {end}", period=period_name(period), start=first, end=last)


def _target_line(target: Target) -> str:
    return f"{_goal(target)} · {target.text} [{target.indicator}]"


def _goal(target: Target) -> str:
    goal = number(_whole(target.goal))
    said = f"{goal}%" if target.unit == "%" else f"{goal} {target.unit}".strip()
    return _("at most {goal}", goal=said) if bound_of(target.text) is Bound.CEILING else said


def _whole(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def _window(task: Task) -> str:
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


def _replacement_lines(plan: YearPlan) -> Iterator[str]:
    """Yield a warning where the plan of a month or a quarter would take the place of the year's."""
    if plan.period is not None and (plan.period.end - plan.period.start).days < _SHORTEST_YEAR:
        name = period_name(plan.period)
        yield _(
            "⚠️ This document is only for {period}; it would replace all of {year}.",
            period=name,
            year=_year(plan),
        )


def _difference_lines(change: PlanDifference, plan: YearPlan) -> Iterator[str]:
    yield _("A plan of {year} is stored already. This document changes:", year=_year(plan))
    names = {
        "number": _("plan: number"),
        "date": _("plan: day"),
        "issuer": _("plan: issuer"),
        "title": _("plan: title"),
    }
    for one in change.head:
        yield _changed(names[one.field], _head_value(one.old), _head_value(one.new))
    yield from (_("  + target: {text}", text=_target_line(one)) for one in change.targets_added)
    yield from (_target_change(one) for one in change.targets_changed)
    yield from (_("  - target: {text}", text=_target_line(one)) for one in change.targets_removed)
    yield from (_("  + task: {text}", text=_task_line(one)) for one in change.tasks_added)
    yield from (_task_change(one) for one in change.tasks_changed)
    yield from (_("  - task: {text}", text=_task_line(one)) for one in change.tasks_removed)
    if change.tasks_removed:
        yield _("With a task goes what staff noted about it.")


def _target_change(change: TargetChange) -> Marked:
    old, new = change.old, change.new
    if old.text == new.text and _goal(old) != _goal(new):
        return _changed(_("plan: target “{text}”", text=new.text), _goal(old), _goal(new))
    return _changed(
        _("plan: target"), f"{_target_line(old)} ({old.measure})", f"{_target_line(new)} ({new.measure})"
    )


def _task_change(change: TaskChange) -> Marked:
    old, new = change.old, change.new
    if old.text == new.text and _window(old) != _window(new):
        return _changed(_("plan: task “{text}”", text=new.text), _window(old), _window(new))
    return _changed(_("plan: task"), _task_line(old), _task_line(new))


def _changed(what: str, old: str, new: str) -> Marked:
    return _("  ~ {what}: {old} → {new}", what=what, old=old, new=new)


def _head_value(value: object) -> str:
    return _full_day(value) if isinstance(value, date) else str(value or _("(empty)"))


def _task_line(task: Task) -> str:
    return f"{task.group}. {task.text} ({_window(task)})"


def _full_day(value: date) -> str:
    return f"{day(value)}/{value.year}"


def _year(plan: YearPlan) -> str:
    return str(plan.head.year)
