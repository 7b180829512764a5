"""The tasks of the plan as staff keep them: by quarter, marked as done, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.services.context import Context
from bot.services.plans import current_plan
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
        """The task's number, the same in every list: its place in the plan."""
        return self.instance.task.position


@dataclass(frozen=True, slots=True)
class QuarterTasks:
    """The tasks whose window touches a quarter, by number; `late_before` ended earlier and are not done."""

    head: PlanHead
    quarter: int
    tasks: tuple[TaskView, ...]
    late_before: tuple[TaskView, ...]

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
    """Return the current plan's tasks in a quarter, today's when none is named; None without a plan."""
    plan = current_plan(context)
    if plan is None:
        return None
    wanted = quarter or quarter_at_hand(context, plan.head)
    first, _last = quarter_days(plan.head.year, wanted)
    views = _views(context, tasks_of_quarter(plan.tasks, plan.head.year, wanted))
    ended = [one for task in plan.tasks for one in task_instances(task) if one.end < first]
    late = [view for view in _views(context, ended) if view.standing is TaskStanding.LATE]
    return QuarterTasks(plan.head, wanted, tuple(views), tuple(late))


def quarter_at_hand(context: Context, head: PlanHead) -> int:
    """Return the quarter of today in the plan's year: the first before that year, the last after it."""
    if context.today.year == head.year:
        return quarter_of(context.today)
    return 1 if context.today.year < head.year else 4


def task_by_number(context: Context, number: int) -> TaskView | None:
    """Return the task with that number of the current plan, a recurring one as of this quarter, or None."""
    plan = current_plan(context)
    found = next((task for task in plan.tasks if task.position == number), None) if plan else None
    if plan is None or found is None:
        return None
    return _views(context, [_instance(found, quarter_at_hand(context, plan.head))])[0]


def mark_done(context: Context, numbers: Iterable[int], note: str = "", quarter: int | None = None) -> Marked:
    """Mark the tasks with these numbers as done and take back their reminders that wait to be sent.

    Of a recurring task it is the instance of `quarter`, this quarter's when none is named. A note is kept
    also with a task that was done before.
    Source: DESIGN.md section 3, TaskState, and section 6, promise 2.
    """
    plan = current_plan(context)
    known = {task.position: task for task in plan.tasks} if plan else {}
    wanted = tuple(dict.fromkeys(numbers))
    found = [known[number] for number in wanted if number in known]
    marked = mark_tasks(context, found, note, quarter)
    return replace(marked, unknown=tuple(number for number in wanted if number not in known))


def mark_tasks(context: Context, tasks: Sequence[Task], note: str = "", quarter: int | None = None) -> Marked:
    """Mark these tasks of the current plan as done, as `mark_done` does."""
    plan = current_plan(context)
    if plan is None:
        return Marked(())
    at = quarter or quarter_at_hand(context, plan.head)
    instances = [_instance(task, at) for task in tasks]
    done = [one for one in instances if _mark(context, one, note[:_LONGEST_NOTE])]
    before = [one for one in instances if one not in done]
    return Marked(tuple(_views(context, done)), tuple(_views(context, before)))


def reopen(context: Context, task_ids: Iterable[int], quarter: int) -> tuple[TaskView, ...]:
    """Take back that tasks are done, a recurring one for `quarter`, and return those that were done.

    What is open already, or gone from the plan, is passed over.
    """
    tasks = context.uow.tasks.find("position", id=list(task_ids))
    instances = [_instance(task, quarter) for task in tasks]
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


def _instance(task: Task, quarter: int) -> TaskInstance:
    """Return the instance of a quarter, else the last one before it, else the first."""
    instances = task_instances(task)
    begun = [one for one in instances if one.quarter <= quarter]
    return begun[-1] if begun else instances[0]


def _views(context: Context, instances: Collection[TaskInstance]) -> list[TaskView]:
    ids = {one.task.id for one in instances}
    states = {(one.task_id, one.quarter): one for one in context.uow.task_states.find(task_id=ids)}
    return [_view(one, states.get((one.task.id, one.quarter)), context) for one in instances]


def _view(instance: TaskInstance, state: TaskState | None, context: Context) -> TaskView:
    return TaskView(instance, standing(instance, state, context.today), state)
