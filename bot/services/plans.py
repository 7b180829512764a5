"""The year's plan as the office keeps it: stored, and compared with a new document."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

from bot.language.normalise import fold
from bot.services.context import Context
from bot.services.periods import ensure_periods
from domain.errors import InputError
from domain.people import UnitKind
from domain.plan import Indicator, Measure, PlanHead, Target, Task, YearPlan
from domain.reminders import task_key
from messages_vi.catalogue import _
from messages_vi.indicators import STANDING
from scheduler.reminding import cancel_reminders

R = TypeVar("R", Target, Task)

PAST_STAGE = "past"
"""The step in the reminder log of a task that was past at the import and has been asked about."""

_HEAD_FIELDS = ("number", "date", "issuer", "title")
_LONGEST_NAME = 300


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
        return _window(self.old) != _window(self.new)


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """What a plan document would change, everything in document order.

    `stored` is the plan of that year as it stands, None when there is none yet: then all is added.
    """

    stored: PlanHead | None
    head: tuple[HeadChange, ...] = ()
    targets_added: tuple[Target, ...] = ()
    targets_changed: tuple[TargetChange, ...] = ()
    targets_removed: tuple[Target, ...] = ()
    tasks_added: tuple[Task, ...] = ()
    tasks_changed: tuple[TaskChange, ...] = ()
    tasks_removed: tuple[Task, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether storing the document would change nothing that people see."""
        targets = self.targets_added or self.targets_changed or self.targets_removed
        tasks = self.tasks_added or self.tasks_changed or self.tasks_removed
        return self.stored is not None and not (self.head or targets or tasks)


def plan_of(context: Context, year: int) -> YearPlan | None:
    """Return the stored plan of `year`, targets and tasks by their numbers, or None."""
    head = context.uow.plans.first(year=year)
    if head is None:
        return None
    targets = context.uow.targets.find("position", plan_id=head.id)
    return YearPlan(head, tuple(targets), tuple(context.uow.tasks.find("position", plan_id=head.id)))


def current_plan(context: Context) -> YearPlan | None:
    """Return the plan of today's year, else that of the latest year, or None before any was stored."""
    of_today = plan_of(context, context.today.year)
    if of_today is not None:
        return of_today
    latest = context.uow.plans.first("-year")
    return plan_of(context, latest.year) if latest is not None else None


def difference(context: Context, plan: YearPlan) -> PlanDifference:
    """Return what storing `plan` would change in the stored plan of its year.

    Targets and tasks are the same when their texts are, whatever their accents, case, signs and order; a
    target also when it counts the same indicator. A number that only moves up or down is no difference.
    """
    stored = plan_of(context, plan.head.year)
    if stored is None:
        return PlanDifference(None, targets_added=plan.targets, tasks_added=plan.tasks)
    targets = _matched(stored.targets, plan.targets, _text_key, _indicator_key)
    tasks = _matched(stored.tasks, plan.tasks, _group_key, _text_key)
    return PlanDifference(
        stored.head,
        _head_changes(stored.head, plan.head),
        tuple(targets.added),
        tuple(TargetChange(old, new) for old, new in targets.kept if _said(old) != _said(new)),
        tuple(targets.removed),
        tuple(tasks.added),
        tuple(TaskChange(old, new) for old, new in tasks.kept if _said(old) != _said(new)),
        tuple(tasks.removed),
    )


def store_plan(context: Context, plan: YearPlan) -> PlanHead:
    """Store the plan of a year, or bring the stored one in line with it, and return its head.

    Targets and tasks that stay keep their ids, so what staff said of a task and the reminders already sent
    stay with it; a task whose window moves is reminded of anew. Indicators and reporting periods that are
    missing are created. Targets and tasks are numbered from 1 in document order.
    Raises: InputError `not-a-plan` for one with neither targets nor tasks.
    Source: DESIGN.md section 3, YearPlan.
    """
    if not plan.targets and not plan.tasks:
        raise InputError("not-a-plan")
    head = _store_head(context, plan.head)
    _store_indicators(context, plan.targets)
    ensure_periods(context, head.year)
    _store_targets(context, head, plan.targets)
    _store_tasks(context, head, plan.tasks)
    counts = f"{head.year} targets={len(plan.targets)} tasks={len(plan.tasks)}"
    context.audit("plan.import", "plan", head.id, counts)
    return head


@dataclass(frozen=True, slots=True)
class _Match(Generic[R]):
    kept: list[tuple[R, R]]
    added: list[R]
    removed: list[R]


def _matched(old: Sequence[R], new: Sequence[R], *keys: Callable[[R], str]) -> _Match[R]:
    """Pair what stays, by the first key that fits; each record is paired once, in order."""
    partner: dict[int, R] = {}
    left = list(old)
    for key in keys:
        waiting: dict[str, deque[R]] = defaultdict(deque)
        for one in left:
            waiting[key(one)].append(one)
        for place, one in enumerate(new):
            if place not in partner and waiting[key(one)]:
                partner[place] = waiting[key(one)].popleft()
        taken = {id(one) for one in partner.values()}
        left = [one for one in left if id(one) not in taken]
    kept = [(partner[place], one) for place, one in enumerate(new) if place in partner]
    return _Match(kept, [one for place, one in enumerate(new) if place not in partner], left)


def _text_key(one: Target | Task) -> str:
    return " ".join(re.findall(r"\w+", fold(one.text)))


def _group_key(one: Task) -> str:
    return f"{one.group}\n{_text_key(one)}"


def _indicator_key(one: Target) -> str:
    return one.indicator


def _said(one: R) -> R:
    return replace(one, id=0, plan_id=0, position=0)


def _window(task: Task) -> tuple[object, ...]:
    return task.start, task.end, task.recurring


def _head_changes(old: PlanHead, new: PlanHead) -> tuple[HeadChange, ...]:
    both = ((name, getattr(old, name), getattr(new, name)) for name in _HEAD_FIELDS)
    return tuple(HeadChange(*one) for one in both if one[1] != one[2])


def _store_head(context: Context, head: PlanHead) -> PlanHead:
    fresh = replace(head, imported_at=context.now, id=0)
    added = context.uow.plans.add_new(fresh, "year")
    if added is not None:
        return added
    values = {name: getattr(fresh, name) for name in (*_HEAD_FIELDS, "imported_at")}
    context.uow.plans.change_where({"year": head.year}, **values)
    return context.uow.plans.find(year=head.year)[0]


def _store_indicators(context: Context, targets: Iterable[Target]) -> None:
    for standing in STANDING:
        context.uow.indicators.add_new(standing, "code")
    known = context.uow.indicators.find("-position")
    codes = {one.code for one in known}
    position = known[0].position
    for target in targets:
        if target.indicator not in codes:
            position += 1
            context.uow.indicators.add_new(_indicator(target, position), "code")


def _indicator(target: Target, position: int) -> Indicator:
    """Return the indicator that a target of a new kind counts, named by the target's own words."""
    enterprise = _("enterprise (unit word)")
    counts_all = target.measure is Measure.SUM or target.unit not in ("%", enterprise)
    kinds = tuple(UnitKind) if counts_all else (UnitKind.ENTERPRISE,)
    name = target.text.partition(":")[0].strip()
    if name[1:2].islower() or name[1:2].isspace():
        name = name[:1].lower() + name[1:]
    required = () if target.measure is Measure.SHARE_OF_ELIGIBLE else kinds
    word = enterprise if target.unit == "%" else target.unit
    return Indicator(target.indicator, name[:_LONGEST_NAME], word, target.measure, kinds, required, position)


def _store_targets(context: Context, head: PlanHead, targets: Iterable[Target]) -> None:
    fresh = [replace(one, plan_id=head.id, position=place) for place, one in enumerate(targets, 1)]
    match = _matched(context.uow.targets.find(plan_id=head.id), fresh, _text_key, _indicator_key)
    for one in match.removed:
        context.uow.targets.delete(id=one.id)
    for old, new in match.kept:
        context.uow.targets.change(old.id, **_values(new))
    for one in match.added:
        context.uow.targets.add(replace(one, id=0))


def _store_tasks(context: Context, head: PlanHead, tasks: Iterable[Task]) -> None:
    fresh = [replace(one, plan_id=head.id, position=place) for place, one in enumerate(tasks, 1)]
    match = _matched(context.uow.tasks.find("position", plan_id=head.id), fresh, _group_key, _text_key)
    for one in match.removed:
        # SQLite gives the highest id away again: nothing of the old task may wait for its next owner.
        _drop_reminders(context, one, also_asked=True)
        context.uow.task_states.delete(task_id=one.id)
        context.uow.tasks.delete(id=one.id)
    for old, new in match.kept:
        if _window(old) != _window(new):
            _drop_reminders(context, old)
        context.uow.tasks.change(old.id, **_values(new))
    for one in match.added:
        context.uow.tasks.add(replace(one, id=0))


def _drop_reminders(context: Context, task: Task, *, also_asked: bool = False) -> None:
    """Take back what waits to be sent about a task, and free its steps: its deadline is another one."""
    keys = [task_key(task.id, quarter) for quarter in range(5)]
    for key in keys:
        cancel_reminders(context.uow, key)
    used = context.uow.reminder_log.find(obligation=keys)
    context.uow.reminder_log.delete(id=[one.id for one in used if also_asked or one.stage != PAST_STAGE])


def _values(record: Target | Task) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name != "id"}
