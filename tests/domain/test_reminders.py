from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import WorkCalendar
from domain.reminders import (
    ASK_ONCE_MORE,
    Decision,
    Ladder,
    Obligation,
    ObligationKind,
    Reason,
    draft_key,
    due_reminders,
    next_instant,
    pending_key,
    period_key,
    task_key,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TET = frozenset(date(2024, 2, day) for day in range(8, 15))
CALENDAR = WorkCalendar(ZONE, TET)
LADDERS = {
    ObligationKind.PERIOD: Ladder((-7, -3, -1, 0, 1, 3)),
    ObligationKind.TASK: Ladder((-7, -1, 1), on_opening=True),
    ObligationKind.DRAFT: ASK_ONCE_MORE,
}
HOA = 12
# Due on a Thursday; -7 is Thursday 13/6, -3 Monday 17/6, -1 Wednesday 19/6, 3 Sunday 23/6.
QUARTER = Obligation(period_key(2, 7), ObligationKind.PERIOD, date(2024, 6, 20), (HOA,))
DRAFT = Obligation(draft_key("b7"), ObligationKind.DRAFT, date(2024, 6, 14), (HOA,))
TASK = Obligation(task_key(5, 0), ObligationKind.TASK, date(2024, 6, 30), (HOA,), opened_on=date(2024, 6, 1))


def local(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=ZONE)


def decide(now: datetime, *obligations: Obligation, log: Iterable[tuple[int, str, str]] = ()) -> Decision:
    return due_reminders(obligations, LADDERS, frozenset(log), CALENDAR, now)


def stages_of(decision: Decision) -> list[str]:
    return [item.stage for reminder in decision.reminders for item in reminder.items]


@pytest.mark.parametrize(
    ("now", "obligation", "stage", "why", "days_left"),
    [
        pytest.param(local(6, 13), QUARTER, "-7", Reason.UPCOMING, 7, id="a week before"),
        pytest.param(local(6, 19), QUARTER, "-1", Reason.UPCOMING, 1, id="the day before"),
        pytest.param(local(6, 20), QUARTER, "0", Reason.DUE_TODAY, 0, id="the due day"),
        pytest.param(local(6, 21), QUARTER, "1", Reason.LATE, -1, id="the day after"),
        pytest.param(local(6, 24), QUARTER, "3", Reason.LATE, -4, id="Sunday after the due day: Monday"),
        pytest.param(local(6, 17), DRAFT, "1", Reason.WAITING, -3, id="a Friday's draft on Monday"),
        pytest.param(local(6, 3), TASK, "open", Reason.OPENED, 27, id="a window opening on a Saturday"),
        pytest.param(local(6, 28), TASK, "-1", Reason.UPCOMING, 2, id="Saturday before the due day: Friday"),
        pytest.param(
            local(6, 17),
            replace(QUARTER, paused_until=date(2024, 6, 16)),
            "-3",
            Reason.UPCOMING,
            3,
            id="asked for on Sunday, a stage of its own on Monday",
        ),
        pytest.param(
            local(6, 18),
            replace(QUARTER, paused_until=date(2024, 6, 18)),
            "again:2024-06-18",
            Reason.AGAIN,
            2,
            id="asked for",
        ),
        pytest.param(
            local(6, 17),
            replace(QUARTER, known_on=date(2024, 6, 17)),
            "-3",
            Reason.UPCOMING,
            3,
            id="known since this morning",
        ),
        pytest.param(
            local(6, 20),
            replace(QUARTER, known_on=date(2024, 6, 20)),
            "0",
            Reason.DUE_TODAY,
            0,
            id="known since this morning and due today",
        ),
        pytest.param(
            local(2, 7),
            replace(QUARTER, due_on=date(2024, 2, 9)),
            "0",
            Reason.UPCOMING,
            2,
            id="due in the Tet holidays: once, before them",
        ),
        pytest.param(
            local(2, 15),
            replace(QUARTER, due_on=date(2024, 2, 9)),
            "3",
            Reason.LATE,
            -6,
            id="late in the Tet holidays: once, after them",
        ),
    ],
)
def test_it_reminds_on_the_stages_working_day_and_says_why(
    now: datetime, obligation: Obligation, stage: str, why: Reason, days_left: int
) -> None:
    (reminder,) = decide(now, obligation).reminders
    (item,) = reminder.items
    assert (reminder.person_id, item.obligation) == (HOA, obligation)
    assert (item.stage, item.why, item.days_left) == (stage, why, days_left)
    assert item.planned_on == now.date()


@pytest.mark.parametrize(
    ("now", "obligation"),
    [
        pytest.param(local(6, 12), QUARTER, id="before the first stage"),
        pytest.param(local(6, 13, 7, 59), QUARTER, id="before the sending hours"),
        pytest.param(local(6, 13, 12), QUARTER, id="at noon"),
        pytest.param(local(6, 13, 20), QUARTER, id="in the evening"),
        pytest.param(local(6, 15), QUARTER, id="on a Saturday"),
        pytest.param(local(2, 9), replace(QUARTER, due_on=date(2024, 2, 9)), id="in the Tet holidays"),
        pytest.param(local(6, 20), replace(QUARTER, closed=True), id="closed"),
        pytest.param(local(6, 20), replace(QUARTER, person_ids=()), id="nobody to remind"),
        pytest.param(local(6, 20), replace(QUARTER, kind=ObligationKind.PENDING), id="no ladder"),
        pytest.param(local(6, 17), replace(QUARTER, paused_until=date(2024, 6, 18)), id="paused"),
        pytest.param(local(6, 14), DRAFT, id="the draft's own day"),
        pytest.param(local(6, 26), replace(TASK, known_on=date(2024, 6, 26)), id="known after the stage"),
        pytest.param(
            local(4, 1),
            replace(TASK, due_on=date(2024, 3, 31), known_on=date(2024, 4, 1)),
            id="past when the plan was imported",
        ),
        pytest.param(
            local(4, 24),
            replace(TASK, due_on=date(2024, 5, 1), opened_on=date(2024, 4, 25)),
            id="its window not yet open",
        ),
    ],
)
def test_it_reminds_nobody(now: datetime, obligation: Obligation) -> None:
    assert decide(now, obligation) == Decision()


def test_it_puts_everything_due_for_one_person_into_one_reminder_oldest_deadline_first() -> None:
    lan = 13
    older = replace(QUARTER, key="period:2:unit:8", due_on=date(2024, 6, 19))
    decision = decide(local(6, 24), TASK, replace(QUARTER, person_ids=(lan, HOA, HOA)), older)
    assert [reminder.person_id for reminder in decision.reminders] == [HOA, lan]
    assert [(item.obligation.key, item.stage) for item in decision.reminders[0].items] == [
        ("period:2:unit:8", "3"),
        ("period:2:unit:7", "3"),
        ("task:5:0", "-7"),
    ]
    assert [item.obligation.key for item in decision.reminders[1].items] == ["period:2:unit:7"]


def test_it_never_says_what_the_log_has() -> None:
    sent = [(HOA, QUARTER.key, "-7")]
    assert decide(local(6, 13, 15), QUARTER, log=sent) == Decision()
    assert decide(local(6, 14), QUARTER, log=sent) == Decision()
    assert stages_of(decide(local(6, 17), QUARTER, log=sent)) == ["-3"]


def test_it_reminds_the_deputy_though_the_chair_was_reminded() -> None:
    decision = decide(local(6, 13), replace(QUARTER, person_ids=(HOA, 13)), log=[(HOA, QUARTER.key, "-7")])
    assert [reminder.person_id for reminder in decision.reminders] == [13]


@pytest.mark.parametrize(
    ("now", "stages", "missed", "planned_on"),
    [
        pytest.param(local(6, 14), ["-7"], [], date(2024, 6, 13), id="down for a day"),
        pytest.param(local(6, 18), ["-3"], ["-7"], date(2024, 6, 17), id="down over one stage"),
        pytest.param(
            local(6, 21), ["1"], ["-7", "-3", "-1", "0"], date(2024, 6, 21), id="down over the due day"
        ),
        pytest.param(local(6, 28), ["3"], ["-7", "-3", "-1", "0", "1"], date(2024, 6, 24), id="just of use"),
        pytest.param(local(7, 1), [], ["-7", "-3", "-1", "0", "1", "3"], None, id="past all use"),
    ],
)
def test_it_catches_up_with_the_latest_stage_only(
    now: datetime, stages: list[str], missed: list[str], planned_on: date | None
) -> None:
    decision = decide(now, QUARTER)
    assert stages_of(decision) == stages
    assert decision.missed == tuple((HOA, QUARTER.key, stage) for stage in missed)
    assert [item.planned_on for reminder in decision.reminders for item in reminder.items] == (
        [planned_on] if planned_on else []
    )
    log = [*decision.missed, *((HOA, QUARTER.key, stage) for stage in stages)]
    assert decide(now, QUARTER, log=log) == Decision()


def test_it_drops_a_lone_stage_after_its_days_of_use_though_the_next_is_far() -> None:
    ladders = {ObligationKind.PERIOD: Ladder((-30, -1), useful_days=2)}
    thursday, friday = local(5, 23), local(5, 24)  # -30 is Tuesday 21/5
    assert stages_of(due_reminders([QUARTER], ladders, (), CALENDAR, thursday)) == ["-30"]
    late = due_reminders([QUARTER], ladders, (), CALENDAR, friday)
    assert (late.reminders, late.missed) == ((), ((HOA, QUARTER.key, "-30"),))


def test_it_does_not_fall_back_to_an_earlier_stage_when_a_later_one_was_sent() -> None:
    # On Friday 21/6 the due day's stage was sent, Saturday being off; then Saturday became a working day.
    due_saturday = replace(QUARTER, due_on=date(2024, 6, 22))
    swapped = replace(CALENDAR, extra_workdays=frozenset({date(2024, 6, 22)}))
    log = [(HOA, QUARTER.key, "0")]
    assert due_reminders([due_saturday], LADDERS, log, swapped, local(6, 21)) == Decision()
    assert due_reminders([due_saturday], LADDERS, log, swapped, local(6, 22)) == Decision()


def test_it_reminds_again_of_a_past_task_that_staff_put_off_themselves() -> None:
    past = replace(TASK, due_on=date(2024, 3, 31), known_on=date(2024, 4, 1), paused_until=date(2024, 4, 8))
    assert stages_of(decide(local(4, 8), past)) == ["again:2024-04-08"]
    assert decide(local(4, 9), past, log=[(HOA, past.key, "again:2024-04-08")]) == Decision()


@pytest.mark.parametrize(
    ("now", "obligations", "log", "run_at", "expected"),
    [
        pytest.param(local(4, 1), [QUARTER], [], None, local(6, 13, 8), id="the first stage"),
        pytest.param(local(4, 1), [QUARTER], [], time(8, 30), local(6, 13, 8, 30), id="at the job's time"),
        pytest.param(local(6, 13, 8), [QUARTER], ["-7"], None, local(6, 17, 8), id="the stage after"),
        pytest.param(local(6, 13, 8), [QUARTER], [], None, local(6, 13, 14), id="still unsaid at noon"),
        pytest.param(
            local(6, 14, 15), [QUARTER], [], time(8, 30), local(6, 17, 8, 30), id="past the job's time"
        ),
        pytest.param(local(6, 24, 8), [QUARTER], ["3"], None, None, id="all said"),
        pytest.param(local(6, 30), [QUARTER], [], None, None, id="past all use"),
        pytest.param(local(6, 1), [replace(QUARTER, closed=True)], [], None, None, id="closed"),
        pytest.param(local(6, 14, 17), [QUARTER, DRAFT], ["-7"], None, local(6, 17, 8), id="of several"),
        pytest.param(local(6, 1), [], [], None, None, id="nothing owed"),
    ],
)
def test_it_knows_when_it_has_something_to_say_next(
    now: datetime,
    obligations: list[Obligation],
    log: list[str],
    run_at: time | None,
    expected: datetime | None,
) -> None:
    used = [(HOA, QUARTER.key, stage) for stage in log]
    assert next_instant(obligations, LADDERS, used, CALENDAR, now, run_at) == expected


def test_it_names_obligations_by_stable_keys() -> None:
    keys = [period_key(7, 12), task_key(5, 2), draft_key("b7"), pending_key("b7")]
    assert keys == ["period:7:unit:12", "task:5:2", "draft:b7", "pending:b7"]
