"""How far a target, or a unit's share of it, has come: done, expected by today, ahead or behind.

The official percentage counts approved figures only. Ahead and behind compare what was done as far as is
known, approved and pending together, with the share of the plan year that has passed: a unit must not be
called slow because the office has not yet looked at its figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from domain.ledger import RunningTotal
from domain.plan import Indicator, Measure, ReportingPeriod, Target

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


class Standing(StrEnum):
    """Where something stands against the time that has passed."""

    AHEAD = "ahead"  # by at least one whole unit
    ON_TRACK = "on_track"
    BEHIND = "behind"  # by at least one whole unit
    UNKNOWN = "unknown"  # nothing to compare with


class QuarterCount(NamedTuple):
    """What counts in one quarter's reporting period."""

    quarter: int
    approved: int
    pending: int


class UnitCount(NamedTuple):
    """What counts for one unit."""

    unit_id: int
    approved: int
    pending: int


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """Progress of one target (tiến độ chỉ tiêu).

    `approved`, `pending`, `expected` and `gap` are in the counted unit (persons, enterprises); `goal` is the
    target's own, "%" for a share, and `goal_count` the same in the counted unit. `percent` is approved of the
    goal, for a share approved of `eligible` (0-100 and above, two decimals); None, with `goal_count`,
    `expected` None and standing UNKNOWN, where there is nothing to divide by. `gap` is in whole units: ahead
    above zero, behind below. `by_quarter` has all four; `by_unit` those with something counted, by id.
    """

    target: Target
    approved: int
    pending: int
    goal: Decimal
    eligible: int | None
    goal_count: Decimal | None
    percent: Decimal | None
    percent_with_pending: Decimal | None
    expected: Decimal | None
    standing: Standing
    gap: int
    by_quarter: tuple[QuarterCount, ...]
    by_unit: tuple[UnitCount, ...]

    @property
    def reached(self) -> bool:
        """Whether approved figures alone fill the goal."""
        return self.goal_count is not None and self.approved >= self.goal_count


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """Progress of one unit in one indicator against its share; `share` None when it was given none.

    The figures mean what they mean in TargetProgress.
    """

    indicator: Indicator
    share: int | None
    approved: int
    pending: int
    percent: Decimal | None
    percent_with_pending: Decimal | None
    expected: Decimal | None
    standing: Standing
    gap: int

    @property
    def reached(self) -> bool:
        """Whether approved figures alone fill the share."""
        return self.share is not None and self.approved >= self.share


class _Count(NamedTuple):
    unit_id: int
    quarter: int
    approved: int
    pending: int


def target_progress(
    target: Target,
    totals: Iterable[RunningTotal],
    periods: Sequence[ReportingPeriod],
    eligible: int | None,
    today: date,
) -> TargetProgress:
    """Return the progress of `target` on the civil day `today`.

    `periods` are the four of the plan year, with ids; totals of other periods or indicators are passed over.
    `eligible` is the number of enterprises on the list of a share_of_eligible target, None without a list.
    An enterprise counts once a year, in the first quarter in which it was approved (or reported, while no
    row of it is approved).
    Source: DESIGN.md section 3, "Progress of a target".
    """
    quarters = {period.id: period.number for period in periods}
    rows = [total for total in totals if total.indicator == target.indicator and total.period_id in quarters]
    counts = _counts(target.measure, rows, quarters)
    approved, pending = _sums(counts)
    goal_count = _goal_count(target, eligible)
    whole = target.goal if target.measure is not Measure.SHARE_OF_ELIGIBLE else Decimal(eligible or 0)
    expected = _expected(goal_count, periods[0].year, today)
    gap = _gap(approved + pending, expected)
    return TargetProgress(
        target=target,
        approved=approved,
        pending=pending,
        goal=target.goal,
        eligible=eligible,
        goal_count=goal_count,
        percent=_percent(approved, whole),
        percent_with_pending=_percent(approved + pending, whole),
        expected=expected,
        standing=_standing(gap, expected),
        gap=gap,
        by_quarter=_by_quarter(counts),
        by_unit=_by_unit(counts),
    )


def unit_progress(
    indicator: Indicator, share: int | None, totals: Iterable[RunningTotal], today: date, year: int
) -> UnitProgress:
    """Return one unit's progress in `indicator` in the plan year `year`, on the civil day `today`.

    `totals` are the unit's; those of other years or indicators are passed over. `share` is what the unit was
    given, in the indicator's unit word; without one there are counts, but no percentage and no standing.
    Source: DESIGN.md section 1 and section 3, Allocation.
    """
    rows = [total for total in totals if total.indicator == indicator.code and total.year == year]
    approved, pending = _sums(_counts(indicator.measure, rows, {}))
    goal = None if share is None else Decimal(share)
    expected = _expected(goal, year, today)
    gap = _gap(approved + pending, expected)
    return UnitProgress(
        indicator=indicator,
        share=share,
        approved=approved,
        pending=pending,
        percent=_percent(approved, goal),
        percent_with_pending=_percent(approved + pending, goal),
        expected=expected,
        standing=_standing(gap, expected),
        gap=gap,
    )


def _counts(measure: Measure, rows: Sequence[RunningTotal], quarters: Mapping[int, int]) -> list[_Count]:
    counts = [_Count(row.unit_id, quarters.get(row.period_id, 0), row.approved, row.pending) for row in rows]
    return counts if measure is Measure.SUM else _once_each(rows, counts)


def _once_each(rows: Sequence[RunningTotal], counts: Sequence[_Count]) -> list[_Count]:
    """Return one count of one for each enterprise that did it at all."""
    enterprises: dict[tuple[int, str], list[_Count]] = defaultdict(list)
    for row, count in zip(rows, counts, strict=True):
        enterprises[row.unit_id, row.subject].append(count)
    return [once for group in enterprises.values() for once in _once(group)]


def _once(group: Sequence[_Count]) -> Iterable[_Count]:
    approved = [count for count in group if count.approved > 0]
    pending = [count for count in group if count.pending > 0]
    if approved:
        yield min(approved, key=lambda count: count.quarter)._replace(approved=1, pending=0)
    elif pending:
        yield min(pending, key=lambda count: count.quarter)._replace(approved=0, pending=1)


def _sums(counts: Iterable[_Count]) -> tuple[int, int]:
    listed = list(counts)
    return sum(count.approved for count in listed), sum(count.pending for count in listed)


def _by_quarter(counts: Sequence[_Count]) -> tuple[QuarterCount, ...]:
    return tuple(
        QuarterCount(quarter, *_sums(count for count in counts if count.quarter == quarter))
        for quarter in range(1, 5)
    )


def _by_unit(counts: Sequence[_Count]) -> tuple[UnitCount, ...]:
    units: dict[int, list[_Count]] = defaultdict(list)
    for count in counts:
        units[count.unit_id].append(count)
    listed = (UnitCount(unit_id, *_sums(units[unit_id])) for unit_id in sorted(units))
    return tuple(unit for unit in listed if unit.approved or unit.pending)


def _goal_count(target: Target, eligible: int | None) -> Decimal | None:
    if target.measure is not Measure.SHARE_OF_ELIGIBLE:
        return target.goal
    return eligible * target.goal / _HUNDRED if eligible else None


def _percent(done: int, whole: Decimal | None) -> Decimal | None:
    if not whole:
        return None
    percent = (_HUNDRED * done / whole).quantize(_CENT, ROUND_HALF_UP)
    # Rounding must not announce a goal that is still one short.
    return min(percent, _HUNDRED - _CENT) if done < whole else percent


def _expected(goal: Decimal | None, year: int, today: date) -> Decimal | None:
    if goal is None:
        return None
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (last - first).days + 1
    passed = min(max((today - first).days + 1, 0), days)
    return (goal * passed / days).quantize(_CENT, ROUND_HALF_UP)


def _gap(done: int, expected: Decimal | None) -> int:
    # int() cuts towards zero: "ahead by 1" and "behind by 1" both need one whole unit.
    return 0 if expected is None else int(done - expected)


def _standing(gap: int, expected: Decimal | None) -> Standing:
    if expected is None:
        return Standing.UNKNOWN
    if gap == 0:
        return Standing.ON_TRACK
    return Standing.AHEAD if gap > 0 else Standing.BEHIND
