"""A unit's figures on their way into the ledger: drafted from a line, asked about, confirmed or dropped.

The draft is the ledger itself: rows in state UNCONFIRMED, tied together by their batch.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bot.services import ledger
from bot.services.context import Context
from bot.services.open_questions import batches_in_question
from bot.services.report_closing import begin_answer
from bot.services.report_lines import (
    Line,
    Placed,
    Refusal,
    indicators_known,
    period_choice,
    placed,
    rows_of_period,
    unanswered,
)
from domain.errors import NotFound
from domain.ledger import Report, ReportState
from domain.people import Person, Unit
from domain.plan import ReportingPeriod
from domain.progress import UnitProgress, unit_progress
from domain.reminders import draft_key
from domain.understanding import Item
from messages_vi.indicators import COLLECTED
from scheduler.reminding import cancel_reminders


@dataclass(frozen=True, slots=True)
class Draft:
    """Figures of one batch that wait for their sender's word, oldest first."""

    batch: str
    unit: Unit
    rows: tuple[Report, ...]

    @property
    def version(self) -> int:
        """The id of the newest row: what was read back is told apart from what came after."""
        return max((row.id for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft after a line was added to it; `placed` are the rows that the line brought."""

    draft: Draft
    placed: tuple[Placed, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft of any chat, with the person who is to be asked about it once more."""

    draft: Draft
    person: Person


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmation moved: nothing when it was done before.

    `replaced` holds the older row by the id of the one that took its place; `stale` are corrections of rows
    that somebody else had changed meanwhile: they were withdrawn.
    """

    unit: Unit
    rows: tuple[Report, ...]
    replaced: Mapping[int, Report]
    stale: tuple[Report, ...]


def add_line(context: Context, unit: Unit, line: Line) -> Drafted:
    """Write what a line says into the chat's open draft, or into a new one, and return the draft.

    An item that cannot count is refused with a reason. Nothing is confirmed by this.
    Source: DESIGN.md section 4, "Which period", and section 6, promise 3.
    """
    _ensure_collected(context, line)
    open_one = open_draft(context, line.chat_id, unit)
    batch = open_one.batch if open_one else line.batch
    found = placed(context, unit, line, batch)
    kept = [replace(one, row=ledger.add(context, one.row)) for one in found if isinstance(one, Placed)]
    refused = [one for one in found if isinstance(one, Refusal)]
    return Drafted(draft_of(context, batch, unit), tuple(kept), tuple(refused))


def _ensure_collected(context: Context, line: Line) -> None:
    """Create an indicator that belongs to no target when it is told for the first time."""
    told = {item.indicator for item in line.items}
    for indicator in COLLECTED:
        if indicator.code in told:
            context.uow.indicators.add_new(indicator, "code")


def draft_of(context: Context, batch: str, unit: Unit | None = None) -> Draft:
    """Return what of a batch still waits for its sender's word; no rows when all is settled.

    Raises: NotFound when there is no such batch (and no `unit` to say whose it would be).
    """
    rows = context.uow.reports.find(batch=batch, state=ReportState.UNCONFIRMED)
    if unit is None:
        unit = unit_of_batch(context, batch)
    return Draft(batch, unit, tuple(rows))


def unit_of_batch(context: Context, batch: str) -> Unit:
    """Return the unit whose figures a batch holds. Raises: NotFound when there is no such batch."""
    row = context.uow.reports.first(batch=batch)
    if row is None:
        raise NotFound("batch", batch)
    return context.uow.units.get(row.unit_id)


def open_draft(context: Context, chat_id: str, unit: Unit | None = None) -> Draft | None:
    """Return the chat's newest draft that is not older than a dialogue may last, of one unit or of any.

    Figures about which something is still asked are no draft: nobody can agree to them yet.
    """
    where = {} if unit is None else {"unit_id": unit.id}
    rows = context.uow.reports.find(
        "-id", account=context.account, chat_id=chat_id, state=ReportState.UNCONFIRMED, **where
    )
    in_question = batches_in_question(context) if rows else ()
    newest = next((row for row in rows if row.batch not in in_question), None)
    if newest is None or newest.created_at <= context.now - context.office.dialogue_valid:
        return None
    return draft_of(context, newest.batch)


def open_drafts(context: Context) -> list[OpenDraft]:
    """Return every draft with the person who wrote it, the oldest first."""
    rows = context.uow.reports.find(state=ReportState.UNCONFIRMED)
    writers = {row.batch: row.reported_by_id for row in rows if row.reported_by_id is not None}
    return [
        OpenDraft(draft_of(context, batch), context.uow.people.get(person_id))
        for batch, person_id in writers.items()
    ]


def confirm(context: Context, batch: str) -> Confirmed:
    """Take the sender's word for a batch: its rows wait for staff from now on, or count at once.

    Tapped twice, the second finds nothing to do. A row that corrects another one takes its place in the same
    transaction. The unit's answer to the period is partial unless it was closed before.
    Raises: NotFound when there is no such batch.
    Source: DESIGN.md section 6, promise 3.
    """
    draft = draft_of(context, batch)
    done: list[Report] = []
    stale: list[Report] = []
    replaced: dict[int, Report] = {}
    for row in draft.rows:
        old = _take_out(context, row)
        if row.supersedes_id is not None and old is None:
            stale.extend(_moved(context, row, ReportState.WITHDRAWN, reason="overtaken"))
            continue
        moved = _moved(context, row, confirmed_state(context, row, old), confirmed_at=context.now)
        done.extend(moved)
        replaced |= {new.id: old for new in moved if old is not None}
    cancel_reminders(context.uow, draft_key(batch))
    for period_id in dict.fromkeys(row.period_id for row in done):
        has_figures = any(row.value for row in done if row.period_id == period_id)
        begin_answer(context, draft.unit, period_id, has_figures)
    return Confirmed(draft.unit, tuple(done), replaced, tuple(stale))


def confirmed_state(context: Context, row: Report, old: Report | None = None) -> ReportState:
    """Return where a row goes once its sender agreed; `old` is the row whose place it takes.

    A zero needs nobody's approval: it raises nothing. Only where it takes back an approved figure must
    somebody know.
    """
    nothing_to_approve = row.value == 0 and (old is None or old.state is not ReportState.APPROVED)
    at_once = context.office.approves_at_once or nothing_to_approve
    return ReportState.APPROVED if at_once else ReportState.PENDING


def drop(context: Context, batch: str) -> tuple[Report, ...]:
    """Withdraw what of a batch is not confirmed yet and return those rows; none when all is settled."""
    draft = draft_of(context, batch)
    cancel_reminders(context.uow, draft_key(batch))
    return tuple(gone for row in draft.rows for gone in _moved(context, row, ReportState.WITHDRAWN))


def drop_row(context: Context, row: Report) -> None:
    """Withdraw one row of a draft; one that is settled already stays as it is."""
    if row.state is not ReportState.UNCONFIRMED:
        return
    _moved(context, row, ReportState.WITHDRAWN)
    if not draft_of(context, row.batch).rows:
        cancel_reminders(context.uow, draft_key(row.batch))


def without_date(context: Context, row: Report) -> Report:
    """Replace a row of a draft by one without a date and return it. Raises: NotFound when it was settled.

    The day no longer decides the period either.
    """
    ledger.move(context, row, state=ReportState.WITHDRAWN)
    unit = context.uow.units.get(row.unit_id)
    period = period_choice(context, unit, Item(row.indicator, row.value)).period
    fresh = replace(row, id=0, happened_on=None, created_at=context.now)
    return ledger.add(context, replace(fresh, period_id=period.id) if period is not None else fresh)


def _take_out(context: Context, row: Report) -> Report | None:
    """Withdraw the row that `row` corrects; None when there is none, or when somebody was faster."""
    if row.supersedes_id is None:
        return None
    old = context.uow.reports.get(row.supersedes_id)
    if old.state is ReportState.WITHDRAWN:
        return None
    taken = _moved(context, old, ReportState.WITHDRAWN, reason="replaced")
    return old if taken else None


def _moved(context: Context, row: Report, state: ReportState, **changes: object) -> tuple[Report, ...]:
    # Two taps at the same moment find the same row; only one of them moves it.
    try:
        return (ledger.move(context, row, state=state, **changes),)
    except NotFound:
        return ()


def share_progress(context: Context, unit: Unit, codes: Collection[str], year: int) -> list[UnitProgress]:
    """Return the year's progress in those of the indicators of which the unit was given a share, in order."""
    shares = {one.indicator: one.goal for one in context.uow.allocations.find(unit_id=unit.id, year=year)}
    totals = context.uow.totals.find(unit_id=unit.id, year=year)
    return [
        unit_progress(indicator, shares[code], totals, context.today, year)
        for code, indicator in indicators_known(context).items()
        if code in codes and code in shares
    ]


def record_nils(
    context: Context, unit: Unit, period: ReportingPeriod, codes: Collection[str], line: Line
) -> list[Report]:
    """Note that the unit has nothing of these indicators in the period, at once, and return the rows.

    What has a figure or a nil there already is left alone. A nil needs nobody's approval.
    Source: DESIGN.md section 4: a nil for one indicator is a zero for that one.
    """
    wanted = replace(line, items=(), zeros=tuple(codes), quarter=None, period_id=period.id)
    rows = [one.row for one in placed(context, unit, wanted, line.batch) if isinstance(one, Placed)]
    approved = (replace(row, state=ReportState.APPROVED, confirmed_at=context.now) for row in rows)
    kept = [ledger.add(context, row) for row in approved]
    if kept:
        begin_answer(context, unit, period.id, has_figures=False)
    return kept


def is_all_nil(context: Context, unit: Unit, period: ReportingPeriod) -> bool:
    """Tell whether the unit said of everything that it must answer that there is nothing."""
    rows = rows_of_period(context, unit, period)
    return bool(rows) and not any(row.value for row in rows) and not unanswered(context, unit, period)
