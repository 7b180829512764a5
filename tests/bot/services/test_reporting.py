"""A line becomes a draft, the draft figures that count, once, in the right period."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.services import ledger
from bot.services.context import Context
from bot.services.periods import sums
from bot.services.report_closing import close
from bot.services.report_lines import Line, Refused, unanswered
from bot.services.report_questions import QuestionKind, already_counted, next_question
from bot.services.reporting import (
    Drafted,
    add_line,
    confirm,
    drop,
    drop_row,
    is_all_nil,
    open_draft,
    open_drafts,
    record_nils,
    share_progress,
    without_date,
)
from domain.errors import NotFound
from domain.ledger import Report, ReportState, SubmissionState
from domain.messages import OutboxState
from domain.periods import PeriodReason
from domain.plan import Allocation
from domain.progress import Standing
from domain.understanding import Item
from scheduler.reminding import ReminderPolicy, run_reminders
from tests.people import MONDAY, OFFICE, House

FIVE = Item("doan_vien_moi", 5, date(2024, 4, 12))
TALK = Item("doi_thoai", 1, people=33)


def line(*items: Item, batch: str = "1", message: str = "m1", **more: object) -> Line:
    return Line(batch, "chair", message, "kết nạp 5", items, **more)  # type: ignore[arg-type]


def drafted(house: House, context: Context, *items: Item, unit: str = "dieu", **more: object) -> Drafted:
    return add_line(context, house.units[unit], line(*items, **more))  # type: ignore[arg-type]


def stored(
    house: House, context: Context, *items: Item, batch: str = "1", unit: str = "dieu"
) -> list[Report]:
    drafted(house, context, *items, batch=batch, unit=unit)
    return list(confirm(context, batch).rows)


def question(
    house: House, context: Context, result: Drafted, settled: Collection[str] = ()
) -> QuestionKind | None:
    found = next_question(context, result.draft, settled)
    return found.kind if found else None


def test_a_line_stands_in_the_ledger_at_once_but_counts_nowhere(house: House) -> None:
    with house.context("chair") as context:
        result = drafted(house, context, FIVE, TALK)
        assert [(row.indicator, row.value, row.state) for row in result.draft.rows] == [
            ("doan_vien_moi", 5, ReportState.UNCONFIRMED),
            ("doi_thoai", 1, ReportState.UNCONFIRMED),
        ]
        assert {row.reported_by_id for row in result.draft.rows} == {house.people["chair"].id}
        assert context.uow.totals.find() == []
        assert context.uow.submissions.find() == []


def test_a_confirmed_draft_waits_for_staff_and_begins_the_answer(house: House) -> None:
    with house.context("chair") as context:
        rows = stored(house, context, FIVE)
        period = context.uow.periods.get(rows[0].period_id)
        assert rows[0].state is ReportState.PENDING
        assert rows[0].confirmed_at == MONDAY
        assert sums(context, house.units["dieu"], period) == {"doan_vien_moi": (0, 5)}
        (answer,) = context.uow.submissions.find()
        assert (answer.state, answer.nil, answer.period_id) == (SubmissionState.PARTIAL, False, period.id)


def test_an_office_without_approval_counts_at_once(house: House) -> None:
    house.office = replace(house.office, approves_at_once=True)
    with house.context("chair") as context:
        assert stored(house, context, FIVE)[0].state is ReportState.APPROVED


def test_confirming_twice_stores_once(house: House) -> None:
    with house.context("chair") as context:
        drafted(house, context, FIVE)
    with house.context("chair") as context:
        assert len(confirm(context, "1").rows) == 1
    with house.context("chair") as context:
        assert confirm(context, "1").rows == ()
        assert [total.pending for total in context.uow.totals.find()] == [5]


def test_two_taps_at_the_same_moment_store_once(house: House) -> None:
    with house.context("chair") as context:
        drafted(house, context, FIVE, TALK)
    start = threading.Barrier(4)
    moved: list[int] = []

    def tap() -> None:
        start.wait()
        with house.context("chair") as context:
            moved.append(len(confirm(context, "1").rows))

    taps = [threading.Thread(target=tap) for _ in range(4)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    with house.context() as context:
        assert sorted(moved) == [0, 0, 0, 2]
        assert sorted(total.pending for total in context.uow.totals.find()) == [1, 5]
        assert ledger.recount(context) == 0


def test_a_further_line_joins_the_open_draft(house: House) -> None:
    with house.context("chair") as context:
        drafted(house, context, FIVE)
        again = drafted(house, context, TALK, batch="2", message="m2")
        assert (again.draft.batch, len(again.draft.rows)) == ("1", 2)
        assert len(confirm(context, "1").rows) == 2


def test_a_draft_that_is_too_old_is_left_alone(house: House) -> None:
    with house.context("chair") as context:
        drafted(house, context, FIVE)
    with house.context("chair", MONDAY + house.office.dialogue_valid) as context:
        assert drafted(house, context, TALK, batch="2").draft.batch == "2"
        assert [(one.draft.batch, one.person.name) for one in open_drafts(context)] == [
            ("1", "Nguyễn Thị Hoa"),
            ("2", "Nguyễn Thị Hoa"),
        ]


def test_a_draft_of_another_unit_is_another_draft(house: House) -> None:
    with house.context("chair") as context:
        drafted(house, context, FIVE)
        assert drafted(house, context, FIVE, batch="2", unit="may").draft.batch == "2"


def test_a_dropped_draft_counts_nothing(house: House) -> None:
    with house.context("chair") as context:
        drafted(house, context, FIVE)
        assert [row.state for row in drop(context, "1")] == [ReportState.WITHDRAWN]
        assert open_draft(context, "chair") is None
        assert confirm(context, "1").rows == ()
        assert drop(context, "1") == ()


def test_a_batch_that_never_was_is_not_found(house: House) -> None:
    with house.context("chair") as context, pytest.raises(NotFound):
        confirm(context, "77")


@pytest.mark.parametrize(
    ("on", "quarter", "number", "why"),
    [
        (None, None, 2, PeriodReason.OBVIOUS),
        (date(2024, 4, 12), None, 2, PeriodReason.OBVIOUS),
        (date(2024, 3, 22), None, 2, PeriodReason.AFTER_CUTOFF),
        (date(2024, 3, 10), None, 2, PeriodReason.LOCKED),
        (None, 1, 2, PeriodReason.LOCKED),
        (None, 3, 2, PeriodReason.OBVIOUS),
    ],
)
def test_a_figure_goes_to_its_period(
    house: House, on: date | None, quarter: int | None, number: int, why: PeriodReason
) -> None:
    with house.context("chair") as context:
        result = drafted(house, context, Item("doan_vien_moi", 5, on), quarter=quarter)
        (placed,) = result.placed
        assert placed.choice.period is not None
        assert (placed.choice.period.number, placed.choice.why) == (number, why)
        assert placed.row.period_id == placed.choice.period.id


MARCH = datetime(2024, 3, 18, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "quarter", "closed", "number", "why"),
    [
        (None, None, False, 1, PeriodReason.ASKED),
        (None, None, True, 2, PeriodReason.OBVIOUS),
        (None, 1, True, 1, PeriodReason.ASKED),
        (None, 2, False, 2, PeriodReason.OBVIOUS),
        (date(2024, 3, 10), None, True, 1, PeriodReason.DATE),
    ],
)
def test_between_cut_off_and_due_day_the_old_period_is_asked(
    house: House, on: date | None, quarter: int | None, closed: bool, number: int, why: PeriodReason
) -> None:
    with house.context("chair", MARCH) as context:
        if closed:
            close(context, house.units["dieu"], context.uow.periods.find(number=1)[0])
        (placed,) = drafted(house, context, Item("doan_vien_moi", 5, on), quarter=quarter).placed
        assert placed.choice.period is not None
        assert (placed.choice.period.number, placed.choice.why) == (number, why)


@pytest.mark.parametrize(
    ("unit", "item", "why"),
    [
        ("truong", Item("tuldtt", 1), Refused.WRONG_KIND),
        ("tram", Item("doi_thoai", 1), Refused.WRONG_KIND),
        ("dieu", Item("doan_vien_moi", 5, date(2023, 11, 1)), Refused.OUTSIDE),
        ("dieu", Item("doan_vien_moi", 10**12), Refused.NOT_A_COUNT),
        ("dieu", Item("doan_vien_moi", -3), Refused.NOT_A_COUNT),
        ("dieu", Item("khac", 3), Refused.UNKNOWN),
    ],
)
def test_what_cannot_count_makes_no_row(house: House, unit: str, item: Item, why: Refused) -> None:
    with house.context("chair") as context:
        result = drafted(house, context, item, unit=unit)
        assert [one.why for one in result.refused] == [why]
        assert context.uow.reports.find() == []


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        (Item("doan_vien_moi", 120), None),
        (Item("doan_vien_moi", 121), QuestionKind.TOO_MANY),
        (Item("doi_thoai", 31), QuestionKind.TOO_MANY),
        (Item("doan_vien_moi", 5, date(2024, 4, 20)), QuestionKind.FUTURE_DATE),
        (Item("doan_vien_moi", 5, date(2024, 4, 15)), None),
    ],
)
def test_an_odd_figure_is_asked_about(house: House, item: Item, kind: QuestionKind | None) -> None:
    with house.context("chair") as context:
        assert question(house, context, drafted(house, context, item)) is kind


def test_a_question_that_was_answered_is_not_put_again(house: House) -> None:
    with house.context("chair") as context:
        result = drafted(house, context, Item("doan_vien_moi", 999))
        asked = next_question(context, result.draft, ())
        assert asked is not None
        assert (asked.limit, asked.key) == (120, f"{result.draft.rows[0].id}:too_many")
        assert next_question(context, result.draft, [asked.key]) is None


def test_a_figure_that_stands_in_the_period_is_asked_about(house: House) -> None:
    with house.context("chair") as context:
        stored(house, context, FIVE)
        again = drafted(house, context, Item("doan_vien_moi", 5), batch="2", message="m2")
        assert question(house, context, again) is QuestionKind.REPEATED
        assert question(house, context, drafted(house, context, Item("doi_thoai", 1), batch="3")) is (
            QuestionKind.REPEATED
        )


@pytest.mark.parametrize(
    ("second", "kind"),
    [
        (Item("doan_vien_moi", 7, date(2024, 4, 12)), QuestionKind.SECOND),
        (Item("doan_vien_moi", 7), QuestionKind.SECOND),
        (Item("doan_vien_moi", 5, date(2024, 4, 12)), QuestionKind.REPEATED),
        (Item("doan_vien_moi", 7, date(2024, 4, 11)), None),
        (Item("doi_thoai", 5), None),
    ],
)
def test_a_second_figure_in_one_draft_replaces_or_adds(
    house: House, second: Item, kind: QuestionKind | None
) -> None:
    with house.context("chair") as context:
        drafted(house, context, FIVE)
        assert question(house, context, drafted(house, context, second, message="m2")) is kind


def test_two_figures_of_one_message_are_two_figures(house: House) -> None:
    with house.context("chair") as context:
        result = drafted(house, context, FIVE, Item("doan_vien_moi", 7))
        assert question(house, context, result) is None


def test_a_second_dialogue_of_an_enterprise_is_kept_and_known_not_to_count(house: House) -> None:
    with house.context("chair") as context:
        stored(house, context, Item("doi_thoai", 1, date(2024, 4, 2)))
        result = drafted(house, context, Item("doi_thoai", 1, date(2024, 4, 12)), batch="2")
        assert question(house, context, result) is None
        assert [row.happened_on for row in already_counted(context, result.draft)] == [date(2024, 4, 12)]


@pytest.mark.parametrize(
    ("place", "subject"),
    [
        (None, ""),
        ("cty Hạt điều Phước Minh", ""),
        ("Công ty Bao bì Suối Đá", "bao bi suoi da"),
    ],
)
def test_another_enterprise_is_counted_under_its_own_name(
    house: House, place: str | None, subject: str
) -> None:
    with house.context("chair") as context:
        (placed,) = drafted(house, context, Item("cdcs_25", 1, place=place)).placed
        assert placed.row.subject == subject


def test_a_nil_among_figures_is_a_zero_that_needs_no_approval(house: House) -> None:
    with house.context("chair") as context:
        drafted(house, context, FIVE, zeros=("tuldtt", "doan_vien_moi"))
        assert [(row.indicator, row.value, row.state) for row in confirm(context, "1").rows] == [
            ("doan_vien_moi", 5, ReportState.PENDING),
            ("tuldtt", 0, ReportState.APPROVED),
        ]


def test_nils_for_everything_are_known_as_such(house: House) -> None:
    with house.context("teacher") as context:
        period = context.uow.periods.find(number=2)[0]
        school = house.units["truong"]
        assert [one.code for one in unanswered(context, school, period)] == ["doan_vien_moi"]
        assert not is_all_nil(context, school, period)
        (row,) = record_nils(context, school, period, ["doan_vien_moi", "doi_thoai"], line())
        assert (row.indicator, row.value, row.state) == ("doan_vien_moi", 0, ReportState.APPROVED)
        assert is_all_nil(context, school, period)
        assert record_nils(context, school, period, ["doan_vien_moi"], line()) == []


def test_the_year_is_held_against_the_share(house: House) -> None:
    with house.context("chair") as context:
        unit = house.units["dieu"]
        context.uow.allocations.add(Allocation(2024, "doan_vien_moi", unit.id, 30, MONDAY))
        stored(house, context, Item("doan_vien_moi", 12))
        (progress,) = share_progress(context, unit, {"doan_vien_moi", "doi_thoai"}, 2024)
        assert (progress.pending, progress.share, progress.standing) == (12, 30, Standing.AHEAD)


def test_a_confirmation_a_day_later_still_counts(house: House) -> None:
    with house.context("chair") as context:
        drafted(house, context, FIVE)
    with house.context("chair", MONDAY + timedelta(days=2)) as context:
        assert confirm(context, "1").rows[0].confirmed_at == MONDAY + timedelta(days=2)


def test_a_day_that_is_left_out_no_longer_decides_the_period(house: House) -> None:
    with house.context("chair") as context:
        (row,) = drafted(house, context, Item("doan_vien_moi", 5, date(2024, 9, 20))).draft.rows
        fresh = without_date(context, row)
        assert fresh.happened_on is None
        assert context.uow.periods.get(fresh.period_id).number == 2


def test_a_question_about_a_draft_that_is_gone_is_taken_back(house: House) -> None:
    with house.context("chair") as context:
        (row,) = drafted(house, context, FIVE).draft.rows
        tuesday = MONDAY + timedelta(days=1)
        run_reminders(context.uow, ReminderPolicy(OFFICE.calendar), tuesday)
        drop_row(context, row)
        (asked,) = context.uow.outbox.find(person_id=house.people["chair"].id)
        assert asked.state is OutboxState.CANCELLED
