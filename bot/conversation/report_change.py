"""Correcting a figure: by a new number, by a line that corrects, or by taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.asides import let_pass
from bot.conversation.report_draft import (
    Memory,
    line_of,
    memory_of,
    own_draft,
    own_row,
    own_unit,
    proceed,
    remember,
    take,
)
from bot.conversation.report_said import is_about_number
from bot.conversation.report_waiting import remind_of
from bot.conversation.turn import Turn
from bot.language.answers import count_in, date_in, is_nil, numbers_in
from bot.services.open_questions import question_of
from bot.services.report_corrections import Change, Source, as_items, propose, stands
from bot.services.report_lines import indicators_known
from bot.services.reporting import drop_row
from bot.services.words import read
from domain.ledger import COUNTED_STATES, Report, ReportState
from domain.messages import Choice
from domain.people import Unit
from domain.understanding import Item, Reading
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _
from messages_vi.reports import figure, named_line

NUMBER_STEP = "report.number"


def settled(turn: Turn, batch: str) -> None:
    """Tell that nothing of a draft waits any more: it was stored or dropped before."""
    rows = turn.context.uow.reports.find(batch=batch)
    turn.done()
    if any(row.state in COUNTED_STATES or row.state is ReportState.RETURNED for row in rows):
        turn.say(_("{You} confirmed this already, I have it.", You=capital(turn.you)))
    else:
        turn.say(_("This was dropped or replaced before. Type */lichsu* to see what stands."))


def ask_figure(turn: Turn, row: Report, memory: Memory | None = None) -> None:
    """Ask for the right number of one row, whether it is a draft's or was stored before.

    A figure that waits for another answer is asked about as it was.
    """
    question = question_of(turn.context, row.batch)
    if question is not None:
        remind_of(turn, question)
        return
    if not stands(row):
        settled(turn, row.batch)
        return
    remember(turn, replace(memory or Memory(row.batch), row=row.id), NUMBER_STEP)
    turn.say(
        _(
            "What is right instead of *{figure}*, {you}? Write the number, the day, or the whole line.",
            figure=figure_of(turn, row),
            you=turn.you,
        ),
        Choice(_("Take it back"), f"report.takeback:{row.id}", numbered=False),
        Choice(_("Leave it"), f"report.leave:{row.id}", numbered=False),
    )


def number_typed(turn: Turn, text: str) -> None:
    """Take the number, the day or the line that was typed for one row."""
    memory = memory_of(turn)
    row = own_row(turn, str(memory.row))
    if not stands(row):
        settled(turn, row.batch)
        return
    item = typed_item(turn, row.indicator, text, row)
    reading = turn.reading
    if item is not None:
        change_rows(turn, [Change(row, item)])
    elif reading.items and reading.ask is None:
        # A figure of something else: a line of its own.
        line = replace(line_of(turn), items=reading.items, zeros=reading.zeros, quarter=reading.quarter)
        take(turn, own_unit(turn, row.unit_id), line)
    else:
        let_pass(turn)
        unread(turn)


def take_back(turn: Turn, rest: str) -> None:
    """Take one figure back: at once in a draft, else after the sender agreed to it."""
    row = own_row(turn, rest)
    if not stands(row):
        settled(turn, row.batch)
    elif row.state is ReportState.UNCONFIRMED:
        drop_row(turn.context, row)
        go_on(turn, row.batch)
    else:
        change_rows(turn, [Change(row, None)])


def leave(turn: Turn, rest: str) -> None:
    """Leave a figure as it is."""
    row = own_row(turn, rest)
    if row.state is ReportState.UNCONFIRMED:
        go_on(turn, row.batch)
        return
    turn.done()
    turn.say(_("All right, it stays: {figure}.", figure=figure_of(turn, row)))


def change_rows(turn: Turn, changes: Sequence[Change], notes: Sequence[str] = (), *, batch: str = "") -> None:
    """Write corrections down and read them back, or go on with the draft that they belong to.

    `batch` is the draft that corrections of stored figures join; else they make one of their own.
    """
    source = source_of(turn)
    draft = propose(turn.context, changes, replace(source, batch=batch or source.batch))
    memory = memory_of(turn, draft.batch)
    proceed(turn, draft, replace(memory, batch=draft.batch, notes=(*memory.notes, *notes)))


def apply_items(turn: Turn, rows: Sequence[Report], items: Sequence[Item], text: str) -> None:
    """Correct `rows` by what a line says now; what they do not have yet is added to the draft."""
    changes, further = matched(rows, items, numbers_in(text))
    if changes or further:
        apply_changes(turn, own_unit(turn, rows[0].unit_id), changes, further)
        return
    turn.done()
    named = {item.indicator for item in items}
    same = [row for row in rows if row.indicator in named] or rows
    turn.say(_("That is what I have already: {figure}.", figure=figure_of(turn, same[-1])))


def apply_changes(turn: Turn, unit: Unit, changes: Sequence[Change], further: Sequence[Item]) -> None:
    """Write corrections and further figures into one draft, and go on with it."""
    if not further:
        change_rows(turn, changes)
        return
    if changes:
        propose(turn.context, changes, source_of(turn))
    take(turn, unit, replace(line_of(turn), items=tuple(further)))


def matched(
    rows: Sequence[Report], items: Sequence[Item], numbers: Sequence[int] = ()
) -> tuple[list[Change], list[Item]]:
    """Return how the rows change by `items`, and the items that none of them has; equal ones are left out.

    An item belongs to the row of its indicator with the same place and day, else to one whose value is among
    the `numbers` of the line ("sửa 5 thành 7"), else to the last one.
    """
    changes: list[Change] = []
    further: list[Item] = []
    left = list(rows)
    for item in items:
        row = _row_of(left, item, numbers)
        if row is None:
            further.append(item)
            continue
        left.remove(row)
        if not says(row, item):
            changes.append(Change(row, item))
    return changes, further


def says(row: Report, item: Item) -> bool:
    """Tell whether a row says already what an item says; what the item leaves open does not matter."""
    return (
        row.value == item.value
        and item.on in (None, row.happened_on)
        and item.people in (None, row.people)
        and item.place in (None, row.place)
    )


def read_against(turn: Turn, text: str, rows: Sequence[Report]) -> Reading:
    """Return what a line means for somebody who sent `rows` before."""
    return read(turn.context, text, turn.written_on, as_items(rows))


def typed_item(turn: Turn, code: str, text: str, row: Report | None = None) -> Item | None:
    """Return the figure of one indicator that is typed as a bare number, "none", or a line; None for neither.

    With `row`, the figure that it is to replace, a day alone is an answer too.
    """
    if is_nil(text):
        return Item(code, 0)
    is_short = is_about_number(text)
    count = count_in(text) if is_short and not _is_of_another(turn, code, text) else None
    if count is not None:
        # A bare number is no day; only what stands beside the count may be one.
        beside = len(text.split()) > 1
        return Item(code, count, date_in(text, turn.written_on) if beside else None)
    # What it counts stands in the question; to a whole sentence it would give another sense.
    named = [named_line(indicators_known(turn.context)[code], text)] if is_short else []
    before = (row,) if row is not None else ()
    readings = [read_against(turn, line, before) for line in (text, *named)]
    items = [item for reading in readings if reading.ask is None for item in reading.items]
    same = [item for item in items if item.indicator == code]
    if same:
        return same[0]
    on = date_in(text, turn.written_on) if row is not None and not items and not numbers_in(text) else None
    return Item(code, row.value, on) if row is not None and on is not None else None


def _is_of_another(turn: Turn, code: str, text: str) -> bool:
    """Tell whether a line has figures of its own, none of them of this indicator: "đối thoại 3 lần"."""
    told = {item.indicator for item in read_against(turn, text, ()).items}
    return bool(told) and code not in told


def unread(turn: Turn) -> None:
    """Say that no number could be read; the question and its choices stay open."""
    turn.say(
        _("I could not read a number. {You} may write it again, such as *7*.", You=capital(turn.you)),
        *turn.state.choices,
    )


def go_on(turn: Turn, batch: str) -> None:
    """Go on with a draft after one of its figures changed."""
    proceed(turn, own_draft(turn, batch), memory_of(turn, batch))


def figure_of(turn: Turn, row: Report) -> Marked:
    """Return a row in words."""
    return figure(row, indicators_known(turn.context)[row.indicator], turn.today)


def source_of(turn: Turn) -> Source:
    """Return this message as the one that corrects."""
    return Source(str(turn.context.inbox_id), turn.incoming.chat_id, turn.incoming.message_id, turn.text)


def _row_of(rows: Sequence[Report], item: Item, numbers: Sequence[int]) -> Report | None:
    same = [row for row in rows if row.indicator == item.indicator]
    named = [row for row in same if row.value in numbers and row.value != item.value]
    close = [row for row in same if item.on == row.happened_on and (item.place or "") == row.place]
    likely = named if len(named) == 1 else close or same
    return likely[-1] if likely else None
