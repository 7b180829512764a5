"""The rows of a stored plan brought in line with a document: what stays keeps its id, and so its state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from bot.services.context import Context
from bot.services.plan_matching import match_targets, match_tasks
from domain.plan import PlanHead, Target, Task
from domain.reminders import task_key
from domain.tasks import task_instances
from scheduler.reminding import cancel_reminders

PAST_STAGE = "past"
"""The step in the reminder log of a task that was past at the import and has been asked about."""


def store_targets(context: Context, head: PlanHead, targets: Iterable[Target]) -> None:
    """Store a plan's targets, numbered from 1 in document order."""
    fresh = [replace(one, plan_id=head.id, position=place) for place, one in enumerate(targets, 1)]
    match = match_targets(context.uow.targets.find("position", plan_id=head.id), fresh)
    for one in match.removed:
        context.uow.targets.delete(id=one.id)
    for old, new in match.kept:
        context.uow.targets.change(old.id, **_values(new))
    for one in match.added:
        context.uow.targets.add(replace(one, id=0))


def store_tasks(context: Context, head: PlanHead, tasks: Sequence[Task], first: int) -> None:
    """Store a plan's tasks, numbered from `first` in document order.

    A task that goes takes what was said of it along; one whose window moves is reminded of anew.
    """
    fresh = [replace(one, plan_id=head.id, position=place) for place, one in enumerate(tasks, first)]
    match = match_tasks(context.uow.tasks.find("position", plan_id=head.id), fresh)
    for one in match.removed:
        # SQLite gives the highest id away again: nothing of the old task may wait for its next owner.
        _drop_reminders(context, one, also_asked=True)
        context.uow.task_states.delete(task_id=one.id)
        context.uow.tasks.delete(id=one.id)
    for old, new in match.kept:
        if window_of(old) != window_of(new):
            _drop_reminders(context, old)
        context.uow.tasks.change(old.id, **_values(new))
    for one in match.added:
        context.uow.tasks.add(replace(one, id=0))


def window_of(task: Task) -> tuple[object, ...]:
    """Return when a task is to be done."""
    return task.start, task.end, task.recurring


def _drop_reminders(context: Context, task: Task, *, also_asked: bool = False) -> None:
    """Take back what waits to be sent about a task, and free its steps: its deadline is another one."""
    quarters = {0, *(one.quarter for one in task_instances(task))}
    keys = [task_key(task.id, quarter) for quarter in sorted(quarters)]
    for key in keys:
        cancel_reminders(context.uow, key)
    used = context.uow.reminder_log.find(obligation=keys)
    context.uow.reminder_log.delete(id=[one.id for one in used if also_asked or one.stage != PAST_STAGE])


def _values(record: Target | Task) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name != "id"}
