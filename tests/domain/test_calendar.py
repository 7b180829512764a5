from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.errors import InputError

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# 30/4 and 1/5/2024 were a Tuesday and a Wednesday; Monday 29/4 was swapped with Saturday 4/5.
MAY = WorkCalendar(
    zone=ZONE,
    holidays=frozenset({date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 1)}),
    extra_workdays=frozenset({date(2024, 5, 4)}),
)


def local(day: int, hour: int = 0, minute: int = 0, month: int = 4) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("day", "works", "before", "after"),
    [
        (date(2024, 4, 26), True, date(2024, 4, 26), date(2024, 4, 26)),
        (date(2024, 4, 27), False, date(2024, 4, 26), date(2024, 5, 2)),
        (date(2024, 4, 29), False, date(2024, 4, 26), date(2024, 5, 2)),
        (date(2024, 5, 1), False, date(2024, 4, 26), date(2024, 5, 2)),
        (date(2024, 5, 4), True, date(2024, 5, 4), date(2024, 5, 4)),
        (date(2024, 5, 5), False, date(2024, 5, 4), date(2024, 5, 6)),
    ],
)
def test_it_knows_weekends_holidays_and_swapped_days(
    day: date, works: bool, before: date, after: date
) -> None:
    assert MAY.is_working_day(day) is works
    assert MAY.working_day_on_or_before(day) == before
    assert MAY.working_day_on_or_after(day) == after


def test_it_finds_the_working_day_after_a_friday() -> None:
    assert MAY.working_day_after(date(2024, 4, 19)) == date(2024, 4, 22)


@pytest.mark.parametrize(
    ("now", "is_open", "next_open", "next_opening"),
    [
        (local(25, 7, 59), False, local(25, 8), local(25, 8)),
        (local(25, 8), True, local(25, 8), local(25, 14)),
        (local(25, 10, 59), True, local(25, 10, 59), local(25, 14)),
        (local(25, 11), False, local(25, 14), local(25, 14)),
        (local(25, 16, 30), False, local(26, 8), local(26, 8)),
        (local(26, 15), True, local(26, 15), local(2, 8, month=5)),
        (local(27, 9), False, local(2, 8, month=5), local(2, 8, month=5)),
        (local(4, 9, month=5), True, local(4, 9, month=5), local(4, 14, month=5)),
    ],
)
def test_it_opens_in_sending_hours_of_working_days(
    now: datetime, is_open: bool, next_open: datetime, next_opening: datetime
) -> None:
    assert MAY.is_open(now.astimezone(UTC)) is is_open
    assert MAY.next_open(now) == next_open
    assert MAY.next_opening(now) == next_opening


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (local(25, 6), local(25, 7, 30)),
        (local(25, 7, 30), local(26, 7, 30)),
        (local(26, 9), local(2, 7, 30, month=5)),
        (local(28, 6), local(2, 7, 30, month=5)),
    ],
)
def test_it_runs_a_daily_job_on_the_next_working_day(now: datetime, expected: datetime) -> None:
    assert MAY.next_run(now, time(7, 30)) == expected


def test_it_takes_the_offices_day_and_returns_utc() -> None:
    just_after_midnight = datetime(2024, 4, 25, 17, 1, tzinfo=UTC)
    assert MAY.local_date(just_after_midnight) == date(2024, 4, 26)
    assert MAY.at(date(2024, 4, 26), time(8)).isoformat() == "2024-04-26T01:00:00+00:00"
    assert MAY.next_open(local(25, 9)).tzinfo is UTC
    assert MAY.next_run(local(25, 6), time(7, 30)).tzinfo is UTC


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"workdays": frozenset()}, "no_workdays"),
        ({"workdays": frozenset({1, 7})}, "no_workdays"),
        ({"windows": ()}, "sending_hours"),
        ({"windows": ((time(11), time(8)),)}, "sending_hours"),
        ({"windows": ((time(14), time(16)), (time(8), time(11)))}, "sending_hours"),
        ({"windows": ((time(8), time(11)), (time(11), time(12)))}, "sending_hours"),
    ],
)
def test_it_refuses_a_calendar_on_which_nothing_could_be_sent(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(InputError) as caught:
        WorkCalendar(ZONE, **wrong)  # type: ignore[arg-type]
    assert caught.value.code == code


@given(st.timedeltas(timedelta(0), timedelta(days=20)))
def test_it_never_opens_in_the_past_nor_between(later: timedelta) -> None:
    now = local(20) + later
    opening = MAY.next_open(now)
    assert opening >= now
    assert MAY.is_open(opening)
    following = MAY.next_opening(now)
    assert following > now
    assert MAY.is_open(following)
    assert not MAY.is_open(following - timedelta(microseconds=1))
