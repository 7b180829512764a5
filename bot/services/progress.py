"""How far the office and each unit have come: the rules of `domain.progress` over the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bot.language.normalise import fold
from bot.services.context import Context
from bot.services.periods import closed_ids, ensure_periods, periods_known, sums
from bot.services.plans import current_plan, plan_of
from bot.services.report_lines import indicators_known, unanswered
from bot.services.unit_search import best_matches
from domain.ledger import RunningTotal
from domain.people import Unit, UnitLevel
from domain.periods import is_over
from domain.plan import Indicator, Measure, ReportingPeriod, Target
from domain.progress import (
    TargetProgress,
    UnitCount,
    UnitProgress,
    target_progress,
    unit_progress,
)

_CLASSES: Mapping[str, range] = {"cdcs_10_25": range(10, 25), "cdcs_25": range(25, 10**9)}
"""The workers of an enterprise that belongs to the list of a share's target, by indicator."""


@dataclass(frozen=True, slots=True)
class UnitDue:
    """A reporting period that a unit is in: whether it is closed, what is there, what nothing was said of.

    `figures` are approved and pending together, by indicator code. `days_left` is below zero once it is late.
    """

    unit: Unit
    period: ReportingPeriod
    closed: bool
    days_left: int
    figures: Mapping[str, int]
    waited_for: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class UnitShare:
    """One unit's part in a target; `share` is None when it was given none."""

    unit: Unit
    share: int | None
    approved: int
    pending: int

    @property
    def ratio(self) -> Decimal | None:
        """Approved and pending of the share, None without one."""
        return Decimal(self.approved + self.pending) / self.share if self.share else None


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit's progress in whatever it must report or has reported, in the order of the indicators."""

    unit: Unit
    progress: tuple[UnitProgress, ...]


def progress_year(context: Context) -> int:
    """Return the year that progress is about: the current plan's, else today's."""
    plan = current_plan(context)
    return plan.head.year if plan is not None else context.today.year


def office_progress(context: Context, year: int) -> list[TargetProgress]:
    """Return the progress of every target of that year's plan, by number; empty without a plan.

    Source: DESIGN.md section 3, "Progress of a target".
    """
    plan = plan_of(context, year)
    if plan is None:
        return []
    totals = context.uow.totals.find(year=year)
    periods = context.uow.periods.find("number", year=year) or ensure_periods(context, year)
    eligible = {
        target.indicator: _eligible(context, target.indicator, year, totals)
        for target in plan.targets
        if target.measure is Measure.SHARE_OF_ELIGIBLE
    }
    counts = {code: len(found.enterprises) for code, found in eligible.items() if found is not None}
    return [
        target_progress(target, totals, periods, counts.get(target.indicator), context.today)
        for target in plan.targets
    ]


def target_units(context: Context, year: int, progress: TargetProgress) -> list[UnitShare]:
    """Return every unit's part in a target of that year, the weakest first: by its share, else by its count.

    These are the unions whose kind counts, or for a share of eligible enterprises those on the list that have
    nothing counted yet, and whoever has something counted. Units of equal weakness stand by name.
    """
    target = progress.target
    counted = {one.unit_id: one for one in progress.by_unit}
    waiting = _waiting_ids(context, target, year)
    shares = _shares(context, year)
    listed = [
        _share(unit, counted.get(unit.id), shares.get((unit.id, target.indicator)))
        for unit in context.uow.units.find()
        if unit.id in counted or unit.id in waiting
    ]
    return sorted(listed, key=_weakness)


def unit_progress_of(context: Context, unit: Unit, year: int | None = None) -> list[UnitProgress]:
    """Return the unit's progress in every indicator that its kind counts for, in their order.

    Source: DESIGN.md section 1: a chair wants to know where the unit stands.
    """
    in_year = progress_year(context) if year is None else year
    totals = context.uow.totals.find(year=in_year, unit_id=unit.id)
    known, shares = indicators_known(context).values(), _shares(context, in_year)
    return _unit_progress(unit, known, totals, shares, context.today, in_year)


def unit_standings(context: Context, year: int) -> list[UnitStanding]:
    """Return where each grassroots union of today stands, the weakest first, then by name.

    Weak is a unit by the mean of what it did of each of its shares, where it has none by whether it did
    anything; each counts at most as fulfilled.
    """
    totals: dict[int, list[RunningTotal]] = defaultdict(list)
    for total in context.uow.totals.find(year=year):
        totals[total.unit_id].append(total)
    known, shares, today = indicators_known(context).values(), _shares(context, year), context.today
    listed = [
        UnitStanding(unit, told_of(unit, _unit_progress(unit, known, totals[unit.id], shares, today, year)))
        for unit in context.uow.units.find(level=UnitLevel.GRASSROOTS)
        if _stands(unit, today, today)
    ]
    return sorted(listed, key=lambda one: (_strength(one.progress), fold(one.unit.name)))


def told_of(unit: Unit, progress: Iterable[UnitProgress]) -> tuple[UnitProgress, ...]:
    """Return what is worth telling of a unit: what it must report, was given a share of, or has reported."""
    return tuple(
        one
        for one in progress
        if unit.kind in one.indicator.required_kinds or one.share or one.approved or one.pending
    )


def unit_dues(context: Context, unit: Unit) -> list[UnitDue]:
    """Return the periods that a unit is in, the earliest due first.

    They are those that have begun and still take figures: the closed ones, and of the open ones the first.
    Source: DESIGN.md section 4.
    """
    rule = context.office.period_rule
    begun = [
        period
        for period in sorted(periods_known(context), key=lambda one: one.due_on)
        if period.starts_on <= context.today and not is_over(period, context.today, rule)
    ]
    closed = closed_ids(context, unit.id)
    first_open = next((period for period in begun if period.id not in closed), None)
    return [
        _due(context, unit, period, period.id in closed)
        for period in begun
        if period.id in closed or period == first_open
    ]


def _due(context: Context, unit: Unit, period: ReportingPeriod, closed: bool) -> UnitDue:
    figures = {code: sum(both) for code, both in sums(context, unit, period).items()}
    waited_for = () if closed else tuple(unanswered(context, unit, period))
    return UnitDue(unit, period, closed, (period.due_on - context.today).days, figures, waited_for)


@dataclass(frozen=True, slots=True)
class _Eligible:
    """The enterprises on a list: each a unit's id or a name, and the units of which nothing is counted."""

    enterprises: frozenset[int | str]
    waiting: frozenset[int]


def _eligible(
    context: Context, indicator: str, year: int, totals: Iterable[RunningTotal]
) -> _Eligible | None:
    """Return the enterprises that a share is taken of, None where the office keeps no list.

    On the list is every enterprise without a union that has the workers asked for at any time of the year,
    and whatever was counted: an enterprise leaves the list of those without a union by founding one.
    """
    prospects = context.uow.units.find("name", level=UnitLevel.PROSPECT)
    workers = _CLASSES.get(indicator)
    if not prospects or workers is None:
        return None
    first, last = date(year, 1, 1), date(year, 12, 31)
    listed = {unit.id for unit in prospects if unit.workers in workers and _stands(unit, first, last)}
    rows = [row for row in totals if row.indicator == indicator and (row.approved > 0 or row.pending > 0)]
    units = {unit.id: unit for unit in context.uow.units.find(id={row.unit_id for row in rows})}
    counted = {_enterprise(row, units[row.unit_id], prospects) for row in rows}
    return _Eligible(frozenset(listed | counted), frozenset(listed - counted))


def _enterprise(row: RunningTotal, unit: Unit, prospects: Sequence[Unit]) -> int | str:
    """Return which enterprise a counted row is about: one on the list, else a unit or a name of its own."""
    if not row.subject:
        known = [one.id for one in prospects if unit.id in (one.id, one.replaced_by_id)]
        if known:
            return known[0]
    named = best_matches(row.subject or unit.name, prospects, 2)
    if len(named) == 1:
        return named[0].id
    return row.subject or unit.id


def _waiting_ids(context: Context, target: Target, year: int) -> frozenset[int]:
    if target.measure is Measure.SHARE_OF_ELIGIBLE:
        found = _eligible(context, target.indicator, year, context.uow.totals.find(year=year))
        return found.waiting if found is not None else frozenset()
    indicator = indicators_known(context).get(target.indicator)
    unions = context.uow.units.find(level=UnitLevel.GRASSROOTS)
    return frozenset(
        unit.id
        for unit in unions
        if _stands(unit, context.today, context.today) and (indicator is None or unit.kind in indicator.kinds)
    )


def _stands(unit: Unit, first: date, last: date) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= last
    return begun and (unit.valid_to is None or first <= unit.valid_to)


def _shares(context: Context, year: int) -> dict[tuple[int, str], int]:
    found = context.uow.allocations.find(year=year)
    return {(share.unit_id, share.indicator): share.goal for share in found}


def _share(unit: Unit, counted: UnitCount | None, share: int | None) -> UnitShare:
    return UnitShare(unit, share, counted.approved if counted else 0, counted.pending if counted else 0)


def _weakness(one: UnitShare) -> tuple[bool, Decimal, int, str]:
    ratio = one.ratio
    return ratio is None, ratio or Decimal(0), one.approved + one.pending, fold(one.unit.name)


def _unit_progress(
    unit: Unit,
    known: Iterable[Indicator],
    totals: Sequence[RunningTotal],
    shares: Mapping[tuple[int, str], int],
    today: date,
    year: int,
) -> list[UnitProgress]:
    return [
        unit_progress(one, shares.get((unit.id, one.code)), totals, today, year)
        for one in known
        if unit.kind in one.kinds
    ]


def _strength(progress: Sequence[UnitProgress]) -> Fraction:
    parts = [_fulfilled(one) for one in progress]
    return sum(parts, Fraction(0)) / len(parts) if parts else Fraction(1)


def _fulfilled(one: UnitProgress) -> Fraction:
    done = one.approved + one.pending
    return min(Fraction(done, one.share), Fraction(1)) if one.share else Fraction(done > 0)
