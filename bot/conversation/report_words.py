"""Bare words about figures with no question open: "đủ rồi", "chốt", "đúng", "7", "bỏ"."""

from __future__ import annotations

import re
from functools import cache

from bot.conversation.report_change import change_rows
from bot.conversation.report_close import finish, nothing
from bot.conversation.report_confirm import agree, drop_draft
from bot.conversation.report_draft import line_of, own_draft, own_unit, whole
from bot.conversation.report_pending import ask_unit_for
from bot.conversation.turn import Turn
from bot.language.answers import fold
from bot.services.periods import period_at_hand
from bot.services.report_corrections import Change, returned_rows
from bot.services.reporting import Draft, open_draft
from domain.ledger import Report
from domain.understanding import Item
from messages_vi.vocabulary import answers

_SPLIT = re.compile(r"\w+")


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
    if _says(turn.text, "enough"):
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
    if _says(turn.text, "yes"):
        agree(turn, draft.batch)
    elif _says(turn.text, "drop"):
        drop_draft(turn, draft.batch)
    elif _says(turn.text, "rest"):
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


def _says(text: str, table: str) -> bool:
    said = _core(text)
    return bool(said) and said in _words(table)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(_core(word) for word in answers()[table]) - {""}


def _core(text: str) -> str:
    """Return the words that carry meaning: "dạ đủ rồi nha chị" is du."""
    return " ".join(word for word in _SPLIT.findall(fold(text)) if word not in _skipped())


@cache
def _skipped() -> frozenset[str]:
    return frozenset(fold(word) for word in answers()["skip"])
