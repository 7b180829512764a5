"""Running totals: recomputed from the ledger, or moved along with one change of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.ledger import COUNTED_STATES, Report, ReportState, RunningTotal


@dataclass(frozen=True, slots=True, order=True)
class TotalKey:
    """What one running total adds up."""

    year: int
    indicator: str
    unit_id: int
    period_id: int
    subject: str


@dataclass(frozen=True, slots=True)
class TotalChange:
    """How far one running total moves; the figures may be negative, never both zero."""

    key: TotalKey
    approved: int
    pending: int


def counted_total(reports: Iterable[Report], years: Mapping[int, int]) -> tuple[RunningTotal, ...]:
    """Return the totals of the ledger rows, in the order of their keys; totals of zero are left out.

    Only pending and approved rows count. `years` gives the plan year of each period id.
    Raises: KeyError for a row of a period that `years` does not know.
    Source: DESIGN.md section 3, RunningTotal.
    """
    return moved((), (part for report in reports for part in change(None, report, years)))


def change(old: Report | None, new: Report | None, years: Mapping[int, int]) -> tuple[TotalChange, ...]:
    """Return what the totals move by when the row `old` becomes `new`: nothing, one change, or two.

    None stands for no row: before it was written, or after it was erased. Two changes come when the row
    moved to another key, such as another period.
    Raises: KeyError for a row of a period that `years` does not know.
    Source: DESIGN.md section 3, RunningTotal.
    """
    sums: dict[TotalKey, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for report, sign in ((old, -1), (new, 1)):
        if report is not None and report.state in COUNTED_STATES:
            key = _key(report, years)
            approved, pending = sums[key]
            is_approved = report.state is ReportState.APPROVED
            sums[key] = (
                approved + sign * report.value * is_approved,
                pending + sign * report.value * (not is_approved),
            )
    return tuple(TotalChange(key, *moves) for key, moves in sums.items() if any(moves))


def moved(totals: Iterable[RunningTotal], changes: Iterable[TotalChange]) -> tuple[RunningTotal, ...]:
    """Return `totals` after `changes`, in the order of their keys; totals of zero are left out.

    Ids of totals that were there are kept.
    Source: DESIGN.md section 3, RunningTotal.
    """
    ids: dict[TotalKey, int] = {}
    sums: dict[TotalKey, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for total in totals:
        key = TotalKey(total.year, total.indicator, total.unit_id, total.period_id, total.subject)
        ids[key] = total.id
        sums[key] = (total.approved, total.pending)
    for one in changes:
        approved, pending = sums[one.key]
        sums[one.key] = (approved + one.approved, pending + one.pending)
    return tuple(_total(key, sums[key], ids.get(key, 0)) for key in sorted(sums) if any(sums[key]))


def _key(report: Report, years: Mapping[int, int]) -> TotalKey:
    year = years[report.period_id]
    return TotalKey(year, report.indicator, report.unit_id, report.period_id, report.subject)


def _total(key: TotalKey, figures: tuple[int, int], total_id: int) -> RunningTotal:
    approved, pending = figures
    return RunningTotal(
        key.year, key.indicator, key.unit_id, key.period_id, key.subject, approved, pending, total_id
    )
