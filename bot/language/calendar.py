"""Days and weekdays reckoned from `today`: pure arithmetic, no words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

_YEARS_BACK = 8  # 29 February is found within eight years, also across a century.


def latest(day: int, month: int, today: date) -> date | None:
    """Return the latest such day not after `today`, or None where no year has it."""
    years = range(today.year, today.year - _YEARS_BACK - 1, -1)
    return next((found for found in _days(day, month, years) if found <= today), None)


def exact(day: int, month: int, year: int) -> date | None:
    """Return the day, or None where the calendar has none; a year of two digits is in this century."""
    return next(_days(day, month, [year + 2000 if year < 100 else year]), None)


def latest_day_of_month(day: int, today: date) -> date | None:
    """Return the latest `day` of a month not after `today`: "ngày 10 vừa rồi"."""
    month_first = today.replace(day=1)
    for _ in range(12):
        found = exact(day, month_first.month, month_first.year)
        if found is not None and found <= today:
            return found
        month_first = (month_first - timedelta(days=1)).replace(day=1)
    return None


def end_of_month(month: int, today: date) -> date | None:
    """Return the last day of the latest `month` whose last day is not after `today`."""
    if not 1 <= month <= 12:
        return None
    found = _last_day(today.year, month)
    return found if found <= today else _last_day(today.year - 1, month)


def end_of_last_month(today: date) -> date:
    """Return the last day of the month before that of `today`."""
    return today.replace(day=1) - timedelta(days=1)


def days_to_next(day: date, today: date) -> int:
    """Return how many days after `today` the calendar comes to `day` again; 29 February counts as 1 March."""
    try:
        coming = day.replace(year=today.year)
    except ValueError:
        coming = date(today.year, 3, 1)
    return (coming - today).days if coming > today else 366


def past_weekday(weekday: int, today: date) -> date:
    """Return the latest `weekday` (Monday is 0) before `today`."""
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def weekday_of_week(weekday: int, weeks: int, today: date) -> date:
    """Return the weekday of this week (`weeks` 0) or of an earlier one (-1); weeks begin on Monday."""
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=weekday, weeks=weeks)


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _days(day: int, month: int, years: range | list[int]) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue
