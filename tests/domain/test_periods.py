from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InputError
from domain.periods import (
    PeriodChoice,
    PeriodReason,
    PeriodRule,
    asked_period,
    choose_period,
    is_on_time,
    is_over,
    period_containing,
    periods_of_year,
)
from domain.plan import ReportingPeriod

RULE = PeriodRule()


def with_ids(*years: int, rule: PeriodRule = RULE) -> tuple[ReportingPeriod, ...]:
    periods = (period for year in years for period in periods_of_year(year, rule))
    return tuple(replace(period, id=number) for number, period in enumerate(periods, start=1))


PERIODS = with_ids(2024)
Q1, Q2, Q3, Q4 = PERIODS


@pytest.mark.parametrize(
    ("rule", "year", "expected"),
    [
        (
            PeriodRule(),
            2024,
            [
                (date(2023, 12, 15), date(2024, 3, 14), date(2024, 3, 20)),
                (date(2024, 3, 15), date(2024, 6, 14), date(2024, 6, 20)),
                (date(2024, 6, 15), date(2024, 9, 14), date(2024, 9, 20)),
                (date(2024, 9, 15), date(2024, 12, 14), date(2024, 12, 20)),
            ],
        ),
        (
            PeriodRule(cutoff_day=31, due_day=31),
            2023,
            [
                (date(2023, 1, 1), date(2023, 3, 31), date(2023, 3, 31)),
                (date(2023, 4, 1), date(2023, 6, 30), date(2023, 6, 30)),
                (date(2023, 7, 1), date(2023, 9, 30), date(2023, 9, 30)),
                (date(2023, 10, 1), date(2023, 12, 31), date(2023, 12, 31)),
            ],
        ),
        (
            PeriodRule(cutoff_day=31, due_day=5),
            2024,
            [
                (date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 5)),
                (date(2024, 4, 1), date(2024, 6, 30), date(2024, 7, 5)),
                (date(2024, 7, 1), date(2024, 9, 30), date(2024, 10, 5)),
                (date(2024, 10, 1), date(2024, 12, 31), date(2025, 1, 5)),
            ],
        ),
    ],
)
def test_it_cuts_the_year_by_the_offices_rule(
    rule: PeriodRule, year: int, expected: list[tuple[date, date, date]]
) -> None:
    periods = periods_of_year(year, rule)
    assert [(one.starts_on, one.cutoff_on, one.due_on) for one in periods] == expected
    assert [(one.year, one.number) for one in periods] == [(year, 1), (year, 2), (year, 3), (year, 4)]


@pytest.mark.parametrize("wrong", [{"cutoff_day": 0}, {"due_day": 32}, {"grace_days": -1}])
def test_it_refuses_a_rule_that_no_month_can_follow(wrong: dict[str, int]) -> None:
    with pytest.raises(InputError):
        PeriodRule(**wrong)


@given(
    st.builds(PeriodRule, st.integers(1, 31), st.integers(1, 31), st.integers(0, 30)),
    st.integers(2000, 2100),
)
def test_it_leaves_no_day_out_and_asks_after_the_cut_off(rule: PeriodRule, year: int) -> None:
    periods = periods_of_year(year, rule) + periods_of_year(year + 1, rule)
    for one, following in pairwise(periods):
        assert following.starts_on == one.cutoff_on + timedelta(days=1)
    for one in periods:
        assert one.starts_on < one.cutoff_on <= one.due_on
        assert one.due_on - one.cutoff_on <= timedelta(days=31)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 12, 14), None),
        (date(2023, 12, 15), Q1),
        (date(2024, 3, 14), Q1),
        (date(2024, 3, 15), Q2),
        (date(2024, 12, 15), None),
    ],
)
def test_it_finds_the_period_of_a_day(day: date, expected: ReportingPeriod | None) -> None:
    assert period_containing(day, PERIODS) == expected


@pytest.mark.parametrize(
    ("day", "on_time", "over"),
    [
        (date(2024, 6, 20), True, False),
        (date(2024, 6, 21), False, False),
        (date(2024, 6, 25), False, False),
        (date(2024, 6, 26), False, True),
    ],
)
def test_it_knows_late_from_over(day: date, on_time: bool, over: bool) -> None:
    assert is_on_time(Q2, day) is on_time
    assert is_over(Q2, day, RULE) is over


@pytest.mark.parametrize(
    ("today", "closed", "expected"),
    [
        (date(2024, 6, 14), (), None),
        (date(2024, 6, 15), (), Q2),
        (date(2024, 6, 25), (), Q2),
        (date(2024, 6, 25), (Q2.id,), None),
        (date(2024, 6, 26), (), None),
        (date(2024, 3, 20), (Q2.id,), Q1),
    ],
)
def test_it_asks_for_the_period_past_its_cut_off(
    today: date, closed: tuple[int, ...], expected: ReportingPeriod | None
) -> None:
    assert asked_period(PERIODS, today, closed, RULE) == expected


def test_it_asks_for_the_oldest_of_two_periods() -> None:
    patient = PeriodRule(grace_days=120)
    assert asked_period(PERIODS, date(2024, 6, 16), (), patient) == Q1


@pytest.mark.parametrize(
    ("happened_on", "sent_on", "asked", "closed", "expected"),
    [
        pytest.param(None, date(2024, 4, 12), None, (), PeriodChoice(Q2, PeriodReason.OBVIOUS), id="undated"),
        pytest.param(None, date(2024, 6, 17), Q2, (), PeriodChoice(Q2, PeriodReason.ASKED), id="being asked"),
        pytest.param(
            None,
            date(2024, 6, 17),
            Q2,
            (Q2.id,),
            PeriodChoice(Q3, PeriodReason.OBVIOUS),
            id="asked is closed",
        ),
        pytest.param(
            None,
            date(2024, 4, 12),
            Q2,
            (),
            PeriodChoice(Q2, PeriodReason.OBVIOUS),
            id="asked is the current one",
        ),
        pytest.param(
            None, date(2024, 6, 26), Q2, (), PeriodChoice(Q3, PeriodReason.LOCKED, Q2), id="asked is over"
        ),
        pytest.param(
            date(2024, 4, 12), date(2024, 4, 12), None, (), PeriodChoice(Q2, PeriodReason.OBVIOUS), id="today"
        ),
        pytest.param(
            date(2024, 6, 10), date(2024, 6, 17), Q2, (), PeriodChoice(Q2, PeriodReason.DATE), id="by date"
        ),
        pytest.param(
            date(2024, 6, 10),
            date(2024, 6, 17),
            None,
            (Q2.id,),
            PeriodChoice(Q2, PeriodReason.DATE),
            id="closed is not locked",
        ),
        pytest.param(
            date(2024, 6, 15),
            date(2024, 6, 17),
            Q2,
            (),
            PeriodChoice(Q3, PeriodReason.AFTER_CUTOFF, Q2),
            id="after the cut-off, not to the asked one",
        ),
        pytest.param(
            date(2023, 12, 20),
            date(2024, 1, 5),
            None,
            (),
            PeriodChoice(Q1, PeriodReason.AFTER_CUTOFF),
            id="after last year's cut-off",
        ),
        pytest.param(
            date(2024, 2, 1),
            date(2024, 3, 26),
            None,
            (),
            PeriodChoice(Q2, PeriodReason.LOCKED, Q1),
            id="its period is over",
        ),
        pytest.param(
            date(2024, 6, 15),
            date(2024, 9, 26),
            None,
            (),
            PeriodChoice(Q4, PeriodReason.LOCKED, Q3),
            id="after a cut-off and over",
        ),
        pytest.param(
            date(2024, 7, 1), date(2024, 6, 1), None, (), PeriodChoice(Q3, PeriodReason.DATE), id="to come"
        ),
        pytest.param(
            date(2023, 5, 1),
            date(2024, 4, 1),
            None,
            (),
            PeriodChoice(None, PeriodReason.OUTSIDE),
            id="date in no known year",
        ),
        pytest.param(
            None,
            date(2025, 2, 1),
            None,
            (),
            PeriodChoice(None, PeriodReason.OUTSIDE),
            id="message in no known year",
        ),
        pytest.param(
            date(2024, 11, 1),
            date(2025, 2, 1),
            None,
            (),
            PeriodChoice(None, PeriodReason.OUTSIDE),
            id="over, and the message in no known year",
        ),
    ],
)
def test_it_chooses_the_period_of_a_figure(
    happened_on: date | None,
    sent_on: date,
    asked: ReportingPeriod | None,
    closed: tuple[int, ...],
    expected: PeriodChoice,
) -> None:
    assert choose_period(happened_on, sent_on, PERIODS, asked, closed, RULE) == expected


def test_calendar_quarters_have_no_days_after_the_cut_off() -> None:
    periods = with_ids(2024, rule=PeriodRule(cutoff_day=31, due_day=5))
    choice = choose_period(date(2024, 3, 31), date(2024, 4, 2), periods, None, (), RULE)
    assert choice == PeriodChoice(periods[0], PeriodReason.DATE)


@given(
    st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2026, 1, 1))),
    st.dates(date(2023, 12, 15), date(2025, 12, 14)),
    st.sets(st.integers(1, 8)),
)
def test_it_never_puts_a_figure_into_a_period_that_is_over(
    happened_on: date | None, sent_on: date, closed: set[int]
) -> None:
    periods = with_ids(2024, 2025)
    asked = asked_period(periods, sent_on, closed, RULE)
    choice = choose_period(happened_on, sent_on, periods, asked, closed, RULE)
    assert (choice.period is None) == (choice.why is PeriodReason.OUTSIDE)
    if choice.period is not None:
        assert not is_over(choice.period, sent_on, RULE)
    if choice.why is PeriodReason.OUTSIDE:
        assert happened_on is not None
        assert period_containing(happened_on, periods) is None
