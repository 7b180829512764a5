"""Plans of a month, a school year, a term or a subject stand beside the year's plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.services.context import Context
from bot.services.past_tasks import past_tasks_question
from bot.services.plans import difference, plan_of, plans_in_force, store_plan
from bot.services.progress import office_progress
from bot.services.tasks import mark_done, plan_beside, reopen, task_by_number, tasks_in_quarter
from bot.services.units import plan_year
from domain.plan import Measure, PeriodKind, PlanHead, PlanPeriod, Target, TaskStatus, YearPlan
from domain.tasks import TaskStanding
from tests.bot.services.sample_plan import HEAD, PLAN, TARGETS, TASKS, task
from tests.people import House

APRIL = (date(2024, 4, 1), date(2024, 4, 30))
MONTH = PlanPeriod(PeriodKind.MONTH, *APRIL)
SCHOOL = PlanPeriod(PeriodKind.SCHOOL_YEAR, date(2023, 9, 1), date(2024, 5, 31))
TERM = PlanPeriod(PeriodKind.YEARS, date(2023, 1, 1), date(2028, 12, 31))
OWN = "Công đoàn phường An Hòa"


def beside(
    period: PlanPeriod | None, number: str = "40/KH", issuer: str = OWN, texts: str = "Họp"
) -> YearPlan:
    """Return a small plan of that period: a target of its own, another goal, and a task for each text."""
    frame = period or PlanPeriod(PeriodKind.YEAR, date(2024, 1, 1), date(2024, 12, 31))
    head = PlanHead(number, None, frame.start.year, issuer, "Kế hoạch riêng")
    targets = (
        Target("doan_vien_moi", "Kết nạp 9 đoàn viên", Decimal(9), "đoàn viên", Measure.SUM),
        Target("hien_mau", "Hiến máu: 80 lượt", Decimal(80), "lượt", Measure.SUM),
    )
    tasks = tuple(task("1", text, (frame.start, frame.end)) for text in texts.split("|"))
    return YearPlan(head, targets, tasks, period=period)


def named(context: Context) -> list[tuple[int, str]]:
    return [(one.position, one.text) for one in plans_in_force(context).tasks if one.plan_id != 1]


def test_a_month_leaves_the_years_plan_as_it_is(house: House) -> None:
    with house.context("staff") as context:
        store_plan(context, PLAN)
        store_plan(context, beside(MONTH))
        found = plan_of(context, 2024)
        assert found is not None
        assert (len(found.targets), len(found.tasks), found.period) == (len(TARGETS), len(TASKS), None)
        assert office_progress(context, 2024)[0].goal == Decimal(106)
        assert context.uow.indicators.count(code="hien_mau") == 0
        (other,) = plans_in_force(context).beside
    assert (other.period, [one.goal for one in other.targets]) == (MONTH, [Decimal(9), Decimal(80)])


def test_the_year_may_come_after_its_month(house: House) -> None:
    with house.context("staff") as context:
        store_plan(context, beside(MONTH))
        assert plan_of(context, 2024) is None
        assert plans_in_force(context).main is None
        store_plan(context, PLAN)
        assert [one.position for one in plans_in_force(context).tasks] == [*range(1, len(TASKS) + 1), 101]
        assert plan_year(context) == 2024


@pytest.mark.parametrize(
    ("first", "second", "stored"),
    [
        (beside(MONTH), beside(MONTH, "41/KH"), ["41/KH"]),
        (beside(SCHOOL), beside(SCHOOL, "41/KH"), ["41/KH"]),
        (beside(TERM), beside(TERM, "41/KH"), ["41/KH"]),
        (beside(None), beside(None, "41/KH"), ["41/KH"]),
        (beside(None), beside(None, "41/KH", issuer="Ban Chấp hành Công đoàn phường"), ["41/KH"]),
        (beside(None), beside(None, "41/KH", issuer="LĐLĐ tỉnh Tây Ninh"), ["40/KH", "41/KH"]),
        (beside(MONTH), beside(SCHOOL, "41/KH"), ["40/KH", "41/KH"]),
        (
            beside(MONTH),
            beside(PlanPeriod(PeriodKind.MONTH, date(2024, 5, 1), date(2024, 5, 31)), "41/KH"),
            ["40/KH", "41/KH"],
        ),
        (
            beside(TERM),
            beside(PlanPeriod(PeriodKind.YEARS, date(2023, 1, 1), date(2025, 12, 31)), "41/KH"),
            ["40/KH", "41/KH"],
        ),
    ],
)
def test_a_plan_replaces_only_one_of_its_period_and_level(
    house: House, first: YearPlan, second: YearPlan, stored: list[str]
) -> None:
    with house.context("staff") as context:
        store_plan(context, first)
        assert (difference(context, second).stored is None) is (len(stored) == 2)
        store_plan(context, second)
        assert [head.number for head in context.uow.plans.find("id")] == stored


def test_the_difference_names_the_plans_that_stay(house: House) -> None:
    autumn = PlanPeriod(PeriodKind.QUARTER, date(2024, 10, 1), date(2024, 12, 31))
    with house.context("staff") as context:
        store_plan(context, PLAN)
        store_plan(context, beside(autumn, "50/KH"))
        found = difference(context, beside(MONTH))
        assert ([head.number for head in found.beside], found.stored) == (["31/KH-CĐ"], None)
        store_plan(context, beside(MONTH))
        of_year = difference(context, PLAN)
    assert [head.number for head in of_year.beside] == ["50/KH", "40/KH"]
    assert of_year.is_empty


def test_a_plan_of_its_own_is_known_again(house: House) -> None:
    other = beside(None, texts="Hội thi|Tọa đàm|Thăm hỏi")
    with house.context("staff") as context:
        store_plan(context, PLAN)
        assert difference(context, other).is_another
        assert not difference(context, replace(PLAN, head=replace(HEAD, number="32/KH"))).is_another
        assert difference(context, other, special=True).stored is None
        head = store_plan(context, other, special=True)
        assert difference(context, other).is_empty
        assert store_plan(context, replace(other, tasks=other.tasks[:2])).id == head.id
        assert [one.kind for one in context.uow.plans.find("id")] == [PeriodKind.YEAR, PeriodKind.SPECIAL]


def test_the_offices_own_year_comes_before_that_of_a_higher_body(house: House) -> None:
    with house.context("staff") as context:
        store_plan(context, beside(None, "1/KH", issuer="LĐLĐ tỉnh Tây Ninh"))
        found = plan_of(context, 2024)
        assert found is not None
        assert [one.position for one in found.tasks] == [1]
        store_plan(context, PLAN)
        found = plan_of(context, 2024)
        assert found is not None
        assert found.head.number == "31/KH-CĐ"
        assert [one.position for one in plans_in_force(context).tasks][-2:] == [len(TASKS), 101]


def test_each_plan_has_a_hundred_of_its_own_and_keeps_it(house: House) -> None:
    second = beside(PlanPeriod(PeriodKind.MONTH, date(2024, 5, 1), date(2024, 5, 31)), "41/KH", texts="Thăm")
    with house.context("staff") as context:
        head = store_plan(context, PLAN)
        store_plan(context, beside(MONTH, texts="Họp|Dạy"))
        store_plan(context, second)
        assert named(context) == [(101, "Họp"), (102, "Dạy"), (201, "Thăm")]
        store_plan(context, beside(MONTH, texts="Mới|Họp|Dạy"))
        assert named(context) == [(101, "Mới"), (102, "Họp"), (103, "Dạy"), (201, "Thăm")]
        many = "|".join(f"Việc {one}" for one in range(120))
        store_plan(context, beside(MONTH, texts=many))
        assert [number for number, _text in named(context)] == [*range(301, 421), 201]
        store_plan(
            context, replace(PLAN, tasks=tuple(replace(TASKS[0], text=f"Việc {n}") for n in range(230)))
        )
        tasks = context.uow.tasks.find("position", plan_id=head.id)
        assert [one.position for one in tasks] == [*range(1, 231)]
        numbers = [one.position for one in plans_in_force(context).tasks]
        assert len(set(numbers)) == len(numbers)


def test_the_tasks_of_all_plans_stand_in_one_list(house: House) -> None:
    with house.context("staff") as context:
        store_plan(context, PLAN)
        store_plan(context, beside(MONTH, texts="Họp|Dạy"))
        found = tasks_in_quarter(context)
        assert found is not None
        assert [view.number for view in found.tasks] == [1, 2, 5, 6, 8, 101, 102]
        assert [head.number for head in found.beside.values()] == ["40/KH"]
        done = mark_done(context, [101, 5, 105])
        assert ([view.number for view in done.done], done.unknown) == ([101, 5], (105,))
        other, own = task_by_number(context, 102), task_by_number(context, 6)
        assert other is not None
        assert own is not None
        plan = plan_beside(context, other.task)
        assert plan is not None
        assert (plan.number, plan_beside(context, own.task)) == ("40/KH", None)


def test_tasks_of_a_month_that_is_over_are_late(house: House) -> None:
    june = datetime(2024, 7, 3, 2, 0, tzinfo=UTC)
    with house.context("staff") as context:
        store_plan(context, PLAN)
        store_plan(context, beside(MONTH, texts="Họp|Dạy"))
        mark_done(context, [101])
    with house.context("staff", june) as context:
        found = tasks_in_quarter(context)
        assert found is not None
        assert [view.number for view in found.late_before] == [3, 4, 6, 102]
        running = plans_in_force(context).running(context.today)
        assert [plan.head.number for plan in running] == ["31/KH-CĐ"]


def test_what_was_past_is_asked_about_in_every_plan(house: House) -> None:
    march = PlanPeriod(PeriodKind.MONTH, date(2024, 3, 1), date(2024, 3, 31))
    with house.context("staff") as context:
        store_plan(context, PLAN)
        store_plan(context, beside(march))
        question = past_tasks_question(context, house.people["staff"])
        assert question is not None
        assert [one.position for one in question.tasks] == [3, 4, 101]


@pytest.mark.parametrize(
    ("period", "day", "in_force"),
    [
        (SCHOOL, datetime(2023, 10, 2, 2, tzinfo=UTC), True),
        (SCHOOL, datetime(2024, 5, 2, 2, tzinfo=UTC), True),
        (SCHOOL, datetime(2024, 7, 2, 2, tzinfo=UTC), False),
        (TERM, datetime(2026, 7, 2, 2, tzinfo=UTC), True),
        (TERM, datetime(2028, 12, 31, 2, tzinfo=UTC), True),
    ],
)
def test_a_plan_is_in_force_over_its_years(
    house: House, period: PlanPeriod, day: datetime, in_force: bool
) -> None:
    with house.context("staff", day) as context:
        store_plan(context, PLAN)
        store_plan(context, beside(period))
        plans = plans_in_force(context)
        assert plans.year == day.year
        running = [plan.head.number for plan in plans.running(context.today)]
        assert running == (["31/KH-CĐ", "40/KH"] if in_force else ["31/KH-CĐ"])


def test_work_that_goes_on_for_years_is_done_quarter_by_quarter(house: House) -> None:
    on = task("1", "Vận động", (TERM.start, TERM.end), "Thường xuyên", recurring=True)
    plan = replace(beside(TERM), tasks=(on,))
    with house.context("staff") as context:
        store_plan(context, plan)
        mark_done(context, [101])
        (state,) = context.uow.task_states.find()
        assert (state.quarter, state.status) == (6, TaskStatus.DONE)
        view = task_by_number(context, 101)
        assert view is not None
        assert (view.instance.of_year, view.standing) == (2, TaskStanding.DONE)
        assert [one.number for one in reopen(context, [view.task.id], view.instance.of_year)] == [101]
    with house.context("staff", datetime(2025, 5, 2, 2, tzinfo=UTC)) as context:
        later = task_by_number(context, 101)
        assert later is not None
        assert (later.instance.start, later.standing) == (date(2025, 4, 1), TaskStanding.DUE)


def test_without_a_plan_of_this_year_the_latest_stays(house: House) -> None:
    with house.context("staff", datetime(2026, 1, 5, 2, tzinfo=UTC)) as context:
        assert plans_in_force(context).all == ()
        store_plan(context, PLAN)
        plans = plans_in_force(context)
        assert (plans.year, plans.running(context.today)) == (2024, plans.all)
        assert plan_year(context) == 2024


def test_a_reworded_task_keeps_what_was_said_of_it(house: House) -> None:
    reworded = replace(TASKS[5], text="Hướng dẫn tổ chức đối thoại định kỳ")
    with house.context("staff") as context:
        store_plan(context, PLAN)
        mark_done(context, [6], note="đã gửi văn bản")
        store_plan(context, replace(PLAN, tasks=(*TASKS[:5], reworded, *TASKS[6:])))
        view = task_by_number(context, 6)
        assert view is not None
        assert view.state is not None
        assert (view.task.text, view.standing, view.state.note) == (
            "Hướng dẫn tổ chức đối thoại định kỳ",
            TaskStanding.DONE,
            "đã gửi văn bản",
        )
