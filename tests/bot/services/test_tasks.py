"""Tasks by quarter, marked as done and taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.services.context import Context
from bot.services.plans import store_plan
from bot.services.tasks import TaskView, mark_done, reopen, task_by_number, tasks_in_quarter
from domain.messages import OutboxState
from domain.plan import TaskStatus
from domain.tasks import TaskStanding
from scheduler.reminding import ReminderPolicy, run_reminders
from tests.bot.services.sample_plan import PLAN
from tests.people import MONDAY, OFFICE, House

DONE, DUE, LATE, UPCOMING = TaskStanding.DONE, TaskStanding.DUE, TaskStanding.LATE, TaskStanding.UPCOMING


def numbers(views: tuple[TaskView, ...]) -> list[int]:
    return [view.number for view in views]


def listed(context: Context, quarter: int | None = None) -> list[tuple[int, TaskStanding]]:
    found = tasks_in_quarter(context, quarter)
    assert found is not None
    return [(view.number, view.standing) for view in found.tasks]


def test_without_a_plan_there_are_no_tasks(house: House) -> None:
    with house.context("staff") as context:
        assert tasks_in_quarter(context) is None
        assert task_by_number(context, 1) is None
        assert mark_done(context, [1]).unknown == (1,)


def test_this_quarter_comes_with_what_is_late_from_before(house: House) -> None:
    with house.context("staff") as context:
        store_plan(context, PLAN)
        found = tasks_in_quarter(context)
        assert found is not None
        assert found.quarter == 2
        assert numbers(found.late_before) == [3, 4]
        assert listed(context) == [(1, DUE), (2, DUE), (5, DUE), (6, DUE), (8, DUE)]
        assert listed(context, 1) == [(1, DUE), (2, DUE), (3, LATE), (4, LATE), (5, DUE), (8, DUE)]
        assert (7, UPCOMING) in listed(context, 3)


@pytest.mark.parametrize(("year", "quarter"), [(2023, 1), (2024, 2), (2025, 4)])
def test_the_quarter_at_hand_lies_in_the_plans_year(house: House, year: int, quarter: int) -> None:
    with house.context("staff", datetime(year, 5, 2, 2, 0, tzinfo=UTC)) as context:
        store_plan(context, PLAN)
        found = tasks_in_quarter(context)
    assert found is not None
    assert found.quarter == quarter


def test_marking_says_what_was_done_what_was_before_and_what_is_unknown(house: House) -> None:
    with house.context("staff") as context:
        store_plan(context, PLAN)
        first = mark_done(context, [3])
        second = mark_done(context, [5, 3, 5, 40], note="đã gửi văn bản")
        assert numbers(first.done) == [3]
        assert (numbers(second.done), numbers(second.before), second.unknown) == ([5], [3], (40,))
        notes = {state.task_id: state.note for state in context.uow.task_states.find()}
        assert set(notes.values()) == {"đã gửi văn bản"}
        assert [entry.action for entry in context.uow.audit.find(record="task")] == [
            "task.done",
            "task.done",
            "task.note",
        ]


def test_a_recurring_task_is_done_for_one_quarter(house: House) -> None:
    with house.context("staff") as context:
        store_plan(context, PLAN)
        mark_done(context, [1])
        mark_done(context, [2], quarter=1)
        assert listed(context, 2)[:2] == [(1, DONE), (2, DUE)]
        assert listed(context, 1)[:2] == [(1, DUE), (2, DONE)]
        assert [(s.quarter, s.person_id) for s in context.uow.task_states.find()] == [
            (2, house.people["staff"].id),
            (1, house.people["staff"].id),
        ]


def test_what_is_done_can_be_taken_back_once(house: House) -> None:
    with house.context("staff") as context:
        store_plan(context, PLAN)
        done = mark_done(context, [1, 3]).done
        ids = [view.task.id for view in done]
        assert numbers(reopen(context, ids, 2)) == [1, 3]
        assert reopen(context, ids, 2) == ()
        assert numbers(mark_done(context, [3]).done) == [3]
        assert [s.status for s in context.uow.task_states.find("task_id")] == [
            TaskStatus.OPEN,
            TaskStatus.DONE,
        ]


def test_a_done_task_takes_its_waiting_reminder_back(house: House) -> None:
    with house.context("staff") as context:
        store_plan(context, PLAN)
        run_reminders(context.uow, ReminderPolicy(OFFICE.calendar), datetime(2024, 4, 19, 2, 0, tzinfo=UTC))
        assert context.uow.outbox.count(state=OutboxState.QUEUED) == 2
        mark_done(context, [6])
        assert context.uow.outbox.count(state=OutboxState.CANCELLED) == 2


def test_a_task_is_found_by_its_number(house: House) -> None:
    with house.context("staff", MONDAY) as context:
        store_plan(context, PLAN)
        found = task_by_number(context, 6)
        assert found is not None
        assert (found.task.text, found.standing) == ("Hướng dẫn đối thoại định kỳ", DUE)
        recurring = task_by_number(context, 1)
        assert recurring is not None
        assert recurring.instance.quarter == 2
        assert task_by_number(context, 9) is None
