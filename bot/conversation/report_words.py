"""Bare words about figures with no question open: "đủ rồi", "chốt", "đúng", "7", "bỏ"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.report_answer import answer_late, drop_question
from bot.conversation.report_change import change_rows
from bot.conversation.report_close import finish, nothing
from bot.conversation.report_confirm import agree, drop_draft
from bot.conversation.report_draft import line_of, memory_of, own_draft, own_unit, proceed, whole
from bot.conversation.report_pending import ask_unit_for
from bot.conversation.report_said import bare_number, is_receipt, is_thumb, said, says
from bot.conversation.report_talk import read_back
from bot.conversation.report_waiting import at_hand, is_asked, is_offered, remind_of
from bot.conversation.turn import Turn
from bot.services.periods import period_at_hand
from bot.services.report_corrections import Change, returned_rows
from bot.services.report_questions import next_question
from bot.services.reporting import Draft, open_draft
from domain.ledger import Report
from domain.messages import Choice
from domain.understanding import Item
from messages_vi.catalogue import _
from messages_vi.formats import weekday_day
from messages_vi.reports import draft_choices, period_name

_SHORT = 80
_ANSWERS = len(draft_choices(""))


def try_words(turn: Turn) -> bool:
    """Answer bare words about the chat's draft, its returned figure or its period; tell whether they were.

    For lines that mean nothing else and come while no question is open.
    """
    if not turn.own_units or not turn.text:
        return False
    draft, question = open_draft(turn.context, turn.incoming.chat_id), at_hand(turn)
    if question is not None and (draft is None or is_offered(turn, question)) and answer_late(turn, question):
        return True
    if draft is not None:
        return _about_draft(turn, own_draft(turn, draft.batch))
    if question is not None:
        return False
    value = _number(turn)
    if value is not None:
        return _about_returned(turn, value)
    if said(turn.text, "enough"):
        _close(turn)
        return True
    return _puts_off(turn)


def try_again(turn: Turn, before: Sequence[str], further: Sequence[Choice] = ()) -> bool:
    """Read the chat's open draft back after something else was said; tell whether there was one.

    So a typed "1" goes on to mean "right", whatever was written in between.
    """
    found = open_draft(turn.context, turn.incoming.chat_id) if turn.own_units else None
    question = at_hand(turn) if turn.own_units else None
    if found is None and question is not None:
        remind_of(turn, question, before)
        return True
    if found is None:
        return False
    _again(turn, own_draft(turn, found.batch), before, further)
    return True


def try_cancel(turn: Turn) -> bool:
    """Drop what is asked about, else the chat's open draft, for somebody who cancels; tell whether there was.

    The other of the two stays: it was not what the last message was about.
    """
    if not turn.own_units:
        return False
    draft, question = open_draft(turn.context, turn.incoming.chat_id), at_hand(turn)
    if question is not None and (draft is None or is_asked(turn)):
        drop_question(turn, question)
    elif draft is not None:
        drop_draft(turn, draft.batch)
    return draft is not None or question is not None


def close_for(turn: Turn, rest: str) -> None:
    """Close the period at hand of the unit that was chosen."""
    unit = own_unit(turn, whole(rest))
    period = period_at_hand(turn.context, unit)
    if period is not None:
        finish(turn, unit, period)


def _puts_off(turn: Turn) -> bool:
    """Answer "mai báo tiếp": nothing is written down, the period stays open; tell whether it was that."""
    periods = [period_at_hand(turn.context, unit) for unit in turn.own_units]
    due = min((one for one in periods if one is not None), key=lambda one: one.due_on, default=None)
    if due is None or len(turn.text) > _SHORT or not says(turn.text, "later"):
        return False
    turn.say(
        _(
            "All right, {you} writes whenever it suits; {period} is due on {day}.",
            you=turn.you,
            period=period_name(due, turn.today),
            day=weekday_day(due.due_on, turn.today),
        )
    )
    return True


def _about_draft(turn: Turn, draft: Draft) -> bool:
    if _may_mean_something_else(turn):
        _again(turn, draft)
    elif said(turn.text, "yes") or is_thumb(turn.text):
        agree(turn, draft.batch)
    elif said(turn.text, "drop"):
        drop_draft(turn, draft.batch)
    elif said(turn.text, "rest"):
        nothing(turn, draft.unit, line_of(turn))
    elif (value := _number(turn)) is not None and len(draft.rows) == 1:
        _replace(turn, draft.rows[0], value)
    else:
        return False
    return True


def _may_mean_something_else(turn: Turn) -> bool:
    """Tell whether "1" or "ok" comes after the bot said something else than the read-back.

    A larger number can only be a figure, and "đúng" only answers a question: those are taken.
    """
    if any(choice.action.startswith("report.ok:") for choice in turn.state.choices):
        return False
    value = _number(turn)
    return (value is not None and value <= _ANSWERS) or is_receipt(turn.text)


def _number(turn: Turn) -> int | None:
    """Return the number that a line consists of, or None."""
    return turn.reading.numbers[0] if turn.reading.numbers else bare_number(turn.text)


def _again(turn: Turn, draft: Draft, before: Sequence[str] = (), further: Sequence[Choice] = ()) -> None:
    memory = memory_of(turn, draft.batch)
    if next_question(turn.context, draft, memory.settled) is not None:
        proceed(turn, draft, memory)
    else:
        read_back(turn, draft, before=before, further=further)


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
