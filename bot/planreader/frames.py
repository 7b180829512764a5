"""The stretch of time that a plan is for, and what it says about days written without a year or an end."""

from __future__ import annotations

from datetime import date, timedelta

from domain.plan import PeriodKind, PlanPeriod

SCHOOL_MONTH = 8
"""From August on a month without a year belongs to the first year of "năm học 2025-2026"."""
_BEFORE_SCHOOL = timedelta(days=62)


def year_frame(year: int) -> PlanPeriod:
    """Return the calendar year as a period."""
    return PlanPeriod(PeriodKind.YEAR, date(year, 1, 1), date(year, 12, 31))


def school_frame(first_year: int) -> PlanPeriod:
    """Return the nine months of teaching, from September to May; plans are made for these."""
    return PlanPeriod(PeriodKind.SCHOOL_YEAR, date(first_year, 9, 1), date(first_year + 1, 5, 31))


def years_frame(first: int, last: int) -> PlanPeriod:
    """Return several calendar years as one period."""
    return PlanPeriod(PeriodKind.YEARS, date(first, 1, 1), date(last, 12, 31))


def year_of_month(frame: PlanPeriod, month: int) -> int:
    """Return the year of a month that is written without one."""
    is_second = frame.kind is PeriodKind.SCHOOL_YEAR and month < SCHOOL_MONTH
    return frame.start.year + is_second


def closing_day(frame: PlanPeriod, start: date) -> date:
    """Return the last day of what begins on `start` and has no end of its own."""
    early = _BEFORE_SCHOOL if frame.kind is PeriodKind.SCHOOL_YEAR else timedelta(0)
    return frame.end if frame.start - early <= start <= frame.end else date(start.year, 12, 31)


def opening_day(frame: PlanPeriod, end: date) -> date:
    """Return the first day of what ends on `end` and has no beginning of its own."""
    return frame.start if frame.start <= end <= frame.end else date(end.year, 1, 1)


def touches(frame: PlanPeriod, start: date, end: date) -> bool:
    """Tell whether a window lies at least partly in the plan's period, the summer before school included."""
    early = _BEFORE_SCHOOL if frame.kind is PeriodKind.SCHOOL_YEAR else timedelta(0)
    return end >= frame.start - early and start <= frame.end + early
