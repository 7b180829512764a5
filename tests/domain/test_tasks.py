from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.plan import Task, TaskState, TaskStatus
from domain.tasks import (
    TaskStanding,
    overdue_at,
    quarter_days,
    quarter_of,
    standing,
    task_instances,
    tasks_of_quarter,
)

NOW = datetime(2024, 6, 1, tzinfo=UTC)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def a_task(start: date, end: date, *, recurring: bool = False, text: str = "Tập huấn") -> Task:
    return Task("1", "Tuyên truyền", text, None, start, end, recurring)


def said(status: TaskStatus) -> TaskState:
    return TaskState(1, 0, status, NOW)


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        (1, date(2024, 1, 1), date(2024, 3, 31)),
        (2, date(2024, 4, 1), date(2024, 6, 30)),
        (3, date(2024, 7, 1), date(2024, 9, 30)),
        (4, date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_it_knows_the_days_of_a_quarter(quarter: int, first: date, last: date) -> None:
    assert quarter_days(2024, quarter) == (first, last)
    assert quarter_of(first) == quarter_of(last) == quarter


def test_a_single_window_is_one_instance() -> None:
    task = a_task(date(2024, 3, 1), date(2024, 10, 31))
    instances = task_instances(task)
    assert [(i.quarter, i.start, i.end) for i in instances] == [(0, task.start, task.end)]


def test_a_recurring_task_has_an_instance_each_quarter() -> None:
    instances = task_instances(a_task(*YEAR, recurring=True))
    assert [(i.quarter, i.start, i.end) for i in instances] == [
        (q, *quarter_days(2024, q)) for q in (1, 2, 3, 4)
    ]


def test_a_recurring_task_has_instances_only_inside_its_window() -> None:
    instances = task_instances(a_task(date(2024, 5, 15), date(2024, 8, 20), recurring=True))
    assert [(i.quarter, i.start, i.end) for i in instances] == [
        (2, date(2024, 5, 15), date(2024, 6, 30)),
        (3, date(2024, 7, 1), date(2024, 8, 20)),
    ]


def test_a_recurring_task_of_several_years_goes_on_through_all_of_them() -> None:
    instances = task_instances(a_task(date(2024, 7, 1), date(2026, 3, 31), recurring=True))
    assert [(i.quarter, i.of_year, i.start) for i in instances] == [
        (3, 3, date(2024, 7, 1)),
        (4, 4, date(2024, 10, 1)),
        (1, 1, date(2025, 1, 1)),
        (2, 2, date(2025, 4, 1)),
        (7, 3, date(2025, 7, 1)),
        (8, 4, date(2025, 10, 1)),
        (5, 1, date(2026, 1, 1)),
    ]
    assert task_instances(a_task(*YEAR))[0].of_year == 0


def test_a_year_mistyped_makes_no_endless_task() -> None:
    assert len(task_instances(a_task(date(2024, 1, 1), date(9998, 12, 31), recurring=True))) == 44


@given(
    start=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    days=st.integers(0, 2000),
    recurring=st.booleans(),
)
def test_instances_stay_in_the_window_and_never_share_a_quarter(
    start: date, days: int, recurring: bool
) -> None:
    end = date.fromordinal(start.toordinal() + days)
    instances = task_instances(a_task(start, end, recurring=recurring))
    assert instances
    assert len({i.quarter for i in instances}) == len(instances)
    assert all(start <= i.start <= i.end <= end for i in instances)


@pytest.mark.parametrize(
    ("recurring", "state", "today", "expected"),
    [
        (False, None, date(2024, 3, 31), TaskStanding.UPCOMING),
        (False, None, date(2024, 4, 1), TaskStanding.DUE),
        (False, None, date(2024, 6, 30), TaskStanding.DUE),
        (False, None, date(2024, 7, 1), TaskStanding.LATE),
        (False, said(TaskStatus.DONE), date(2024, 7, 1), TaskStanding.DONE),
        (False, said(TaskStatus.DONE), date(2024, 3, 1), TaskStanding.DONE),
        (False, said(TaskStatus.IN_PROGRESS), date(2024, 7, 1), TaskStanding.LATE),
        (False, said(TaskStatus.SNOOZED), date(2024, 5, 1), TaskStanding.DUE),
        (True, None, date(2024, 3, 31), TaskStanding.UPCOMING),
        (True, None, date(2024, 5, 1), TaskStanding.DUE),
        (True, None, date(2024, 12, 31), TaskStanding.DUE),
        (True, None, date(2025, 1, 1), TaskStanding.LATE),
        (True, said(TaskStatus.DONE), date(2025, 1, 1), TaskStanding.DONE),
    ],
)
def test_it_says_where_the_second_quarter_stands(
    recurring: bool, state: TaskState | None, today: date, expected: TaskStanding
) -> None:
    window = YEAR if recurring else (date(2024, 4, 1), date(2024, 6, 30))
    instances = task_instances(a_task(*window, recurring=recurring))
    instance = next(i for i in instances if i.quarter in (0, 2))
    assert standing(instance, state, today) is expected


def test_it_lists_what_touches_a_quarter_in_document_order() -> None:
    tasks = (
        a_task(*YEAR, recurring=True, text="Thường xuyên"),
        a_task(*quarter_days(2024, 1), text="Quý I"),
        a_task(date(2024, 3, 1), date(2024, 10, 31), text="Tháng 3 đến tháng 10"),
        a_task(*quarter_days(2024, 3), text="Quý III"),
    )
    found = tasks_of_quarter(tasks, 2024, 2)
    assert [(i.task.text, i.quarter) for i in found] == [("Thường xuyên", 2), ("Tháng 3 đến tháng 10", 0)]
    assert tasks_of_quarter(tasks, 2023, 4) == ()


def test_it_finds_what_was_over_before_the_plan_came() -> None:
    past = a_task(*quarter_days(2024, 1))
    ends_today = a_task(date(2024, 2, 1), date(2024, 4, 1))
    recurring = a_task(date(2024, 1, 1), date(2024, 3, 31), recurring=True)
    assert overdue_at((recurring, ends_today, past), date(2024, 4, 1)) == (past,)
