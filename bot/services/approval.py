"""Staff decide on figures: approve, return with a reason, look at the proof; whoever has to know is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.services import ledger
from bot.services.alarms import staff_ids
from bot.services.context import Context
from bot.services.returning import tell_of_return
from domain.errors import InputError, NotFound
from domain.ledger import Evidence, Report, ReportState, SubmissionState
from domain.messages import Media, MediaState
from domain.people import Person, Unit
from domain.plan import Indicator, ReportingPeriod
from messages_vi import approvals
from scheduler.outgoing import notify

LONGEST_REASON = 300
_LOOK, _LOOKED_BY = "approve.look", "approver"
_UNDECIDED = (ReportState.PENDING, ReportState.UNCONFIRMED, ReportState.RETURNED)


@dataclass(frozen=True, slots=True)
class PendingRow:
    """A figure that waits for staff, with what one looks at before deciding.

    `approved_period` and `approved_year` are what of the same indicator is approved already; `replaces` is
    the row that this one corrects.
    """

    report: Report
    indicator: Indicator
    period: ReportingPeriod
    reporter: Person | None
    proofs: tuple[Proof, ...]
    approved_period: int
    approved_year: int
    replaces: Report | None


@dataclass(frozen=True, slots=True)
class Proof:
    """A photo or file tied to a figure."""

    evidence: Evidence
    media: Media


@dataclass(frozen=True, slots=True)
class PendingGroup:
    """One unit's figures that wait for staff, the oldest first."""

    unit: Unit
    rows: tuple[PendingRow, ...]


@dataclass(frozen=True, slots=True)
class InLine:
    """One figure in the line: `left` counts it and those behind it, `same_unit` are all of its unit."""

    unit: Unit
    row: PendingRow
    left: int
    same_unit: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision moved, and the rows that were settled before it, as they stand now."""

    done: tuple[Report, ...]
    before: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A figure sent back, and who was told of it; None when nobody of the unit can be written to."""

    report: Report
    told: Person | None


def pending(context: Context) -> list[PendingGroup]:
    """Return the figures that wait for staff, by unit: the unit added first comes first."""
    return [
        PendingGroup(context.uow.units.get(unit_id), tuple(_with_facts(context, list(of_unit))))
        for unit_id, of_unit in groupby(_line(context), key=lambda row: row.unit_id)
    ]


def next_in_line(context: Context, after: Report | None = None) -> InLine | None:
    """Return the first figure that waits, or the first one behind `after`, decided or not; None at the end.

    The line does not change its order while figures are decided, so one goes on from where one was.
    """
    line = _line(context)
    rest = [row for row in line if after is None or _place(row) > _place(after)]
    if not rest:
        return None
    return _in_line(context, rest[0], line)


def waiting_row(context: Context, report_id: int) -> InLine:
    """Return a figure that waits, as it stands in the line. Raises: NotFound when it waits no more."""
    row = context.uow.reports.first(id=report_id, state=ReportState.PENDING)
    if row is None:
        raise NotFound("reports", report_id)
    return _in_line(context, row, _line(context))


def look(context: Context) -> None:
    """Note that the acting staff member has looked: the next figures to arrive are worth a notice again."""
    context.audit(_LOOK, _LOOKED_BY, context.person_id or 0)


def tell_staff(context: Context, unit: Unit) -> int:
    """Tell staff that figures of `unit` wait, each once until they look again; return how many were told.

    Whoever acts right now knows already. Nobody is told when nothing waits.
    """
    if not context.uow.reports.count(unit_id=unit.id, state=ReportState.PENDING):
        return 0
    others = (person_id for person_id in staff_ids(context) if person_id != context.person_id)
    return sum(_tell(context, unit, person_id) for person_id in others)


def approve(context: Context, report_ids: Iterable[int]) -> Decided:
    """Approve figures and return which; one that is settled already, or taken back, stays as it is.

    The unit is thanked once, when nothing of a closed period waits any more.
    Raises: NotFound for a figure that does not exist.
    Source: DESIGN.md section 6, promise 3.
    """
    decided = [_decide(context, report_id, ReportState.APPROVED) for report_id in dict.fromkeys(report_ids)]
    done = tuple(row for row, moved in decided if moved)
    for unit_id, period_id in dict.fromkeys((row.unit_id, row.period_id) for row in done):
        _thank(context, unit_id, period_id)
    return Decided(done, tuple(row for row, moved in decided if not moved))


def approve_unit(context: Context, unit_id: int, newest_id: int) -> Decided:
    """Approve the unit's figures that wait, up to the one with `newest_id`: what came later was not seen."""
    waiting = context.uow.reports.find(unit_id=unit_id, state=ReportState.PENDING)
    return approve(context, [row.id for row in waiting if row.id <= newest_id])


def return_report(context: Context, report_id: int, reason: str) -> Returned:
    """Send a figure back to its unit with a reason, tell its sender or chair, and return who was told.

    Raises: NotFound when it does not wait for staff any more; InputError `reason-missing` or
    `reason-too-long`.
    """
    said = " ".join(reason.split())
    if not any(sign.isalpha() for sign in said):
        raise InputError("reason-missing")
    if len(said) > LONGEST_REASON:
        raise InputError("reason-too-long", limit=LONGEST_REASON)
    row, moved = _decide(context, report_id, ReportState.RETURNED, said)
    if not moved:
        raise NotFound("reports", report_id)
    return Returned(row, tell_of_return(context, row))


def remove_evidence(context: Context, evidence_id: int) -> None:
    """Take a photo or file away from the figures and make its bytes unreadable.

    Raises: NotFound when it was removed before.
    Source: DESIGN.md section 6, promise 6.
    """
    proof = context.uow.evidence.get(evidence_id)
    context.uow.evidence.delete(id=evidence_id)
    if not context.uow.evidence.count(media_id=proof.media_id):
        context.uow.media.change(
            proof.media_id, state=MediaState.REFUSED, error="removed", expires_at=context.now
        )
    context.audit("evidence.remove", "evidence", evidence_id)


def _line(context: Context) -> list[Report]:
    return sorted(context.uow.reports.find(state=ReportState.PENDING), key=_place)


def _in_line(context: Context, row: Report, line: Sequence[Report]) -> InLine:
    left = sum(_place(one) >= _place(row) for one in line)
    same_unit = tuple(one for one in line if one.unit_id == row.unit_id)
    (facts,) = _with_facts(context, [row])
    return InLine(context.uow.units.get(row.unit_id), facts, left, same_unit)


def _place(row: Report) -> tuple[int, int]:
    return row.unit_id, row.id


def _with_facts(context: Context, rows: Sequence[Report]) -> Iterable[PendingRow]:
    uow = context.uow
    indicators = {one.code: one for one in uow.indicators.find()}
    periods = {one.id: one for one in uow.periods.find()}
    proofs = _proofs(context, {row.batch for row in rows})
    for row in rows:
        period = periods[row.period_id]
        yield PendingRow(
            row,
            indicators[row.indicator],
            period,
            uow.people.first(id=row.reported_by_id) if row.reported_by_id else None,
            tuple(proof for proof in proofs if proof.evidence.batch == row.batch),
            _approved(context, row, period_id=period.id),
            _approved(context, row, year=period.year),
            uow.reports.first(id=row.supersedes_id) if row.supersedes_id else None,
        )


def _approved(context: Context, row: Report, **within: int) -> int:
    found = context.uow.totals.find("id", None, unit_id=row.unit_id, indicator=row.indicator, **within)
    return sum(total.approved for total in found)


def _proofs(context: Context, batches: set[str]) -> list[Proof]:
    evidence = context.uow.evidence.find(batch=batches)
    media = {one.id: one for one in context.uow.media.find(id=[one.media_id for one in evidence])}
    return [Proof(one, media[one.media_id]) for one in evidence]


def _decide(context: Context, report_id: int, state: ReportState, reason: str = "") -> tuple[Report, bool]:
    """Move a waiting figure and return it with True, or as somebody else has left it with False."""
    row = context.uow.reports.get(report_id)
    if row.state is not ReportState.PENDING:
        return row, False
    changes = {"decided_by_id": context.person_id, "decided_at": context.now, "reason": reason}
    try:
        return ledger.move(context, row, state=state, **changes), True
    except NotFound:
        # Somebody was faster by a moment: the row is read again to say who.
        return context.uow.reports.get(report_id), False


def _tell(context: Context, unit: Unit, person_id: int) -> bool:
    last = context.uow.audit.first("-id", record=_LOOKED_BY, record_id=person_id, action=_LOOK)
    person = context.uow.people.get(person_id)
    row = notify(
        context.uow,
        person_id,
        approvals.waiting_notice(person, unit),
        key=f"pending:{person_id}:{last.id if last else 0}",
        now=context.now,
        choices=approvals.waiting_choices(),
    )
    return row is not None


def _thank(context: Context, unit_id: int, period_id: int) -> None:
    uow = context.uow
    answer = uow.submissions.first(unit_id=unit_id, period_id=period_id, state=SubmissionState.CLOSED)
    undecided = uow.reports.count(unit_id=unit_id, period_id=period_id, state=_UNDECIDED)
    if answer is None or answer.person_id is None or undecided:
        return
    sums: dict[str, int] = {}
    for total in uow.totals.find(unit_id=unit_id, period_id=period_id):
        sums[total.indicator] = sums.get(total.indicator, 0) + total.approved
    person, period = uow.people.get(answer.person_id), uow.periods.get(period_id)
    indicators = uow.indicators.find("position")
    text = approvals.thanks(person, uow.units.get(unit_id), period, indicators, sums, context.today)
    notify(uow, person.id, text, key=f"approved:{unit_id}:{period_id}", now=context.now)
