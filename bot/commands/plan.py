"""`tiendo plan read | import | show`: plans from a document to the database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.commands.plan_lines import goal_of, plan_lines, target_line, window_of
from bot.commands.shared import Refused, agree, read_file, say
from bot.planreader.as_json import plan_json
from bot.planreader.faults import explain
from bot.planreader.reader import read_plan
from domain.errors import InputError
from domain.plan import PlanHead, Task, YearPlan
from domain.tasks import overdue_at
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _
from messages_vi.formats import number
from messages_vi.plans import full_day, plan_label, plan_line

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.services.plans import PlanDifference, TargetChange, TaskChange


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
    from bot.services.plans import plans_in_force

    with open_desk(settings_of(args)) as desk, desk.context() as context:
        plans = plans_in_force(context).running(context.today)
    if not plans:
        raise Refused(_("No plan is stored yet. Import one with: tiendo plan import FILE"))
    if args.json:
        first, *others = map(plan_json, plans)
        _say_json(first | {"others": others} if others else first)
        return 0
    if len(plans) > 1:
        say(*_overview(plans))
    for place, plan in enumerate(plans):
        say(*([""] if place else []), *plan_lines(plan))
    return 0


def _overview(plans: Sequence[YearPlan]) -> Iterator[str]:
    yield _("{count} plans are in force:", count=number(len(plans)))
    for place, plan in enumerate(plans, 1):
        yield f"  {place}. {capital(plan_line(plan.head))}: {_counts(plan)}"
    yield ""


def _counts(plan: YearPlan) -> Marked:
    counts = {"targets": number(len(plan.targets)), "tasks": number(len(plan.tasks))}
    return _("{targets} targets, {tasks} tasks", **counts)


def _import(args: argparse.Namespace) -> int:
    plan = _plan_in(args.file)
    from bot.commands.desk import open_desk, settings_of  # As above: what cannot be read needs no database.
    from bot.conversation.plan_taken import taking_lines
    from bot.services.plans import difference

    with open_desk(settings_of(args), create=True) as desk:
        with desk.context() as context:
            change = difference(context, plan, special=args.beside)
        if change.stored is not None and change.is_empty:
            stored = capital(plan_label(change.stored))
            say(_("{Plan} is stored just like this already. Nothing changed.", Plan=stored))
        elif change.stored is None:
            taking = list(taking_lines(change, plan))
            say(*plan_lines(plan), *([""] if taking else []), *taking)
            _store(desk, plan, special=args.beside, first=True)
        else:
            say(*_difference_lines(change, change.stored), *taking_lines(change, plan))
            if change.is_another:
                say(
                    _("To keep {plan} and store this one beside it: --beside", plan=plan_label(change.stored))
                )
            if args.yes or agree(_("Store these changes?")):
                _store(desk, plan, special=args.beside, first=False)
            else:
                say(_("Nothing was changed."))
    return 0


def _store(desk: Desk, plan: YearPlan, *, special: bool, first: bool) -> None:
    from bot.conversation.plan import ask_staff_about_past_tasks
    from bot.conversation.plan_taken import number_line
    from bot.services.plans import store_plan

    with desk.context() as context:
        head = store_plan(context, plan, special=special)
        ask_staff_about_past_tasks(context)
        numbers = [task.position for task in context.uow.tasks.find("position", plan_id=head.id)]
    say(_("✅ Stored {plan}: {counts}.", plan=plan_label(head), counts=_counts(plan)), *number_line(numbers))
    past = len(overdue_at(plan.tasks, desk.today))
    if first and past:
        count = number(past)
        say(_("{count} tasks were to be done before today: staff are asked once which are.", count=count))


def _print(plan: YearPlan, *, as_json: bool = False) -> None:
    if as_json:
        _say_json(plan_json(plan))
    else:
        say(*plan_lines(plan))


def _say_json(values: object) -> None:
    say(json.dumps(values, ensure_ascii=False, indent=2))


def _difference_lines(change: PlanDifference, stored: PlanHead) -> Iterator[str]:
    yield _("There is {plan} already. This document changes:", plan=plan_label(stored))
    names = {
        "number": _("plan: number"),
        "date": _("plan: day"),
        "issuer": _("plan: issuer"),
        "title": _("plan: title"),
        "starts_on": _("plan: first day"),
        "ends_on": _("plan: last day"),
    }
    for one in change.head:
        yield _changed(names[one.field], _head_value(one.old), _head_value(one.new))
    yield from (_("  + target: {text}", text=target_line(one)) for one in change.targets_added)
    yield from (_target_change(one) for one in change.targets_changed)
    yield from (_("  - target: {text}", text=target_line(one)) for one in change.targets_removed)
    yield from (_("  + task: {text}", text=_task_line(one)) for one in change.tasks_added)
    yield from (_task_change(one) for one in change.tasks_changed)
    yield from (_("  - task: {text}", text=_task_line(one)) for one in change.tasks_removed)
    if change.tasks_removed:
        yield _("With a task goes what staff noted about it.")


def _target_change(change: TargetChange) -> Marked:
    old, new = change.old, change.new
    if old.text == new.text and goal_of(old) != goal_of(new):
        return _changed(_("plan: target “{text}”", text=new.text), goal_of(old), goal_of(new))
    return _changed(
        _("plan: target"), f"{target_line(old)} ({old.measure})", f"{target_line(new)} ({new.measure})"
    )


def _task_change(change: TaskChange) -> Marked:
    old, new = change.old, change.new
    if old.text == new.text and window_of(old) != window_of(new):
        return _changed(_("plan: task “{text}”", text=new.text), window_of(old), window_of(new))
    return _changed(_("plan: task"), _task_line(old), _task_line(new))


def _changed(what: str, old: str, new: str) -> Marked:
    return _("  ~ {what}: {old} → {new}", what=what, old=old, new=new)


def _head_value(value: object) -> str:
    return full_day(value) if isinstance(value, date) else str(value or _("(empty)"))


def _task_line(task: Task) -> str:
    return f"{task.group}. {task.text} ({window_of(task)})"
