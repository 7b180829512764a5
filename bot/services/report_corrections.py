"""What a unit has reported, and how a figure is corrected: by another row that takes its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.services import ledger
from bot.services.context import Context
from bot.services.report_lines import indicators_known, period_choice, subject_of
from bot.services.report_privacy import masked
from bot.services.reporting import Draft, confirm, draft_of
from domain.errors import NotFound
from domain.ledger import Report, ReportState
from domain.people import Unit
from domain.understanding import Item

SHOWN = 10
"""How many rows a history shows."""

_OPEN_TO_CHANGE = (
    ReportState.UNCONFIRMED,
    ReportState.PENDING,
    ReportState.APPROVED,
    ReportState.RETURNED,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A row and what it should say instead; `item` None takes the figure back (it becomes zero).

    With `period_id` the figure stays and goes to that period.
    """

    row: Report
    item: Item | None
    period_id: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The message that corrects: where it came from, and the batch its rows would have."""

    batch: str
    chat_id: str
    message_id: str
    text: str


def history(context: Context, unit: Unit, limit: int = SHOWN) -> list[Report]:
    """Return the unit's latest rows that stand, newest first; withdrawn ones are left out."""
    return context.uow.reports.find("-id", limit, unit_id=unit.id, state=_OPEN_TO_CHANGE)


def last_batch(context: Context, chat_id: str) -> list[Report]:
    """Return the rows of the chat's last batch of which something stands, oldest first; or nothing."""
    newest = context.uow.reports.first("-id", account=context.account, chat_id=chat_id, state=_OPEN_TO_CHANGE)
    if newest is None:
        return []
    return context.uow.reports.find(batch=newest.batch, state=_OPEN_TO_CHANGE)


def rows_of_message(context: Context, chat_id: str, message_id: str) -> list[Report]:
    """Return the rows that one message made, in any state, oldest first."""
    return context.uow.reports.find(account=context.account, chat_id=chat_id, message_id=message_id)


def stands(row: Report) -> bool:
    """Tell whether a row may still be corrected."""
    return row.state in _OPEN_TO_CHANGE


def as_items(rows: Iterable[Report]) -> tuple[Item, ...]:
    """Return rows as the items that a line said, for reading a correction against them."""
    return tuple(
        Item(row.indicator, row.value, row.happened_on, row.place or None, row.people, row.women)
        for row in rows
    )


def propose(context: Context, changes: Sequence[Change], source: Source) -> Draft:
    """Write the corrections as unconfirmed rows and return their draft; until confirmed nothing changes.

    A row of an open draft is replaced there, and that draft is returned.
    Raises: NotFound when a row was changed by somebody else meanwhile.
    """
    batch = next((one.row.batch for one in changes if _is_draft(one.row)), source.batch)
    for one in changes:
        corrected = _corrected(context, one, source, batch)
        if _is_draft(one.row):
            ledger.move(context, one.row, state=ReportState.WITHDRAWN)
            if one.item is None and one.row.supersedes_id is None:
                continue
        ledger.add(context, corrected)
    return draft_of(context, batch, context.uow.units.get(changes[0].row.unit_id))


def withdraw(context: Context, row: Report) -> Report:
    """Take back a row for good and return it. Raises: NotFound when somebody was faster."""
    return ledger.move(context, row, state=ReportState.WITHDRAWN, reason="taken back")


def correct_returned(context: Context, row: Report, item: Item, source: Source) -> Report:
    """Put a new figure in the place of a returned one, confirmed by its sender, and return it.

    Raises: NotFound when the figure is not waiting for that any more.
    """
    if row.state is not ReportState.RETURNED:
        raise NotFound("reports", row.id)
    draft = propose(context, [Change(row, item)], source)
    done = confirm(context, draft.batch)
    if not done.rows:
        raise NotFound("reports", row.id)
    return done.rows[0]


def keep_returned(context: Context, row: Report, note: str) -> Report:
    """Send a returned figure to staff again as it is, with the sender's note, and return it.

    Raises: NotFound when the figure is not waiting for that any more.
    """
    if row.state is not ReportState.RETURNED:
        raise NotFound("reports", row.id)
    changes = {"state": ReportState.PENDING, "note": masked(note), "confirmed_at": context.now}
    return ledger.move(context, row, **changes)


def returned_rows(context: Context, unit: Unit) -> list[Report]:
    """Return the unit's figures that staff sent back, newest first."""
    return context.uow.reports.find("-id", unit_id=unit.id, state=ReportState.RETURNED)


def _is_draft(row: Report) -> bool:
    return row.state is ReportState.UNCONFIRMED


def _corrected(context: Context, change: Change, source: Source, batch: str) -> Report:
    row, item = change.row, change.item or Item(change.row.indicator, 0)
    fresh = replace(
        row,
        id=0,
        value=item.value,
        happened_on=item.on or row.happened_on,
        people=item.people if item.people is not None else row.people,
        women=item.women if item.value != row.value else row.women,
        period_id=_period_id(context, change),
        state=ReportState.UNCONFIRMED,
        batch=batch,
        created_at=context.now,
        raw_text=masked(source.text),
        account=context.account,
        chat_id=source.chat_id,
        message_id=source.message_id,
        reported_by_id=context.person_id,
        entered_by_staff=False,
        confirmed_at=None,
        decided_by_id=None,
        decided_at=None,
        reason="",
        note="",
        supersedes_id=row.supersedes_id if _is_draft(row) else row.id,
    )
    return _renamed(context, fresh, item)


def _period_id(context: Context, change: Change) -> int:
    """Return the period that is asked for, that of a new date, else the one that the row had."""
    if change.period_id is not None:
        return change.period_id
    if change.item is None or change.item.on in (None, change.row.happened_on):
        return change.row.period_id
    unit = context.uow.units.get(change.row.unit_id)
    chosen = period_choice(context, unit, change.item).period
    return chosen.id if chosen is not None else change.row.period_id


def _renamed(context: Context, row: Report, item: Item) -> Report:
    if item.place in (None, row.place):
        return row
    unit = context.uow.units.get(row.unit_id)
    indicator = indicators_known(context)[row.indicator]
    return replace(row, place=masked(item.place or ""), subject=subject_of(unit, indicator, item.place))
