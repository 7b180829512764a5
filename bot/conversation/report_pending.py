"""A line that cannot be written down yet, because its unit or its reading must be asked for first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.report_apart import are_of_several, ask_for_each, try_apart
from bot.conversation.report_change import apply_items
from bot.conversation.report_close import nothing
from bot.conversation.report_draft import line_of, own_row, own_unit, take
from bot.conversation.report_talk import uncounted_notes
from bot.conversation.report_waiting import (
    READING_STEP,
    UNIT_STEP,
    Pending,
    ask,
    pending_in,
)
from bot.conversation.turn import Turn
from bot.services.open_questions import questions_at_hand, settle
from bot.services.report_corrections import last_batch
from bot.services.report_lines import indicators_known
from bot.services.report_privacy import private_in, speaks_of_id_cards
from bot.services.report_units import units_named
from domain.messages import Choice
from domain.people import Unit
from domain.plan import Measure
from domain.understanding import Intent, Item, Reading
from messages_vi.catalogue import Marked, _

_MEMBERS = "doan_vien_moi"


def pending_of(turn: Turn, reading: Reading, files: Sequence[int] = (), notes: Sequence[str] = ()) -> Pending:
    """Return this message as a line with what it means."""
    items = (*reading.items, *reading.losses)
    line = replace(line_of(turn), items=items, zeros=reading.zeros, quarter=reading.quarter)
    nil = reading.intent is Intent.NONE_TO_REPORT
    question, asks = (reading.ask.question, reading.ask.choices) if reading.ask else ("", ())
    with_losses = tuple((label, _with_losses(some, reading)) for label, some in asks)
    said = (*notes, *privacy_notes(turn), *uncounted_notes(reading))
    return Pending(line, nil, question, with_losses, tuple(files), said)


def _with_losses(chosen: tuple[Item, ...], reading: Reading) -> tuple[Item, ...]:
    """Return what a choice stands for with those who left; "vô 9 ra 4" of conferences lost nobody."""
    admitted = any(item.indicator == _MEMBERS for item in reading.items)
    renamed = admitted and all(item.indicator != _MEMBERS for item in chosen)
    return chosen if not chosen or renamed else (*chosen, *reading.losses)


def privacy_notes(turn: Turn) -> list[str]:
    """Return what to say to a line with names, ID numbers or photos of ID cards: only the count is kept."""
    photo = bool(turn.incoming.attachments) and speaks_of_id_cards(turn.text)
    if not photo and not private_in(turn.text).is_list:
        return []
    return [
        _(
            "I keep no names, ID numbers or telephone numbers, only how many. {you} hands the list to the "
            "office; no photos of ID cards here.",
            you=turn.you,
        )
    ]


def begin(turn: Turn, pending: Pending) -> None:
    """Write the line down, or ask first for what is not clear: which unit, then which reading."""
    pending = _in_place_of_asked(turn, pending)
    if pending.unit_id is None and _is_apart(turn, pending):
        return
    named = _named(turn, pending)
    unit = named[0] if len(named) == 1 else None
    if len(named) > 1 and pending.line.items:
        ask_for_each(turn, named)
    elif unit is None:
        _ask_unit(turn, pending)
    elif pending.asks:
        _ask_reading(turn, replace(pending, unit_id=unit.id), unit)
    elif pending.corrects:
        _correct(turn, pending)
    elif pending.nil:
        nothing(turn, unit, pending.line)
    else:
        take(turn, unit, pending.line, pending.files, notes=pending.notes)


def _in_place_of_asked(turn: Turn, pending: Pending) -> Pending:
    """Return a new line with what it leaves of those that were still being asked about.

    It says again what the question was about, so the question is over and nothing is doubled. Figures of
    something else go on with the new line where nothing about them is open; else the question waits.
    """
    if pending.line.batch != str(turn.context.inbox_id):
        return pending
    for question in questions_at_hand(turn.context, turn.state):
        before = pending_in(question)
        left = _left_of(before, spoken_of(pending))
        if left is None or not _may_be_of_one_unit(turn, before, pending):
            continue
        settle(turn.context, question)
        line = replace(pending.line, items=(*pending.line.items, *left))
        files = (*before.files, *pending.files)
        pending = replace(pending, line=line, files=files)
    return pending


def spoken_of(pending: Pending) -> frozenset[str]:
    """Return the indicators that a line, or an answer to the question about it, says something about."""
    asked = (item for _label, items in pending.asks for item in items)
    return frozenset((*(item.indicator for item in (*pending.line.items, *asked)), *pending.line.zeros))


def _left_of(before: Pending, codes: frozenset[str]) -> tuple[Item, ...] | None:
    """Return the figures of an older line that one about `codes` leaves; None where the question stays."""
    if before.corrects or before.parts or codes.isdisjoint(spoken_of(before)):
        return None
    offered = [items for _label, items in before.asks] or [before.line.items]
    left = {tuple(item for item in items if item.indicator not in codes) for items in offered if items}
    return left.pop() if len(left) == 1 else None


def _may_be_of_one_unit(turn: Turn, before: Pending, pending: Pending) -> bool:
    named = _named(turn, pending)
    return before.unit_id is None or not named or before.unit_id in {unit.id for unit in named}


def asks_how_many(turn: Turn, pending: Pending) -> bool:
    """Tell whether the answers differ by a number of persons only, or "how many?" offers 1 and nothing else.

    There "2" are two persons and not the second choice.
    """
    offered = [items for _label, items in pending.asks if items]
    if not is_about_value(offered):
        return False
    first = offered[0][0]
    counts = indicators_known(turn.context)[first.indicator].measure is Measure.SUM
    return counts and (len(offered) > 1 or first.value == 1)


def asks_number(pending: Pending) -> bool:
    """Tell whether the question about the line is for the number of its first figure alone."""
    offered = [items for _label, items in pending.asks if items]
    return bool(offered) and is_about_value(offered)


def is_about_value(offered: Sequence[tuple[Item, ...]]) -> bool:
    """Tell whether the choices differ by the number of their first figure and by nothing else."""
    return len({(replace(first, value=0), *rest) for first, *rest in offered}) == 1


def ask_unit_for(turn: Turn, action: str) -> None:
    """Ask which of the writer's units is meant; each choice is `action` with the unit's id."""
    text, choices = _which_unit(turn, action)
    turn.say(text, *choices)


def _which_unit(turn: Turn, action: str, after: str = "") -> tuple[Marked, list[Choice]]:
    choices = [Choice(unit.name, f"{action}:{unit.id}{after}") for unit in turn.own_units]
    return _("Which unit is this for, {you}?", you=turn.you), choices


def _named(turn: Turn, pending: Pending) -> list[Unit]:
    """Return the unit that the line is for; none or several where that must be asked."""
    if pending.unit_id is not None:
        return [own_unit(turn, pending.unit_id)]
    units = turn.own_units
    return list(units) if len(units) == 1 else units_named(pending.line.text, units)


def _is_apart(turn: Turn, pending: Pending) -> bool:
    """Tell whether the line had figures of several of the writer's units, and was asked about."""
    if len(turn.own_units) < 2 or pending.nil or pending.corrects:
        return False
    several = next((items for _label, items in pending.asks if are_of_several(turn, items)), ())
    return try_apart(turn, pending.line.text, several or pending.line.items)


def _correct(turn: Turn, pending: Pending) -> None:
    rows = last_batch(turn.context, turn.incoming.chat_id)
    living = [own_row(turn, str(row.id)) for row in rows]
    if living:
        apply_items(turn, living, pending.line.items, pending.line.text)
    else:
        begin(turn, replace(pending, corrects=False))


def _ask_unit(turn: Turn, pending: Pending) -> None:
    """Ask for the unit; meanwhile the figures wait with the first, so that somebody sees them."""
    text, choices = _which_unit(turn, "report.unit", f".{pending.line.batch}")
    ask(turn, pending, UNIT_STEP, text, choices, [(turn.own_units[0], pending.line.items)])


def _ask_reading(turn: Turn, pending: Pending, unit: Unit) -> None:
    batch = pending.line.batch
    numbered = not asks_how_many(turn, pending)
    choices = [
        Choice(label, f"report.read:{batch}.{index}", numbered)
        for index, (label, _items) in enumerate(pending.asks)
    ]
    likeliest = () if pending.corrects else pending.line.items or _in_all(pending.asks)
    # The reader makes a whole sentence of its own, from words of the catalogue.
    ask(turn, pending, READING_STEP, Marked(pending.question), choices, [(unit, likeliest)])


def _in_all(asks: Sequence[tuple[str, tuple[Item, ...]]]) -> tuple[Item, ...]:
    """Return the figures that stand in whatever may be meant: those the question is not about."""
    first, *others = [items for _label, items in asks if items] or [()]
    return tuple(item for item in first if others and all(item in items for items in others))
