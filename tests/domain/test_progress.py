from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger import RunningTotal
from domain.periods import PeriodRule, periods_of_year
from domain.plan import Indicator, Measure, Target
from domain.progress import Standing, target_progress, unit_progress

PERIODS = tuple(
    replace(period, id=number) for number, period in enumerate(periods_of_year(2024, PeriodRule()), start=1)
)
MID_YEAR = date(2024, 7, 1)  # 183 of 366 days have passed
MEMBERS = Target("doan_vien_moi", "Phát triển đoàn viên mới", Decimal(106), "đoàn viên", Measure.SUM)
DIALOGUE = Target("doi_thoai", "Đối thoại", Decimal(21), "doanh nghiệp", Measure.DISTINCT_UNITS)
SHARE = Target("cdcs_25", "Thành lập CĐCS", Decimal(100), "%", Measure.SHARE_OF_ELIGIBLE)


def a_total(
    indicator: str, unit_id: int, period_id: int, approved: int, pending: int = 0, subject: str = ""
) -> RunningTotal:
    return RunningTotal(2024, indicator, unit_id, period_id, subject, approved, pending)


def test_it_adds_up_persons() -> None:
    totals = [
        a_total("doan_vien_moi", 1, 1, 20, 3),
        a_total("doan_vien_moi", 1, 2, 5),
        a_total("doan_vien_moi", 2, 2, 28, 4, subject="hung phat"),
        a_total("doan_vien_moi", 3, 2, 0),
        a_total("doi_thoai", 1, 2, 1),
        replace(a_total("doan_vien_moi", 1, 9, 70), year=2023),
    ]
    progress = target_progress(MEMBERS, totals, PERIODS, None, MID_YEAR)
    assert (progress.approved, progress.pending, progress.goal) == (53, 7, Decimal(106))
    assert (progress.percent, progress.percent_with_pending) == (Decimal("50.00"), Decimal("56.60"))
    assert (progress.expected, progress.standing, progress.gap) == (Decimal("53.00"), Standing.AHEAD, 7)
    assert progress.by_quarter == ((1, 20, 3), (2, 33, 4), (3, 0, 0), (4, 0, 0))
    assert progress.by_unit == ((1, 25, 3), (2, 28, 4))
    assert not progress.reached


def test_it_counts_an_enterprise_once_in_its_first_quarter() -> None:
    totals = [
        a_total("doi_thoai", 1, 3, 1),
        a_total("doi_thoai", 1, 2, 2, 1),
        a_total("doi_thoai", 2, 4, 0, 1),
        a_total("doi_thoai", 2, 3, 0, 2),
        a_total("doi_thoai", 3, 1, 0, 1),
        a_total("doi_thoai", 3, 2, 1),
        a_total("doi_thoai", 4, 1, 0),
        a_total("doi_thoai", 9, 1, 1, subject="hung phat"),
        a_total("doi_thoai", 9, 1, 1, subject="thanh cong"),
    ]
    progress = target_progress(DIALOGUE, totals, PERIODS, None, MID_YEAR)
    assert (progress.approved, progress.pending) == (4, 1)
    assert progress.by_quarter == ((1, 2, 0), (2, 2, 0), (3, 0, 1), (4, 0, 0))
    assert progress.by_unit == ((1, 1, 0), (2, 0, 1), (3, 1, 0), (9, 2, 0))
    assert (progress.expected, progress.standing, progress.gap) == (Decimal("10.50"), Standing.BEHIND, -5)


@pytest.mark.parametrize(
    ("goal", "eligible", "percent", "goal_count", "expected", "standing", "gap"),
    [
        (100, 8, "37.50", "8", "4.00", Standing.ON_TRACK, 0),
        (100, 4, "75.00", "4", "2.00", Standing.AHEAD, 2),
        (100, 12, "25.00", "12", "6.00", Standing.BEHIND, -2),
        (50, 8, "37.50", "4", "2.00", Standing.AHEAD, 2),
        (100, 3, "100.00", "3", "1.50", Standing.AHEAD, 2),
        (100, None, None, None, None, Standing.UNKNOWN, 0),
        (100, 0, None, None, None, Standing.UNKNOWN, 0),
    ],
)
def test_it_takes_the_share_of_those_on_the_list_and_never_makes_one_up(
    goal: int,
    eligible: int | None,
    percent: str | None,
    goal_count: str | None,
    expected: str | None,
    standing: Standing,
    gap: int,
) -> None:
    totals = [a_total("cdcs_25", unit_id, 1, 1) for unit_id in (1, 2, 3)] + [a_total("cdcs_25", 4, 2, 0, 1)]
    progress = target_progress(replace(SHARE, goal=Decimal(goal)), totals, PERIODS, eligible, MID_YEAR)
    assert (progress.approved, progress.pending, progress.eligible) == (3, 1, eligible)
    assert progress.percent == (None if percent is None else Decimal(percent))
    assert progress.goal_count == (None if goal_count is None else Decimal(goal_count))
    assert progress.expected == (None if expected is None else Decimal(expected))
    assert (progress.standing, progress.gap) == (standing, gap)
    assert progress.reached is (eligible == 3)


@pytest.mark.parametrize(
    ("done", "goal", "percent"),
    [
        (551, 530, "103.96"),
        (3, 7, "42.86"),
        (17, 30, "56.67"),
        (999_999, 1_000_000, "99.99"),
        (1_000_000, 1_000_000, "100.00"),
        (0, 20, "0.00"),
        (5, 0, None),
    ],
)
def test_it_rounds_a_percentage_but_not_up_to_a_goal_that_is_one_short(
    done: int, goal: int, percent: str | None
) -> None:
    target = replace(MEMBERS, goal=Decimal(goal))
    progress = target_progress(target, [a_total("doan_vien_moi", 1, 1, done)], PERIODS, None, MID_YEAR)
    assert progress.percent == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("today", "expected", "standing", "gap"),
    [
        (date(2023, 12, 20), "0.00", Standing.AHEAD, 15),
        (date(2024, 1, 1), "0.08", Standing.AHEAD, 14),
        (date(2024, 6, 30), "14.92", Standing.ON_TRACK, 0),
        (date(2024, 7, 1), "15.00", Standing.ON_TRACK, 0),
        (date(2024, 7, 12), "15.90", Standing.ON_TRACK, 0),
        (date(2024, 7, 14), "16.07", Standing.BEHIND, -1),
        (date(2024, 12, 31), "30.00", Standing.BEHIND, -15),
        (date(2025, 3, 1), "30.00", Standing.BEHIND, -15),
    ],
)
def test_it_expects_the_share_of_the_year_that_has_passed(
    today: date, expected: str, standing: Standing, gap: int
) -> None:
    target = replace(MEMBERS, goal=Decimal(30))
    progress = target_progress(target, [a_total("doan_vien_moi", 1, 1, 11, 4)], PERIODS, None, today)
    assert progress.expected == Decimal(expected)
    assert (progress.standing, progress.gap) == (standing, gap)


CHAIRS = Indicator("doan_vien_moi", "đoàn viên mới", "đoàn viên", Measure.SUM)


def test_it_tells_a_chair_how_the_unit_stands_against_its_share() -> None:
    totals = [
        a_total("doan_vien_moi", 7, 1, 5),
        a_total("doan_vien_moi", 7, 2, 12),
        a_total("doi_thoai", 7, 2, 1),
        replace(a_total("doan_vien_moi", 7, 9, 40), year=2023),
    ]
    progress = unit_progress(CHAIRS, 30, totals, MID_YEAR, 2024)
    assert (progress.approved, progress.pending, progress.share) == (17, 0, 30)
    assert progress.percent == Decimal("56.67")
    assert (progress.standing, progress.gap, progress.expected) == (Standing.AHEAD, 2, Decimal("15.00"))
    assert not progress.reached


def test_it_has_no_standing_for_a_unit_without_a_share() -> None:
    progress = unit_progress(CHAIRS, None, [a_total("doan_vien_moi", 7, 1, 5, 2)], MID_YEAR, 2024)
    assert (progress.approved, progress.pending) == (5, 2)
    assert (progress.percent, progress.percent_with_pending, progress.expected) == (None, None, None)
    assert (progress.standing, progress.gap, progress.reached) == (Standing.UNKNOWN, 0, False)


def test_it_counts_a_units_second_dialogue_only_once() -> None:
    dialogue = replace(CHAIRS, code="doi_thoai", measure=Measure.DISTINCT_UNITS)
    totals = [a_total("doi_thoai", 7, 1, 1), a_total("doi_thoai", 7, 2, 1, 1)]
    progress = unit_progress(dialogue, 1, totals, MID_YEAR, 2024)
    assert (progress.approved, progress.pending, progress.percent) == (1, 0, Decimal(100))
    assert progress.reached


totals_of_a_year = st.lists(
    st.builds(
        a_total,
        st.just("x"),
        st.integers(1, 4),
        st.integers(1, 4),
        st.integers(0, 9),
        st.integers(0, 9),
        st.sampled_from(["", "hung phat"]),
    ),
    unique_by=lambda total: (total.unit_id, total.period_id, total.subject),
    max_size=20,
)


@given(
    totals_of_a_year,
    st.sampled_from(Measure),
    st.integers(1, 40),
    st.dates(date(2023, 6, 1), date(2025, 6, 1)),
)
def test_quarters_and_units_add_up_to_the_whole(
    totals: list[RunningTotal], measure: Measure, goal: int, today: date
) -> None:
    target = replace(MEMBERS, indicator="x", measure=measure, goal=Decimal(goal))
    progress = target_progress(target, totals, PERIODS, 7, today)
    for parts in (progress.by_quarter, progress.by_unit):
        assert sum(part.approved for part in parts) == progress.approved
        assert sum(part.pending for part in parts) == progress.pending
    assert progress == target_progress(target, list(reversed(totals)), PERIODS, 7, today)
    assert [unit.unit_id for unit in progress.by_unit] == sorted({unit.unit_id for unit in progress.by_unit})


@given(totals_of_a_year)
def test_a_distinct_count_is_the_number_of_enterprises(totals: list[RunningTotal]) -> None:
    target = replace(DIALOGUE, indicator="x")
    progress = target_progress(target, totals, PERIODS, None, MID_YEAR)
    did = {(total.unit_id, total.subject) for total in totals if total.approved}
    said = {(total.unit_id, total.subject) for total in totals if total.pending} - did
    assert (progress.approved, progress.pending) == (len(did), len(said))
