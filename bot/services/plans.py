"""Plans as the office keeps them: stored, found again, and compared with a new document.

The year's plan carries the targets whose progress is shown. Plans of a month, a quarter, a school year or of
several years stand beside it: their tasks are kept and reminded of, their targets are theirs alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bot.services.context import Context
from bot.services.periods import ensure_periods
from bot.services.plan_indicators import store_indicators
from bot.services.plan_matching import match_targets, match_tasks
from bot.services.plan_numbers import first_number, make_room
from bot.services.plan_rows import store_targets, store_tasks, window_of
from bot.services.plan_scope import placed, same_document
from domain.errors import InputError
from domain.plan import PeriodKind, PlanHead, PlanPeriod, Target, Task, YearPlan

R = TypeVar("R", Target, Task)

_HEAD_FIELDS = ("number", "date", "issuer", "title", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class HeadChange:
    """A field of the plan's head that a document says otherwise: number, date, issuer or title."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target that stays and says something else."""

    old: Target
    new: Target


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A task that stays and says something else; `moved` when its window is another one."""

    old: Task
    new: Task

    @property
    def moved(self) -> bool:
        """Whether the days on which it is to be done change."""
        return window_of(self.old) != window_of(self.new)


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """What a plan document would change, everything in document order.

    `stored` is the plan that it replaces, one of the same period, None when there is none yet: then all is
    added. `head` lists what the head says otherwise; `taken_as` is the head as it would be stored. `beside`
    are the plans for some of the same days, which stay as they are; `kept` tells how many tasks stay.
    """

    stored: PlanHead | None
    head: tuple[HeadChange, ...] = ()
    targets_added: tuple[Target, ...] = ()
    targets_changed: tuple[TargetChange, ...] = ()
    targets_removed: tuple[Target, ...] = ()
    tasks_added: tuple[Task, ...] = ()
    tasks_changed: tuple[TaskChange, ...] = ()
    tasks_removed: tuple[Task, ...] = ()
    taken_as: PlanHead | None = None
    beside: tuple[PlanHead, ...] = ()
    kept: int = 0

    @property
    def is_another(self) -> bool:
        """Whether the document looks like a plan of its own rather than a new version of the stored one."""
        if self.stored is None or self.taken_as is None or not self.stored.number or not self.taken_as.number:
            return False
        return self.stored.number != self.taken_as.number and self.kept <= len(self.tasks_added)

    @property
    def is_empty(self) -> bool:
        """Whether storing the document would change nothing that people see."""
        targets = self.targets_added or self.targets_changed or self.targets_removed
        tasks = self.tasks_added or self.tasks_changed or self.tasks_removed
        return self.stored is not None and not (self.head or targets or tasks)


@dataclass(frozen=True, slots=True)
class PlansInForce:
    """The plans that are at work in `year` (kế hoạch đang dùng).

    `main` is the year's plan, of the latest year where this one has none yet, None before any was stored.
    `beside` are all others with a day in `year`, also those that are over, by their first day.
    """

    year: int
    main: YearPlan | None
    beside: tuple[YearPlan, ...]

    @property
    def all(self) -> tuple[YearPlan, ...]:
        """Every plan, the year's first."""
        return (*((self.main,) if self.main else ()), *self.beside)

    def running(self, today: date) -> tuple[YearPlan, ...]:
        """Return the plans that are not over, the year's first; those that are, where there is no other."""
        return tuple(one for one in self.all if one is self.main or one.head.period.end >= today) or self.all

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks of all plans, the year's first, each with its own number."""
        return tuple(task for plan in self.all for task in plan.tasks)


def plan_of(context: Context, year: int) -> YearPlan | None:
    """Return the stored plan of the calendar year, targets and tasks by their numbers, or None.

    Where a higher or lower body's plan of the year is stored too, the office's own comes first.
    """
    heads = context.uow.plans.find(year=year, kind=PeriodKind.YEAR)
    return _whole(context, min(heads, key=lambda head: (head.scope != "", head.id))) if heads else None


def current_plan(context: Context) -> YearPlan | None:
    """Return the plan of today's year, else that of the latest year, or None before any was stored."""
    of_today = plan_of(context, context.today.year)
    if of_today is not None:
        return of_today
    latest = context.uow.plans.first("-year", kind=PeriodKind.YEAR)
    return plan_of(context, latest.year) if latest is not None else None


def plans_in_force(context: Context) -> PlansInForce:
    """Return the plans that are at work today: the year is today's, or the latest that has a plan."""
    main = current_plan(context)
    heads = context.uow.plans.find("id")
    years = {year for head in heads for year in _years(head.period)}
    year = context.today.year if context.today.year in years else max(years, default=context.today.year)
    others = [head for head in heads if year in _years(head.period) and (not main or head.id != main.head.id)]
    others.sort(key=lambda head: (head.period.start, head.id))
    return PlansInForce(year, main, tuple(_whole(context, head) for head in others))


def difference(context: Context, plan: YearPlan, *, special: bool = False) -> PlanDifference:
    """Return what storing `plan` would change in the stored plan of its period.

    Targets and tasks are the same as `match_targets` and `match_tasks` pair them. A number that only moves up
    or down is no difference. `special` takes the document for a plan of its own, as in `store_plan`.
    """
    head, stored = _placed(context, plan, special=special)
    beside = tuple(_overlapping(context, head, stored))
    if stored is None:
        return PlanDifference(
            None, targets_added=plan.targets, tasks_added=plan.tasks, taken_as=head, beside=beside
        )
    known = _whole(context, stored)
    targets = match_targets(known.targets, plan.targets)
    tasks = match_tasks(known.tasks, plan.tasks)
    return PlanDifference(
        stored,
        _head_changes(stored, head),
        tuple(targets.added),
        tuple(TargetChange(old, new) for old, new in targets.kept if _said(old) != _said(new)),
        tuple(targets.removed),
        tuple(tasks.added),
        tuple(TaskChange(old, new) for old, new in tasks.kept if _said(old) != _said(new)),
        tuple(tasks.removed),
        head,
        beside,
        len(tasks.kept),
    )


def store_plan(context: Context, plan: YearPlan, *, special: bool = False) -> PlanHead:
    """Store a plan, or bring the stored one of its period in line with it, and return its head.

    Targets and tasks that stay keep their ids, so what staff said of a task and the reminders already sent
    stay with it; a task whose window moves is reminded of anew. Reporting periods that are missing are
    created, and for the year's plan its indicators. The year's tasks are numbered from 1, those of a plan
    beside it from a hundred of its own. `special` takes the document for a plan of its own, beside the rest.
    Raises: InputError `not-a-plan` for one with neither targets nor tasks.
    Source: DESIGN.md section 3, YearPlan.
    """
    if not plan.targets and not plan.tasks:
        raise InputError("not-a-plan")
    head = _store_head(context, *_placed(context, plan, special=special))
    # What is asked of every unit in every period is the year's plan's to say, not that of a month.
    store_indicators(context, plan.targets if head.kind is PeriodKind.YEAR else ())
    ensure_periods(context, head.year)
    store_targets(context, head, plan.targets)
    store_tasks(context, head, plan.tasks, first_number(context, head, len(plan.tasks)))
    make_room(context, head)
    what = str(head.year) if head.kind is PeriodKind.YEAR else f"{head.kind.value} {head.period.start}"
    counts = f"{what} targets={len(plan.targets)} tasks={len(plan.tasks)}"
    context.audit("plan.import", "plan", head.id, counts)
    return head


def _whole(context: Context, head: PlanHead) -> YearPlan:
    targets = context.uow.targets.find("position", plan_id=head.id)
    tasks = context.uow.tasks.find("position", plan_id=head.id)
    period = None if head.kind is PeriodKind.YEAR else head.period
    return YearPlan(head, tuple(targets), tuple(tasks), period=period)


def _placed(context: Context, plan: YearPlan, *, special: bool) -> tuple[PlanHead, PlanHead | None]:
    """Return the head as it is to be stored, and that of the stored plan that it replaces."""
    head = placed(plan, context.office.name, special=special)
    known = context.uow.plans.find(year=head.year)
    stored = next((one for one in known if same_document(one, head)), None)
    if stored is not None:
        # Once taken for a plan of its own, a document stays one whoever sends it again.
        days = stored.starts_on, stored.ends_on
        head = replace(head, kind=stored.kind, scope=stored.scope, starts_on=days[0], ends_on=days[1])
        return head, stored
    return head, next((one for one in known if one.scope == head.scope), None)


def _overlapping(context: Context, head: PlanHead, stored: PlanHead | None) -> Iterable[PlanHead]:
    period = head.period
    for one in context.uow.plans.find("id"):
        apart = one.period.end < period.start or period.end < one.period.start
        if not apart and (stored is None or one.id != stored.id):
            yield one


def _years(period: PlanPeriod) -> range:
    return range(period.start.year, period.end.year + 1)


def _said(one: R) -> R:
    return replace(one, id=0, plan_id=0, position=0)


def _head_changes(old: PlanHead, new: PlanHead) -> tuple[HeadChange, ...]:
    both = ((name, getattr(old, name), getattr(new, name)) for name in _HEAD_FIELDS)
    return tuple(HeadChange(*one) for one in both if one[1] != one[2])


def _store_head(context: Context, head: PlanHead, stored: PlanHead | None) -> PlanHead:
    fresh = replace(head, imported_at=context.now, id=0)
    added = context.uow.plans.add_new(fresh, "year", "scope") if stored is None else None
    if added is not None:
        return added
    values = {name: getattr(fresh, name) for name in (*_HEAD_FIELDS, "imported_at")}
    context.uow.plans.change_where({"year": head.year, "scope": head.scope}, **values)
    return context.uow.plans.find(year=head.year, scope=head.scope)[0]
