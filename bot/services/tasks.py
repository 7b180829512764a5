"""The tasks of the plans as staff keep them: by quarter, marked as done, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.services.context import Context
from bot.services.plans import PlansInForce, plans_in_force
from domain.plan import PlanHead, Task, TaskState, TaskStatus
from domain.reminders import task_key
from domain.tasks import (
    TaskInstance,
    TaskStanding,
    quarter_days,
    quarter_of,
    standing,
    task_instances,
    tasks_of_quarter,
)
from scheduler.reminding import cancel_reminders

_LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task, or one quarter's instance of it, with where it stands today and what was said of it."""

    instance: TaskInstance
    standing: TaskStanding
    state: TaskState | None

    @property
    def task(self) -> Task:
        """The task itself."""
        return self.instance.task

    @property
    def number(self) -> int:
        """The task's number, the same in every list."""
        return self.instance.task.position


@dataclass(frozen=True, slots=True)
class QuarterTasks:
    """The tasks whose window touches a quarter, the year's plan first; `late_before` ended earlier undone.

    `beside` are the plans other than the year's, by id: their tasks are told with the plan they come from.
    """

    year: int
    quarter: int
    tasks: tuple[TaskView, ...]
    late_before: tuple[TaskView, ...]
    beside: Mapping[int, PlanHead] = field(default_factory=dict)

    def count(self, wanted: TaskStanding) -> int:
        """Return how many tasks of the quarter stand so."""
        return sum(view.standing is wanted for view in self.tasks)


@dataclass(frozen=True, slots=True)
class Marked:
    """What marking tasks as done did: `before` were done already, `unknown` are numbers of no task."""

    done: tuple[TaskView, ...]
    before: tuple[TaskView, ...] = ()
    unknown: tuple[int, ...] = ()


def tasks_in_quarter(context: Context, quarter: int | None = None) -> QuarterTasks | None:
    """Return the tasks of all plans in a quarter, today's when none is named; None without a plan."""
    plans = plans_in_force(context)
    if not plans.all:
        return None
    wanted = quarter or quarter_at_hand(context, plans.year)
    first, _last = quarter_days(plans.year, wanted)
    views = _views(context, tasks_of_quarter(plans.tasks, plans.year, wanted))
    ended = [one for task in plans.tasks for one in task_instances(task) if one.end < first]
    late = [view for view in _views(context, ended) if view.standing is TaskStanding.LATE]
    beside = {plan.head.id: plan.head for plan in plans.beside}
    return QuarterTasks(plans.year, wanted, tuple(views), tuple(late), beside)


def quarter_at_hand(context: Context, year: int) -> int:
    """Return the quarter of today in the plans' year: the first before that year, the last after it."""
    if context.today.year == year:
        return quarter_of(context.today)
    return 1 if context.today.year < year else 4


def task_by_number(context: Context, number: int) -> TaskView | None:
    """Return the task with that number in the plans in force, a recurring one as of this quarter, or None."""
    plans = plans_in_force(context)
    found = next((task for task in plans.tasks if task.position == number), None)
    if found is None:
        return None
    return _views(context, [_instance(found, plans, quarter_at_hand(context, plans.year))])[0]


def plan_beside(context: Context, task: Task) -> PlanHead | None:
    """Return the plan that a task comes from, None where that is the year's plan."""
    beside = (plan.head for plan in plans_in_force(context).beside)
    return next((head for head in beside if head.id == task.plan_id), None)


def mark_done(context: Context, numbers: Iterable[int], note: str = "", quarter: int | None = None) -> Marked:
    """Mark the tasks with these numbers as done and take back their reminders that wait to be sent.

    Of a recurring task it is the instance of `quarter`, this quarter's when none is named. A note is kept
    also with a task that was done before.
    Source: DESIGN.md section 3, TaskState, and section 6, promise 2.
    """
    known = {task.position: task for task in plans_in_force(context).tasks}
    wanted = tuple(dict.fromkeys(numbers))
    found = [known[number] for number in wanted if number in known]
    marked = mark_tasks(context, found, note, quarter)
    return replace(marked, unknown=tuple(number for number in wanted if number not in known))


def mark_tasks(context: Context, tasks: Sequence[Task], note: str = "", quarter: int | None = None) -> Marked:
    """Mark these tasks as done, as `mark_done` does."""
    plans = plans_in_force(context)
    at = quarter or quarter_at_hand(context, plans.year)
    instances = [_instance(task, plans, at) for task in tasks]
    done = [one for one in instances if _mark(context, one, note[:_LONGEST_NOTE])]
    before = [one for one in instances if one not in done]
    return Marked(tuple(_views(context, done)), tuple(_views(context, before)))


def reopen(context: Context, task_ids: Iterable[int], quarter: int) -> tuple[TaskView, ...]:
    """Take back that tasks are done, a recurring one for `quarter`, 1 to 4; return those that were done.

    What is open already, or gone from the plan, is passed over.
    """
    tasks = context.uow.tasks.find("position", id=list(task_ids))
    plans = plans_in_force(context)
    instances = [_instance(task, plans, quarter) for task in tasks]
    return tuple(_views(context, [one for one in instances if _reopen(context, one)]))


def _reopen(context: Context, instance: TaskInstance) -> bool:
    where = {"task_id": instance.task.id, "quarter": instance.quarter, "status": TaskStatus.DONE}
    changed = context.uow.task_states.change_where(
        where, status=TaskStatus.OPEN, at=context.now, person_id=context.person_id, note=""
    )
    if changed:
        context.audit("task.reopen", "task", instance.task.id, f"quarter={instance.quarter}")
    return bool(changed)


def _mark(context: Context, instance: TaskInstance, note: str) -> bool:
    """Mark one instance as done; tell whether it was not before."""
    task_id, quarter = instance.task.id, instance.quarter
    fresh = TaskState(task_id, quarter, TaskStatus.DONE, context.now, context.person_id, note)
    if context.uow.task_states.add_new(fresh, "task_id", "quarter") is None and not _change(context, fresh):
        if note:
            context.uow.task_states.change_where({"task_id": task_id, "quarter": quarter}, note=note)
            context.audit("task.note", "task", task_id, f"quarter={quarter}")
        return False
    cancel_reminders(context.uow, task_key(task_id, quarter))
    context.audit("task.done", "task", task_id, f"quarter={quarter}")
    return True


def _change(context: Context, fresh: TaskState) -> bool:
    open_states = tuple(status for status in TaskStatus if status is not TaskStatus.DONE)
    where = {"task_id": fresh.task_id, "quarter": fresh.quarter, "status": open_states}
    changed = context.uow.task_states.change_where(
        where,
        status=fresh.status,
        at=fresh.at,
        person_id=fresh.person_id,
        note=fresh.note,
        snoozed_until=None,
    )
    return bool(changed)


def _instance(task: Task, plans: PlansInForce, quarter: int) -> TaskInstance:
    """Return the instance of a quarter of the plans' year, else the last one before it, else the first."""
    instances = task_instances(task)
    _first, last = quarter_days(plans.year, max(quarter, 1))
    begun = [one for one in instances if one.start <= last]
    return begun[-1] if begun else instances[0]


def _views(context: Context, instances: Collection[TaskInstance]) -> list[TaskView]:
    ids = {one.task.id for one in instances}
    states = {(one.task_id, one.quarter): one for one in context.uow.task_states.find(task_id=ids)}
    return [_view(one, states.get((one.task.id, one.quarter)), context) for one in instances]


def _view(instance: TaskInstance, state: TaskState | None, context: Context) -> TaskView:
    return TaskView(instance, standing(instance, state, context.today), state)
