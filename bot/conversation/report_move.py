"""Moving figures to another period: "số liệu trên là của quý I"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.report_change import change_rows, figure_of
from bot.conversation.turn import Turn
from bot.services.periods import named_period, period_of
from bot.services.report_corrections import Change, as_items
from domain.ledger import Report
from domain.periods import is_over
from domain.plan import ReportingPeriod
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import day
from messages_vi.reports import period_name


def move_to_quarter(turn: Turn, rows: Sequence[Report], quarter: int) -> None:
    """Move the figures to the period of a quarter, or say why they stay where they are.

    A period that is over takes nothing more, and a figure with a day follows its day.
    Source: DESIGN.md section 4, "Which period".
    """
    period = named_period(turn.context, quarter)
    elsewhere = [row for row in rows if period is not None and row.period_id != period.id]
    dated = [row for row in elsewhere if _day_says_otherwise(turn, row, period)]
    if period is None or is_over(period, turn.today, turn.context.office.period_rule):
        _say_over(turn, rows, period)
    elif not elsewhere:
        turn.done()
        turn.say(_("That is what I have already: {figure}.", figure=_figures(turn, rows, period)))
    elif len(dated) == len(elsewhere):
        _say_day_decides(turn, dated[0], period)
    else:
        _move(turn, [row for row in elsewhere if row not in dated], period)


def _move(turn: Turn, rows: Sequence[Report], period: ReportingPeriod) -> None:
    same = [replace(item, on=None) for item in as_items(rows)]
    changes = [Change(row, item, period.id) for row, item in zip(rows, same, strict=True)]
    before = turn.context.uow.periods.get(rows[0].period_id)
    note = _(
        "I move it from {before} to {period}.",
        before=period_name(before, turn.today),
        period=period_name(period, turn.today),
    )
    change_rows(turn, changes, [note])


def _day_says_otherwise(turn: Turn, row: Report, period: ReportingPeriod | None) -> bool:
    return row.happened_on is not None and period_of(turn.context, row.happened_on) != period


def _say_over(turn: Turn, rows: Sequence[Report], period: ReportingPeriod | None) -> None:
    kept = turn.context.uow.periods.get(rows[0].period_id)
    name = period_name(kept, turn.today)
    turn.done()
    turn.say(
        _(
            "{Before} takes no more figures, so it stays in {period}: {figure}.",
            Before=capital(period_name(period, turn.today)) if period is not None else _("That period"),
            period=name,
            figure=join([figure_of(turn, row) for row in rows], "; "),
        )
    )


def _say_day_decides(turn: Turn, row: Report, wanted: ReportingPeriod) -> None:
    period = turn.context.uow.periods.get(row.period_id)
    turn.done()
    turn.say(
        _(
            "{figure}: by its day I count it in {period}. If the day is wrong, {you} writes the right one, "
            "such as *corrected to {day}*.",
            figure=capital(figure_of(turn, row)),
            period=period_name(period, turn.today),
            you=turn.you,
            day=day(min(wanted.cutoff_on, turn.today)),
        )
    )


def _figures(turn: Turn, rows: Sequence[Report], period: ReportingPeriod) -> Marked:
    figures = join([figure_of(turn, row) for row in rows], "; ")
    return _("{figure} in {period}", figure=figures, period=period_name(period, turn.today))
