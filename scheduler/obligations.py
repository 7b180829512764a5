"""What is owed at the moment, gathered from the tables for the rule in `domain.reminders`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import WorkCalendar
from domain.ledger import ReportState, SubmissionState
from domain.people import Membership, Role, UnitLevel
from domain.plan import PlanHead, ReportingPeriod, Task, TaskState, TaskStatus
from domain.reminders import (
    ASK_ONCE_MORE,
    Ladder,
    Obligation,
    ObligationKind,
    draft_key,
    period_key,
    task_key,
)
from domain.tasks import TaskInstance, task_instances
from storage.unit_of_work import UnitOfWork

_OFFICE = (Role.STAFF, Role.ADMIN)
_LOOK_BACK = timedelta(days=40)
_LOOK_AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Ladders:
    """The ladders of the configuration: days relative to the due day, for periods and for tasks."""

    period: tuple[int, ...] = (-7, -3, -1, 0, 1, 3)
    task: tuple[int, ...] = (-7, -1, 1)

    def by_kind(self) -> Mapping[ObligationKind, Ladder]:
        """Return the ladder of each kind that is reminded of."""
        return {
            ObligationKind.PERIOD: Ladder(self.period),
            ObligationKind.TASK: Ladder(self.task, on_opening=True),
            ObligationKind.DRAFT: ASK_ONCE_MORE,
        }


def gather(uow: UnitOfWork, calendar: WorkCalendar, today: date) -> list[Obligation]:
    """Return every obligation that could be reminded of around `today`, closed ones included."""
    return [
        *_of_periods(uow, today),
        *_of_drafts(uow, calendar, today),
        *_of_tasks(uow, calendar, today),
    ]


def _of_periods(uow: UnitOfWork, today: date) -> Iterator[Obligation]:
    reporters = _reporters(uow, today)
    units = [unit for unit in uow.units.find(level=UnitLevel.GRASSROOTS) if unit.id in reporters]
    for period in _near(uow.periods.find("due_on"), today):
        submissions = uow.submissions.find(period_id=period.id, state=SubmissionState.CLOSED)
        closed = {submission.unit_id for submission in submissions}
        for unit in units:
            if unit.valid_to is not None and unit.valid_to < period.due_on:
                continue
            people = reporters[unit.id]
            yield Obligation(
                key=period_key(period.id, unit.id),
                kind=ObligationKind.PERIOD,
                due_on=period.due_on,
                person_ids=tuple(member.person_id for member in people),
                closed=unit.id in closed,
                opened_on=period.starts_on,
                known_on=min(member.valid_from for member in people),
            )


def _near(periods: list[ReportingPeriod], today: date) -> Iterator[ReportingPeriod]:
    return (period for period in periods if today - _LOOK_BACK <= period.due_on <= today + _LOOK_AHEAD)


def _reporters(uow: UnitOfWork, today: date) -> dict[int, list[Membership]]:
    """Return who answers for each unit: its chairs, or its deputies where nobody is chair yet."""
    held = uow.queries.people_with_roles([Role.CHAIR, Role.DEPUTY], today)
    by_unit: dict[int, list[Membership]] = defaultdict(list)
    for member in held:
        by_unit[member.unit_id].append(member)
    return {unit_id: _chairs(members) for unit_id, members in by_unit.items()}


def _chairs(members: list[Membership]) -> list[Membership]:
    return [member for member in members if member.role is Role.CHAIR] or members


def _of_drafts(uow: UnitOfWork, calendar: WorkCalendar, today: date) -> Iterator[Obligation]:
    # Whoever handed over meanwhile can neither see nor settle it any more.
    held = uow.queries.people_with_roles([Role.CHAIR, Role.DEPUTY], today)
    reporters = {(member.person_id, member.unit_id) for member in held}
    seen: set[str] = set()
    for report in uow.reports.find(state=ReportState.UNCONFIRMED):
        person_id = report.reported_by_id
        if report.batch in seen or person_id is None or (person_id, report.unit_id) not in reporters:
            continue
        seen.add(report.batch)
        made_on = calendar.local_date(report.created_at)
        yield Obligation(
            key=draft_key(report.batch),
            kind=ObligationKind.DRAFT,
            due_on=made_on,
            person_ids=(person_id,),
        )
    speakers = {person_id for person_id, _unit_id in reporters}
    for question in uow.open_questions.find():
        # A question about no figure yet, such as "how many?", has no rows that would stand for it.
        if question.batch not in seen and question.person_id in speakers:
            yield Obligation(
                key=draft_key(question.batch),
                kind=ObligationKind.DRAFT,
                due_on=calendar.local_date(question.asked_at),
                person_ids=(question.person_id,),
            )


def _of_tasks(uow: UnitOfWork, calendar: WorkCalendar, today: date) -> Iterator[Obligation]:
    staff = tuple(dict.fromkeys(m.person_id for m in uow.queries.people_with_roles(_OFFICE, today)))
    for plan in _plans_near(uow, today) if staff else ():
        states = {(state.task_id, state.quarter): state for state in uow.task_states.find()}
        for task in uow.tasks.find("position", plan_id=plan.id):
            for instance in task_instances(task):
                state = states.get((task.id, instance.quarter))
                yield _of_task(instance, state, plan, staff, calendar, today)


def _plans_near(uow: UnitOfWork, today: date) -> Iterator[PlanHead]:
    """Yield the plans of whatever period that have a day in last year, this year or the next."""
    for plan in uow.plans.find():
        if plan.period.start.year <= today.year + 1 and today.year - 1 <= plan.period.end.year:
            yield plan


def _of_task(
    instance: TaskInstance,
    state: TaskState | None,
    plan: PlanHead,
    staff: tuple[int, ...],
    calendar: WorkCalendar,
    today: date,
) -> Obligation:
    imported = calendar.local_date(plan.imported_at) if plan.imported_at is not None else None
    done = state is not None and state.status is TaskStatus.DONE
    return Obligation(
        key=task_key(instance.task.id, instance.quarter),
        kind=ObligationKind.TASK,
        due_on=_due(instance.task, instance),
        person_ids=staff,
        closed=done or _only_announced(instance, today),
        opened_on=instance.start,
        known_on=imported,
        paused_until=state.snoozed_until if state is not None else None,
    )


def _due(task: Task, instance: TaskInstance) -> date:
    return task.end if task.recurring else instance.end


def _only_announced(instance: TaskInstance, today: date) -> bool:
    # Work that goes on all the time is announced with its quarter; it is never late before the year ends.
    return instance.task.recurring and today > instance.start + timedelta(days=7)
