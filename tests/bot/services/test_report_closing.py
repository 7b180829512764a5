"""What closes a period, what leaves it open, and who is missing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.services.periods import ensure_periods, missing_units, period_at_hand, submission
from bot.services.report_closing import close, keep_open
from bot.services.report_lines import Line
from bot.services.reporting import add_line, confirm
from domain.ledger import SubmissionState
from domain.people import Unit
from domain.understanding import Item
from tests.people import MONDAY, House

JUNE_20 = datetime(2024, 6, 20, 9, 0, tzinfo=UTC)
JUNE_21 = datetime(2024, 6, 21, 2, 0, tzinfo=UTC)
MARCH_18 = datetime(2024, 3, 18, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(("now", "on_time"), [(MONDAY, True), (JUNE_20, True), (JUNE_21, False)])
def test_closing_notes_whether_it_was_on_time(house: House, now: datetime, on_time: bool) -> None:
    with house.context("chair", now) as context:
        closed = close(context, house.units["dieu"], context.uow.periods.find(number=2)[0])
        assert (closed.before, closed.submission.on_time) == (False, on_time)
        assert closed.submission.state is SubmissionState.CLOSED
        assert closed.submission.person_id == house.people["chair"].id


def test_closing_twice_changes_nothing(house: House) -> None:
    unit = house.units["dieu"]
    with house.context("chair") as context:
        period = context.uow.periods.find(number=2)[0]
        close(context, unit, period, nil=True)
    with house.context("deputy", JUNE_21) as context:
        again = close(context, unit, period)
        assert again.before
        assert (again.submission.nil, again.submission.at) == (True, MONDAY)


def test_a_partial_answer_is_closed_later(house: House) -> None:
    with house.context("chair") as context:
        unit, period = house.units["dieu"], context.uow.periods.find(number=2)[0]
        assert keep_open(context, unit, period).state is SubmissionState.PARTIAL
        assert close(context, unit, period).submission.state is SubmissionState.CLOSED
        assert keep_open(context, unit, period).state is SubmissionState.CLOSED
        assert context.uow.submissions.count() == 1


def test_figures_after_a_nil_make_it_a_plain_answer_that_stays_closed(house: House) -> None:
    unit = house.units["dieu"]
    with house.context("chair") as context:
        period = context.uow.periods.find(number=2)[0]
        close(context, unit, period, nil=True)
        add_line(context, unit, Line("1", "chair", "m1", "kết nạp 5", (Item("doan_vien_moi", 5),)))
        confirm(context, "1")
        answer = submission(context, unit, period)
        assert answer is not None
        assert (answer.state, answer.nil) == (SubmissionState.CLOSED, False)


def test_silent_and_partial_unions_are_missing(house: House) -> None:
    with house.context("staff") as context:
        period = context.uow.periods.find(number=2)[0]
        close(context, house.units["dieu"], period)
        keep_open(context, house.units["may"], period)
        assert [unit.code for unit in missing_units(context, period)] == ["may", "tram", "truong"]


def test_a_word_without_date_is_about_the_period_being_asked(house: House) -> None:
    def number(unit: Unit, quarter: int | None = None) -> int | None:
        found = period_at_hand(context, unit, quarter)
        return found.number if found else None

    unit = house.units["dieu"]
    with house.context("chair", MARCH_18) as context:
        assert (number(unit), number(unit, 2), number(unit, 3)) == (1, 2, 1)
        close(context, unit, context.uow.periods.find(number=1)[0])
        assert (number(unit), number(unit, 1)) == (2, 1)


def test_missing_periods_are_made_once(house: House) -> None:
    with house.context() as context:
        made = ensure_periods(context, 2025)
        assert [period.number for period in made] == [1, 2, 3, 4]
        assert ensure_periods(context, 2025) == made
        assert len(ensure_periods(context, 2024)) == 4
