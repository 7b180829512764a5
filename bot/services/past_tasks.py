"""Tasks that were past already when their plan was imported: everybody who keeps them is asked once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.services.context import Context
from bot.services.plan_rows import PAST_STAGE
from bot.services.plans import plans_in_force
from domain.messages import Choice, ReminderLog
from domain.people import Person
from domain.permissions import ALLOWED, Action, may
from domain.plan import Task, TaskStatus, YearPlan
from domain.reminders import task_key
from domain.tasks import overdue_at
from scheduler.outgoing import notify

_ASKED = "asked"


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """The tasks that were past when the plan came and of which `person` was not asked yet, by number.

    `token` names this list in the actions of its choices, see `tasks_asked_about`.
    """

    person: Person
    tasks: tuple[Task, ...]
    token: str


Wording = Callable[[PastQuestion], tuple[str, Sequence[Choice]]]


def ask_about_past_tasks(context: Context, wording: Wording) -> int:
    """Ask who keeps the tasks which of those past at the import are done; return how many people were asked.

    Each person is asked once about each task, in one message; who cannot be reached is asked later, see
    `past_tasks_question`. `wording` gives the text and the choices.
    Source: DESIGN.md section 6, promise 2.
    """
    asked = 0
    for person in _task_keepers(context):
        question = past_tasks_question(context, person)
        if question is None:
            continue
        text, choices = wording(question)
        key = _list_key(question.token, person.id)
        if notify(context.uow, person.id, text, key=key, now=context.now, choices=choices) is not None:
            note_asked(context, question)
            asked += 1
    return asked


def past_tasks_question(context: Context, person: Person) -> PastQuestion | None:
    """Return what `person` is still to be asked about tasks past at the import, None when there is nothing.

    Nothing is noted by this: whoever puts the question calls `note_asked`.
    """
    roles = {role for _unit, role in context.uow.queries.roles_of(person.id, context.today)}
    if not may(roles, Action.MARK_TASK_DONE):
        return None
    past = [task for plan in plans_in_force(context).all for task in _past_at_import(context, plan)]
    settled = _done_ids(context, past) | _asked_ids(context, person)
    tasks = tuple(task for task in past if task.id not in settled)
    if not tasks:
        return None
    newest = max(task.id for task in tasks)
    return PastQuestion(person, tasks, f"{newest:x}.{int(context.now.timestamp()):x}")


def note_asked(context: Context, question: PastQuestion) -> None:
    """Note that the question was put: the person is not asked about these tasks again."""
    for task in question.tasks:
        key = _list_key(question.token, question.person.id)
        entry = ReminderLog(question.person.id, task_key(task.id, 0), PAST_STAGE, context.now, _ASKED, key)
        context.uow.reminder_log.add_new(entry, "person_id", "obligation", "stage")


def tasks_asked_about(context: Context, token: str) -> tuple[Task, ...]:
    """Return the tasks of a list that was put to the one who acts, by number, as far as they still stand."""
    entries = context.uow.reminder_log.find(outbox_key=_list_key(token, context.person_id), stage=PAST_STAGE)
    return tuple(context.uow.tasks.find("position", id=[_task_id(entry) for entry in entries]))


def _past_at_import(context: Context, plan: YearPlan) -> tuple[Task, ...]:
    if plan.head.imported_at is None:
        return ()
    return overdue_at(plan.tasks, context.office.calendar.local_date(plan.head.imported_at))


def _list_key(token: str, person_id: int | None) -> str:
    return f"past-tasks:{token}:{person_id}"


def _task_id(entry: ReminderLog) -> int:
    return int(entry.obligation.split(":")[1])


def _task_keepers(context: Context) -> list[Person]:
    roles = sorted(ALLOWED[Action.MARK_TASK_DONE])
    held = context.uow.queries.people_with_roles(roles, context.today)
    return [context.uow.people.get(one) for one in dict.fromkeys(member.person_id for member in held)]


def _done_ids(context: Context, tasks: Sequence[Task]) -> set[int]:
    states = context.uow.task_states.find(task_id=[task.id for task in tasks], status=TaskStatus.DONE)
    return {state.task_id for state in states}


def _asked_ids(context: Context, person: Person) -> set[int]:
    return {_task_id(entry) for entry in context.uow.reminder_log.find(person_id=person.id, stage=PAST_STAGE)}
