"""Reporting periods as the services see them: which there are, which is asked for, what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.language.normalise import fold
from bot.services.context import Context
from domain.ledger import Submission, SubmissionState
from domain.people import Unit, UnitLevel
from domain.periods import asked_period, is_over, period_containing, periods_of_year
from domain.plan import ReportingPeriod


def ensure_periods(context: Context, year: int) -> tuple[ReportingPeriod, ...]:
    """Return the four periods of `year` in order, creating those that are missing by the office's rule."""
    for period in periods_of_year(year, context.office.period_rule):
        context.uow.periods.add_new(period, "year", "number")
    return tuple(context.uow.periods.find("number", year=year))


def ensure_periods_ahead(context: Context) -> int:
    """Create the periods of this year and the next where they are missing; return how many were.

    The next year's first period begins before this year ends.
    """
    before = context.uow.periods.count()
    for year in (context.today.year, context.today.year + 1):
        ensure_periods(context, year)
    return context.uow.periods.count() - before


def periods_known(context: Context) -> tuple[ReportingPeriod, ...]:
    """Return the periods of all years, earliest first."""
    return tuple(context.uow.periods.find("starts_on"))


def period_of(context: Context, day: date) -> ReportingPeriod | None:
    """Return the period in which events of `day` count, or None."""
    return period_containing(day, periods_known(context))


def closed_ids(context: Context, unit_id: int) -> frozenset[int]:
    """Return the ids of the periods that the unit has closed."""
    found = context.uow.submissions.find(unit_id=unit_id, state=SubmissionState.CLOSED)
    return frozenset(submission.period_id for submission in found)


def asked_for(context: Context, unit: Unit) -> ReportingPeriod | None:
    """Return the period that the unit is being asked for today, or None.

    That is one past its cut-off that the unit has not closed and that still takes figures.
    Source: DESIGN.md section 4, "Which period".
    """
    rule = context.office.period_rule
    return asked_period(periods_known(context), context.today, closed_ids(context, unit.id), rule)


def period_at_hand(context: Context, unit: Unit, quarter: int | None = None) -> ReportingPeriod | None:
    """Return the period a word without date is about: the quarter named, else the one asked, else today's.

    A named quarter that takes no more figures is passed over.
    Source: DESIGN.md section 4, "Which period".
    """
    named = named_period(context, quarter)
    if named is not None and not is_over(named, context.today, context.office.period_rule):
        return named
    return asked_for(context, unit) or period_of(context, context.today)


def named_period(context: Context, quarter: int | None) -> ReportingPeriod | None:
    """Return the period that somebody means who names a quarter today: the latest one that has begun."""
    if quarter is None:
        return None
    begun = (one for one in periods_known(context) if one.starts_on <= context.today)
    return max((one for one in begun if one.number == quarter), key=lambda one: one.year, default=None)


def submission(context: Context, unit: Unit, period: ReportingPeriod) -> Submission | None:
    """Return the unit's answer to the period, None while it is silent."""
    return context.uow.submissions.first(unit_id=unit.id, period_id=period.id)


def sums(context: Context, unit: Unit, period: ReportingPeriod) -> Mapping[str, tuple[int, int]]:
    """Return (approved, pending) of what the unit reported in the period, by indicator code.

    Values are added up as they were reported: persons, or events. Indicators of zero are left out.
    """
    found: dict[str, tuple[int, int]] = {}
    for total in context.uow.totals.find(unit_id=unit.id, period_id=period.id):
        approved, pending = found.get(total.indicator, (0, 0))
        found[total.indicator] = (approved + total.approved, pending + total.pending)
    return {code: both for code, both in found.items() if any(both)}


def missing_units(context: Context, period: ReportingPeriod) -> tuple[Unit, ...]:
    """Return the grassroots unions of today that have not closed the period, by name: silent or partial."""
    answered = context.uow.submissions.find(period_id=period.id, state=SubmissionState.CLOSED)
    closed = {one.unit_id for one in answered}
    unions = context.uow.units.find(level=UnitLevel.GRASSROOTS)
    missing = (unit for unit in unions if unit.id not in closed and _stands(unit, context.today))
    return tuple(sorted(missing, key=lambda unit: fold(unit.name)))


def _stands(unit: Unit, today: date) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= today
    return begun and (unit.valid_to is None or today <= unit.valid_to)
