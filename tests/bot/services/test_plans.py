"""A plan is stored once, brought in line with a new document, and what is past is asked about once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.services.context import Context
from bot.services.past_tasks import (
    PastQuestion,
    ask_about_past_tasks,
    note_asked,
    past_tasks_question,
    tasks_asked_about,
)
from bot.services.plans import current_plan, difference, plan_of, store_plan
from bot.services.tasks import mark_done
from domain.errors import InputError
from domain.messages import OutboxState, ReminderLog
from domain.people import ContactState, UnitKind
from domain.plan import Measure, PlanHead, Target, Task, TaskStatus, YearPlan
from domain.reminders import task_key
from scheduler.reminding import ReminderPolicy, run_reminders
from tests.bot.services.sample_plan import DISTINCT, HEAD, PLAN, SHARE, SPRING, TARGETS, TASKS
from tests.people import MONDAY, OFFICE, House

LATER = MONDAY + timedelta(days=21)


def numbers(tasks: tuple[Task, ...]) -> list[int]:
    return [task.position for task in tasks]


def wording(question: PastQuestion) -> tuple[str, tuple[()]]:
    return f"{question.person.name}: {numbers(question.tasks)}", ()


def texts(context: Context) -> list[str]:
    return [row.text for row in context.uow.outbox.find()]


def test_a_stored_plan_reads_back_with_numbers_in_document_order(house: House) -> None:
    with house.context() as context:
        head = store_plan(context, PLAN)
    with house.context() as context:
        kept = plan_of(context, 2024)
    assert kept is not None
    assert kept.head == replace(HEAD, imported_at=MONDAY, id=head.id)
    assert [(one.position, one.indicator, one.goal) for one in kept.targets] == [
        (1, "doan_vien_moi", Decimal(106)),
        (2, "cdcs_10_25", Decimal(100)),
        (3, "cdcs_25", Decimal(100)),
        (4, "tuldtt", Decimal(1)),
        (5, "hoi_nghi_nld", Decimal(20)),
        (6, "doi_thoai", Decimal(21)),
    ]
    assert [(one.position, one.text) for one in kept.tasks] == [
        (place, one.text) for place, one in enumerate(TASKS, 1)
    ]


def test_a_plan_with_nothing_in_it_is_refused(house: House) -> None:
    with house.context() as context:
        with pytest.raises(InputError) as refused:
            store_plan(context, YearPlan(HEAD, (), ()))
        assert refused.value.code == "not-a-plan"
        assert context.uow.plans.count() == 0


def test_the_plan_of_this_year_comes_before_a_later_one(house: House) -> None:
    with house.context() as context:
        assert current_plan(context) is None
        store_plan(context, replace(PLAN, head=replace(HEAD, year=2023)))
        found = current_plan(context)
        assert found is not None
        assert found.head.year == 2023
        store_plan(context, PLAN)
        store_plan(context, replace(PLAN, head=replace(HEAD, year=2025)))
        found = current_plan(context)
        assert found is not None
        assert found.head.year == 2024


def test_an_import_brings_the_year_its_periods_and_unknown_indicators(house: House) -> None:
    plan = replace(
        PLAN,
        head=replace(HEAD, year=2025),
        targets=(
            *TARGETS,
            Target("hien_mau", "Vận động hiến máu: 80 lượt", Decimal(80), "lượt", Measure.SUM),
            Target("xanh_sach", "Doanh nghiệp xanh: 5 doanh nghiệp", Decimal(5), "doanh nghiệp", DISTINCT),
            Target("tu_le", "CĐCS vững mạnh: 90%", Decimal(90), "%", SHARE),
        ),
    )
    with house.context() as context:
        context.uow.indicators.delete()
        store_plan(context, plan)
        kept = {one.code: one for one in context.uow.indicators.find("position")}
        assert context.uow.periods.count(year=2025) == 4
    assert list(kept)[:6] == [one.indicator for one in TARGETS]
    blood, green, share = kept["hien_mau"], kept["xanh_sach"], kept["tu_le"]
    assert (blood.name, blood.unit_word) == ("vận động hiến máu", "lượt")
    assert blood.required_kinds == tuple(UnitKind)
    assert (green.name, green.kinds) == ("doanh nghiệp xanh", (UnitKind.ENTERPRISE,))
    assert (share.name, share.unit_word, share.required_kinds) == ("CĐCS vững mạnh", "doanh nghiệp", ())


def test_the_difference_names_what_a_new_document_changes(house: House) -> None:
    moved = replace(TASKS[5], when="trước 20/5", end=date(2024, 5, 20))
    added = replace(TASKS[7], text="Tổ chức ngày hội đoàn viên")
    more = replace(TARGETS[0], text="Kết nạp mới 120 đoàn viên", goal=Decimal(120))
    plan = YearPlan(
        replace(HEAD, number="45/KH-CĐ"), (more, *TARGETS[1:5]), (*TASKS[:5], moved, added, TASKS[7])
    )
    with house.context() as context:
        assert difference(context, PLAN).stored is None
        assert difference(context, PLAN).tasks_added == TASKS
        store_plan(context, PLAN)
        assert difference(context, PLAN).is_empty
        found = difference(context, plan)
    assert [(one.field, one.old, one.new) for one in found.head] == [("number", "31/KH-CĐ", "45/KH-CĐ")]
    assert [(one.old.goal, one.new.goal) for one in found.targets_changed] == [(Decimal(106), Decimal(120))]
    assert [one.indicator for one in found.targets_removed] == ["doi_thoai"]
    assert found.targets_added == ()
    assert [(one.old.position, one.new.end, one.moved) for one in found.tasks_changed] == [
        (6, date(2024, 5, 20), True)
    ]
    assert [one.text for one in found.tasks_added] == ["Tổ chức ngày hội đoàn viên"]
    assert [one.text for one in found.tasks_removed] == ["Kiểm tra việc thu kinh phí"]


def test_a_text_with_other_accents_and_signs_is_the_same_task(house: House) -> None:
    restyled = replace(TASKS[3], text="LẬP kế hoạch kỷ niệm, ngay thanh lap.")
    with house.context() as context:
        store_plan(context, PLAN)
        found = difference(context, replace(PLAN, tasks=(*TASKS[:3], restyled, *TASKS[4:])))
    assert [(one.new.text, one.moved) for one in found.tasks_changed] == [(restyled.text, False)]
    assert (found.tasks_added, found.tasks_removed) == ((), ())


def test_two_tasks_with_one_text_are_told_apart_by_their_groups(house: House) -> None:
    first = replace(TASKS[3], group="1", group_title="Tuyên truyền, giáo dục")
    plan = replace(PLAN, tasks=(first, TASKS[3]))
    with house.context() as context:
        store_plan(context, plan)
        ids = {task.group: task.id for task in context.uow.tasks.find()}
        assert difference(context, replace(PLAN, tasks=(TASKS[3], first))).is_empty
        store_plan(context, replace(PLAN, tasks=(TASKS[3], first)))
        assert {task.group: task.id for task in context.uow.tasks.find()} == ids
        assert [task.group for task in context.uow.tasks.find("position")] == ["2", "1"]


def test_tasks_that_stay_keep_what_was_said_of_them(house: House) -> None:
    with house.context("staff") as context:
        store_plan(context, PLAN)
        mark_done(context, [5, 7])
    with house.context(now=LATER) as context:
        head = store_plan(context, replace(PLAN, tasks=(TASKS[7], *TASKS[:6])))
        kept = context.uow.tasks.find("position")
        done = {state.task_id for state in context.uow.task_states.find(status=TaskStatus.DONE)}
    assert head.imported_at == LATER
    assert [task.text for task in kept] == [TASKS[7].text, *(task.text for task in TASKS[:6])]
    assert done == {kept[5].id}


def test_a_removed_task_leaves_no_reminder_to_the_next_owner_of_its_id(house: House) -> None:
    with house.context("staff") as context:
        store_plan(context, PLAN)
        last = context.uow.tasks.find("-position")[0]
        staff = house.people["staff"].id
        context.uow.reminder_log.add(ReminderLog(staff, task_key(last.id, 0), "-7", MONDAY, "sent", "r"))
        context.uow.reminder_log.add(ReminderLog(staff, task_key(last.id, 0), "past", MONDAY, "asked", "p"))
        store_plan(context, replace(PLAN, tasks=TASKS[:-1]))
        assert context.uow.reminder_log.count() == 0


def test_a_task_that_moves_is_reminded_of_anew(house: House) -> None:
    week_before = datetime(2024, 4, 22, 2, 0, tzinfo=UTC)
    due = replace(TASKS[5], end=date(2024, 4, 29))
    moved = replace(due, end=date(2024, 6, 10))
    with house.context() as context:
        store_plan(context, replace(PLAN, tasks=(due,)))
        assert run_reminders(context.uow, ReminderPolicy(OFFICE.calendar), week_before) == 2
        assert context.uow.outbox.count(state=OutboxState.QUEUED) == 2
    with house.context(now=week_before) as context:
        store_plan(context, replace(PLAN, tasks=(moved,)))
        assert context.uow.outbox.count(state=OutboxState.CANCELLED) == 2
        again = datetime(2024, 6, 3, 2, 0, tzinfo=UTC)
        assert run_reminders(context.uow, ReminderPolicy(OFFICE.calendar), again) == 2


def test_what_was_past_at_the_import_never_raises_a_reminder(house: House) -> None:
    with house.context(now=datetime(2024, 4, 1, 1, 0, tzinfo=UTC)) as context:
        store_plan(context, replace(PLAN, tasks=TASKS[2:4]))
        for day in range(1, 30):
            now = datetime(2024, 4, day, 2, 0, tzinfo=UTC)
            assert run_reminders(context.uow, ReminderPolicy(OFFICE.calendar), now) == 0


def test_everybody_who_keeps_the_tasks_is_asked_once(house: House) -> None:
    with house.context() as context:
        store_plan(context, PLAN)
        assert ask_about_past_tasks(context, wording) == 2
        assert ask_about_past_tasks(context, wording) == 0
        assert texts(context) == ["Đặng Thị Thu: [3, 4]", "Ngô Quốc Việt: [3, 4]"]


def test_after_another_import_only_new_past_tasks_are_asked_about(house: House) -> None:
    fresh = replace(TASKS[2], text="Phát động thi đua đầu năm", end=date(2024, 2, 29))
    with house.context("staff") as context:
        store_plan(context, PLAN)
        ask_about_past_tasks(context, wording)
    with house.context("staff") as context:
        store_plan(context, replace(PLAN, tasks=(fresh, *TASKS)))
        ask_about_past_tasks(context, wording)
        assert texts(context)[2:] == ["Đặng Thị Thu: [1]", "Ngô Quốc Việt: [1]"]


def test_who_cannot_be_reached_is_asked_on_joining(house: House) -> None:
    staff = house.people["staff"]
    with house.context("staff") as context:
        context.uow.contacts.change_where({"person_id": staff.id}, state=ContactState.UNREACHABLE)
        store_plan(context, PLAN)
        assert ask_about_past_tasks(context, wording) == 1
        mark_done(context, [4])
        question = past_tasks_question(context, staff)
        assert question is not None
        assert numbers(question.tasks) == [3]
        note_asked(context, question)
        assert past_tasks_question(context, staff) is None
        assert numbers(tasks_asked_about(context, question.token)) == [3]


def test_one_list_is_nobody_elses(house: House) -> None:
    with house.context() as context:
        store_plan(context, PLAN)
        question = past_tasks_question(context, house.people["staff"])
        assert question is not None
        note_asked(context, question)
    with house.context("admin") as context:
        assert tasks_asked_about(context, question.token) == ()


@pytest.mark.parametrize("who", ["chair", "leader"])
def test_who_does_not_keep_the_tasks_is_not_asked(house: House, who: str) -> None:
    with house.context() as context:
        store_plan(context, PLAN)
        assert past_tasks_question(context, house.people[who]) is None


def test_nobody_is_asked_about_a_plan_without_past_tasks(house: House) -> None:
    with house.context() as context:
        store_plan(context, replace(PLAN, tasks=tuple(task for task in TASKS if task.end != SPRING[1])))
        assert ask_about_past_tasks(context, wording) == 0


def test_a_head_without_number_and_day_is_kept_as_it_is(house: House) -> None:
    with house.context() as context:
        store_plan(context, replace(PLAN, head=PlanHead("", None, 2024, "", "")))
        found = plan_of(context, 2024)
    assert found is not None
    assert (found.head.number, found.head.date) == ("", None)
