"""The only door to the ledger: rows are added or change their state, and the totals move with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.services.context import Context
from domain.errors import NotFound
from domain.ledger import Report
from domain.totals import change, counted_total


def add(context: Context, report: Report) -> Report:
    """Add a row and move the totals; return it with its id."""
    kept = context.uow.reports.add(report)
    _move(context, None, kept)
    context.audit("report.add", "report", kept.id, f"{kept.indicator}={kept.value} {kept.state.value}")
    return kept


def move(context: Context, report: Report, **changes: Any) -> Report:
    """Change a row's state and what goes with it (who decided, when, why) and move the totals.

    A row's indicator, value, unit and raw text never change: a correction is another row.
    Raises NotFound when the row is not in the state that `report` says any more: somebody was faster.
    """
    if not changes.keys() <= _MOVABLE:
        raise ValueError(f"a ledger row keeps its {sorted(changes.keys() - _MOVABLE)}")
    moved = replace(report, **changes)
    claimed = context.uow.reports.change_where({"id": report.id, "state": report.state}, **changes)
    if not claimed:
        raise NotFound("reports", report.id)
    _move(context, report, moved)
    context.audit("report.state", "report", report.id, f"{report.state.value}>{moved.state.value}")
    return moved


def recount(context: Context) -> int:
    """Recompute every running total from the ledger and return how many differed before."""
    uow = context.uow
    years = {period.id: period.year for period in uow.periods.find()}
    right = {replace(total, id=0) for total in counted_total(uow.reports.find(), years)}
    kept = {replace(total, id=0) for total in uow.totals.find() if total.approved or total.pending}
    if right != kept:
        uow.totals.delete()
        uow.totals.add_all(
            sorted(right, key=lambda t: (t.year, t.indicator, t.unit_id, t.period_id, t.subject))
        )
    return len(right ^ kept)


_MOVABLE = frozenset(
    {"state", "confirmed_at", "decided_by_id", "decided_at", "reason", "supersedes_id", "period_id", "note"}
)


def _move(context: Context, old: Report | None, new: Report) -> None:
    periods = {row.period_id for row in (old, new) if row is not None}
    years = {period.id: period.year for period in context.uow.periods.find(id=periods)}
    for one in change(old, new, years):
        context.uow.queries.move_total(one)
