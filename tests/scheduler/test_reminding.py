"""The reminder run on real tables: whom it writes to, what it says, and that it says it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.services import ledger
from domain.ledger import Report, ReportState, Submission, SubmissionState
from domain.marks import plain
from domain.messages import ConversationState, OutboxRow, OutboxState, Priority
from domain.people import Membership, Role
from domain.plan import Measure, PeriodKind, PlanHead, Target, Task, TaskState, TaskStatus
from domain.reminders import period_key
from scheduler.jobs import next_moment, reminder_job, run_due
from scheduler.reminding import ReminderPolicy, cancel_reminders, next_reminder, run_reminders
from storage.unit_of_work import UnitOfWork
from tests.people import OFFICE, House

# Thursday 13/6/2024, 8:30 in Vietnam: seven days before the second quarter's report is due.
SEVEN_DAYS_BEFORE = datetime(2024, 6, 13, 1, 30, tzinfo=UTC)
POLICY = ReminderPolicy(OFFICE.calendar)


def reminders(uow: UnitOfWork) -> dict[int | None, str]:
    rows: list[OutboxRow] = uow.outbox.find(priority=Priority.REMINDER)
    return {row.person_id: plain(row.text) for row in rows}


def close(house: House, code: str) -> None:
    with house.context() as context:
        period = context.uow.periods.find(number=2)[0]
        unit = house.units[code]
        closed = SubmissionState.CLOSED
        context.uow.submissions.add(Submission(unit.id, period.id, closed, nil=True, at=context.now))


def report(house: House, code: str, value: int, state: ReportState, reporter: int | None = None) -> Report:
    with house.context("chair") as context:
        period = context.uow.periods.find(number=2)[0]
        unit_id = house.units[code].id
        row = Report("doan_vien_moi", value, unit_id, period.id, state, f"b{value}", context.now)
        return ledger.add(context, replace(row, reported_by_id=reporter))


def run(house: House, now: datetime = SEVEN_DAYS_BEFORE) -> dict[str, str]:
    with house.database.begin() as uow:
        uow.outbox.delete()
        run_reminders(uow, POLICY, now)
        written = reminders(uow)
    names = {person.id: who for who, person in house.people.items()}
    return {names[person_id]: text for person_id, text in written.items() if person_id is not None}


def test_only_those_whose_period_is_open_are_reminded(house: House) -> None:
    for code in ("may", "truong", "tram"):
        close(house, code)
    assert run(house) == {
        "chair": "📌 Chị Hoa ơi, báo cáo quý II của CĐCS Hạt điều Phước Minh hạn thứ Năm 20/6, còn 7 ngày.\n"
        "Kỳ này em chưa nhận được số nào của chị."
    }


def test_a_reminder_can_be_answered_with_one_tap(house: House) -> None:
    run(house)
    with house.database.begin() as uow:
        asked = uow.outbox.find(person_id=house.people["chair"].id)
    assert [choice.label for row in asked for choice in row.choices] == ["Báo cáo ngay", "Không phát sinh"]


def test_a_unit_that_has_begun_is_told_what_is_there(house: House) -> None:
    report(house, "dieu", 12, ReportState.PENDING)
    assert run(house)["chair"].endswith("Em đang có: 12 đoàn viên mới.")


def test_a_figure_that_waits_for_a_yes_is_not_denied(house: House) -> None:
    report(house, "dieu", 5, ReportState.UNCONFIRMED)
    assert run(house)["chair"].endswith("\nEm còn giữ 5 đoàn viên mới chờ chị xác nhận: đúng vậy không ạ?")
    with house.database.begin() as uow:
        (asked,) = uow.outbox.find(person_id=house.people["chair"].id)
    assert [choice.label for choice in asked.choices] == ["Đúng", "Sửa", "Bỏ"]


def test_somebody_with_two_units_answers_for_each(house: House) -> None:
    chair, unit = house.people["chair"], house.units["may"]
    with house.context() as context:
        context.uow.memberships.add(Membership(chair.id, unit.id, Role.CHAIR, date(2024, 1, 1)))
    report(house, "dieu", 12, ReportState.PENDING)
    run(house)
    with house.database.begin() as uow:
        (asked,) = uow.outbox.find(person_id=chair.id)
    assert [choice.label for choice in asked.choices] == [
        "Đủ rồi, chốt giúp em · CĐCS Hạt điều Phước Minh",
        "Còn bổ sung · CĐCS Hạt điều Phước Minh",
        "Báo cáo ngay · CĐCS May Suối Đá",
        "Không phát sinh · CĐCS May Suối Đá",
    ]


def test_running_again_says_nothing_new(house: House) -> None:
    assert run(house).keys() == {"chair", "other_chair", "teacher", "nurse"}
    assert run(house) == {}
    assert run(house, SEVEN_DAYS_BEFORE + timedelta(hours=2)) == {}


def test_after_a_long_stop_only_the_last_step_is_said(house: House) -> None:
    late = datetime(2024, 6, 19, 1, 30, tzinfo=UTC)
    assert "còn 1 ngày" in run(house, late)["chair"]
    with house.database.begin() as uow:
        missed = uow.reminder_log.find(person_id=house.people["chair"].id, outcome="missed")
    assert [log.stage for log in missed] == ["-7", "-3"]


def test_a_draft_is_asked_about_the_next_working_day(house: House) -> None:
    person_id = house.people["chair"].id
    report(house, "dieu", 5, ReportState.UNCONFIRMED, person_id)
    tuesday = datetime(2024, 4, 16, 1, 30, tzinfo=UTC)
    assert run(house, tuesday) == {
        "chair": "Chị Hoa ơi, hôm thứ Hai 15/4 em ghi thế này mà còn chờ chị xác nhận:\n• 5 đoàn viên mới"
    }
    assert run(house, tuesday + timedelta(days=1)) == {}


def test_who_has_handed_over_is_not_asked_about_a_draft(house: House) -> None:
    chair = house.people["chair"].id
    report(house, "dieu", 5, ReportState.UNCONFIRMED, chair)
    with house.database.begin() as uow:
        uow.memberships.change_where({"person_id": chair}, valid_to=date(2024, 4, 15))
    assert run(house, datetime(2024, 4, 16, 1, 30, tzinfo=UTC)) == {}


def test_staff_hear_of_the_quarters_tasks_once_and_of_what_is_due(house: House) -> None:
    with house.database.begin() as uow:
        imported = datetime(2024, 4, 1, 1, 0, tzinfo=UTC)
        plan = uow.plans.add(PlanHead("31/KH", date(2024, 4, 1), 2024, "", "", imported))
        uow.targets.add(Target("doi_thoai", "", Decimal(21), "DN", Measure.DISTINCT_UNITS, plan_id=plan.id))
        start, year_end = date(2024, 4, 1), date(2024, 12, 31)
        for text, first, last, recurring in (
            ("Mở lớp tập huấn", start, date(2024, 6, 30), False),
            ("Tuyên truyền", date(2024, 1, 1), year_end, True),
            ("Học tập nghị quyết", date(2024, 1, 1), date(2024, 3, 31), False),
        ):
            uow.tasks.add(Task("1", "", text, None, first, last, recurring, plan_id=plan.id))
    assert run(house, datetime(2024, 4, 1, 1, 30, tzinfo=UTC))["staff"] == (
        "📌 Chị Thu ơi, quý II bắt đầu 2 việc của kế hoạch:\n"
        "• Mở lớp tập huấn (hạn Chủ nhật 30/6)\n"
        "• Tuyên truyền (thường xuyên)\n"
        "Gõ /nhiemvu để xem đủ và đánh dấu việc đã xong."
    )
    due = run(house, datetime(2024, 6, 21, 1, 30, tzinfo=UTC))
    assert due["staff"].startswith("📌 Chị Thu ơi, 1 việc của kế hoạch sắp đến hạn:\n")
    late = run(house, datetime(2024, 7, 1, 1, 30, tzinfo=UTC))
    assert late["staff"] == (
        "📌 Chị Thu ơi, quý III bắt đầu 1 việc của kế hoạch:\n"
        "• Tuyên truyền (thường xuyên)\n"
        "1 việc của kế hoạch đã quá hạn:\n"
        "• Mở lớp tập huấn (hạn Chủ nhật 30/6)\n"
        "Gõ /nhiemvu để xem đủ và đánh dấu việc đã xong."
    )


def test_a_done_task_is_not_spoken_of(house: House) -> None:
    with house.database.begin() as uow:
        plan = uow.plans.add(PlanHead("31/KH", None, 2024, "", "", datetime(2024, 4, 1, 1, tzinfo=UTC)))
        task = uow.tasks.add(
            Task("1", "", "Tập huấn", None, date(2024, 4, 1), date(2024, 6, 30), plan_id=plan.id)
        )
        uow.task_states.add(TaskState(task.id, 0, TaskStatus.DONE, datetime(2024, 4, 1, tzinfo=UTC)))
    assert "staff" not in run(house, datetime(2024, 6, 21, 1, 30, tzinfo=UTC))


def test_tasks_of_a_plan_beside_the_years_come_with_its_name(house: House) -> None:
    imported = datetime(2024, 4, 1, 1, 0, tzinfo=UTC)
    year = PlanHead("31/KH", None, 2024, "", "", imported)
    quarter = replace(year, kind=PeriodKind.QUARTER, scope="quarter 4")
    term = replace(year, year=2020, kind=PeriodKind.YEARS, scope="years 2030")
    heads = (
        year,
        replace(quarter, starts_on=date(2024, 4, 1), ends_on=date(2024, 6, 30)),
        replace(term, starts_on=date(2020, 1, 1), ends_on=date(2030, 12, 31)),
    )
    window = date(2024, 4, 1), date(2024, 6, 28)
    with house.database.begin() as uow:
        plans = [uow.plans.add(head) for head in heads]
        for plan, text in zip(plans, ("Tập huấn", "Họp ban", "Rà soát"), strict=True):
            uow.tasks.add(Task("1", "", text, None, *window, plan_id=plan.id))
        days = plans[2].period.start, plans[2].period.end
        uow.tasks.add(Task("1", "", "Vận động", None, *days, recurring=True, plan_id=plans[2].id))
    assert run(house, datetime(2024, 4, 1, 1, 30, tzinfo=UTC))["staff"] == (
        "📌 Chị Thu ơi, quý II bắt đầu 4 việc của kế hoạch:\n"
        "• Tập huấn (hạn thứ Sáu 28/6)\n"
        "• Họp ban (hạn thứ Sáu 28/6, kế hoạch quý II/2024)\n"
        "• Rà soát (hạn thứ Sáu 28/6, kế hoạch các năm 2020-2030)\n"
        "• Vận động (thường xuyên, kế hoạch các năm 2020-2030)\n"
        "Gõ /nhiemvu để xem đủ và đánh dấu việc đã xong."
    )


def test_a_reminder_waits_for_a_dialogue_in_progress(house: House) -> None:
    with house.database.begin() as uow:
        uow.states.add(ConversationState("local", "chair", SEVEN_DAYS_BEFORE, step="report.count"))
        run_reminders(uow, POLICY, SEVEN_DAYS_BEFORE)
        row = uow.outbox.first(person_id=house.people["chair"].id)
    assert row is not None
    assert row.not_before == SEVEN_DAYS_BEFORE + timedelta(minutes=30)


@pytest.mark.parametrize(("hours", "asks"), [(1, "report.count"), (3, "")])
def test_a_dialogue_left_alone_makes_room_for_the_choices(house: House, hours: int, asks: str) -> None:
    with house.database.begin() as uow:
        touched = SEVEN_DAYS_BEFORE - timedelta(hours=hours)
        uow.states.add(ConversationState("local", "chair", touched, step="report.count"))
        run_reminders(uow, POLICY, SEVEN_DAYS_BEFORE)
        state = uow.states.first(chat_id="chair")
    assert state is not None
    assert (state.step, bool(state.choices)) == (asks, not asks)


def test_an_answer_takes_back_a_reminder_that_was_not_sent_yet(house: House) -> None:
    with house.database.begin() as uow:
        run_reminders(uow, POLICY, SEVEN_DAYS_BEFORE)
        period = uow.periods.find(number=2)[0]
        assert cancel_reminders(uow, period_key(period.id, house.units["dieu"].id)) == 1
        row = uow.outbox.first(person_id=house.people["chair"].id)
    assert row is not None
    assert row.state is OutboxState.CANCELLED


def test_the_next_reminder_is_foreseen(house: House) -> None:
    with house.database.begin() as uow:
        run_reminders(uow, POLICY, SEVEN_DAYS_BEFORE)
        monday_three_days_before = datetime(2024, 6, 17, 1, 30, tzinfo=UTC)
        assert next_reminder(uow, POLICY, SEVEN_DAYS_BEFORE) == monday_three_days_before


def test_the_job_runs_once_a_day_within_the_hours(house: House) -> None:
    jobs = [reminder_job(POLICY)]
    early, on_time = SEVEN_DAYS_BEFORE - timedelta(minutes=5), SEVEN_DAYS_BEFORE
    with house.database.begin() as uow:
        assert run_due(uow, jobs, early) == []
        assert run_due(uow, jobs, on_time) == ["4 people reminded"]
        assert run_due(uow, jobs, on_time + timedelta(minutes=1)) == []
        assert next_moment(uow, jobs, on_time) == datetime(2024, 6, 17, 1, 30, tzinfo=UTC)
