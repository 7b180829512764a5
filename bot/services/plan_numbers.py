"""The numbers by which staff speak of tasks: one task, one number, in whatever plan it stands.

The year's tasks begin at 1. Each plan beside it has a hundred of its own ("việc 103"), or as many hundreds as
it needs, so that a number does not move when another plan grows.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.services.context import Context
from domain.plan import PeriodKind, PlanHead

_BLOCK = 100


def first_number(context: Context, head: PlanHead, count: int) -> int:
    """Return the number of the first of a plan's `count` tasks: the one it has, while there is room."""
    if _begins_at_one(context, head):
        return 1
    used = _used_near(context, head)
    own = _hundreds(context, head)
    at = min(own) if own else 1
    while used.intersection(range(at, at + _hundreds_of(count))):
        at += 1
    return max(at, 1) * _BLOCK + 1


def make_room(context: Context, head: PlanHead) -> None:
    """Move the plans beside the year's plan to other hundreds where it has grown into theirs."""
    mine = _hundreds(context, head)
    for other in _near(context, head) if _begins_at_one(context, head) else ():
        if mine & _hundreds(context, other):
            tasks = context.uow.tasks.find("position", plan_id=other.id)
            first = first_number(context, other, len(tasks))
            for place, task in enumerate(tasks, first):
                context.uow.tasks.change(task.id, position=place)


def _begins_at_one(context: Context, head: PlanHead) -> bool:
    """Tell whether it is the plan of its year: the office's own, or the only one there is."""
    others = context.uow.plans.find(year=head.year, kind=PeriodKind.YEAR)
    return head.kind is PeriodKind.YEAR and (head.scope == "" or [one.id for one in others] == [head.id])


def _near(context: Context, head: PlanHead) -> Iterable[PlanHead]:
    """Yield the other plans whose tasks may stand in one list with those of this one."""
    first, last = head.period.start.year - 1, head.period.end.year + 1
    for one in context.uow.plans.find("id"):
        if one.id != head.id and one.period.start.year <= last and first <= one.period.end.year:
            yield one


def _used_near(context: Context, head: PlanHead) -> set[int]:
    # The first hundred is the year's plan's, also while there is none.
    return {0}.union(*(_hundreds(context, one) for one in _near(context, head)))


def _hundreds(context: Context, head: PlanHead) -> set[int]:
    return {(task.position - 1) // _BLOCK for task in context.uow.tasks.find(plan_id=head.id)}


def _hundreds_of(count: int) -> int:
    return max((count - 1) // _BLOCK, 0) + 1
