"""Bare words about figures with no question open: "đủ rồi", "chốt", "đúng", "7", "bỏ"."""

from __future__ import annotations

from bot.conversation.report_change import change_rows
from bot.conversation.report_close import finish, nothing
from bot.conversation.report_confirm import agree, drop_draft
from bot.conversation.report_draft import line_of, own_draft, own_unit, whole
from bot.conversation.report_pending import ask_unit_for
from bot.conversation.report_said import said
from bot.conversation.turn import Turn
from bot.services.periods import period_at_hand
from bot.services.report_corrections import Change, returned_rows
from bot.services.reporting import Draft, open_draft
from domain.ledger import Report
from domain.understanding import Item


def try_words(turn: Turn) -> bool:
    """Answer bare words about the chat's draft, its returned figure or its period; tell whether they were.

    For lines that mean nothing else and come while no question is open.
    """
    if not turn.own_units or not turn.text:
        return False
    draft = open_draft(turn.context, turn.incoming.chat_id)
    if draft is not None:
        return _about_draft(turn, own_draft(turn, draft.batch))
    if turn.reading.numbers:
        return _about_returned(turn, turn.reading.numbers[0])
    if said(turn.text, "enough"):
        _close(turn)
        return True
    return False


def try_cancel(turn: Turn) -> bool:
    """Drop the chat's open draft, for somebody who cancels; tell whether there was one."""
    draft = open_draft(turn.context, turn.incoming.chat_id) if turn.own_units else None
    if draft is None:
        return False
    drop_draft(turn, draft.batch)
    return True


def close_for(turn: Turn, rest: str) -> None:
    """Close the period at hand of the unit that was chosen."""
    unit = own_unit(turn, whole(rest))
    period = period_at_hand(turn.context, unit)
    if period is not None:
        finish(turn, unit, period)


def _about_draft(turn: Turn, draft: Draft) -> bool:
    if said(turn.text, "yes"):
        agree(turn, draft.batch)
    elif said(turn.text, "drop"):
        drop_draft(turn, draft.batch)
    elif said(turn.text, "rest"):
        nothing(turn, draft.unit, line_of(turn))
    elif turn.reading.numbers and len(draft.rows) == 1:
        _replace(turn, draft.rows[0], turn.reading.numbers[0])
    else:
        return False
    return True


def _about_returned(turn: Turn, value: int) -> bool:
    waiting = [row for unit in turn.own_units for row in returned_rows(turn.context, unit)]
    if len(waiting) != 1:
        return False
    _replace(turn, waiting[0], value)
    return True


def _replace(turn: Turn, row: Report, value: int) -> None:
    change_rows(turn, [Change(row, Item(row.indicator, value))])


def _close(turn: Turn) -> None:
    if len(turn.own_units) > 1:
        ask_unit_for(turn, "report.close")
    else:
        close_for(turn, str(turn.own_units[0].id))
