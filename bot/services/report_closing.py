"""A unit's answer to a period: begun, closed with its figures, closed as nothing to report, opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.services.context import Context
from bot.services.periods import submission
from domain.ledger import Submission, SubmissionState
from domain.people import Unit
from domain.periods import is_on_time
from domain.plan import ReportingPeriod
from domain.reminders import period_key
from scheduler.reminding import cancel_reminders


@dataclass(frozen=True, slots=True)
class Closed:
    """The unit's answer to a period; `before` tells that it was closed before and nothing changed."""

    submission: Submission
    before: bool = False


def begin_answer(context: Context, unit: Unit, period_id: int, has_figures: bool) -> None:
    """Note that the unit began to answer a period; one that is closed stays closed.

    Figures that follow a "nothing to report" make it a plain answer.
    """
    fresh = _answer(context, unit.id, period_id, SubmissionState.PARTIAL, nil=False)
    if context.uow.submissions.add_new(fresh, "unit_id", "period_id"):
        return
    known = context.uow.submissions.first(unit_id=unit.id, period_id=period_id)
    if known is not None and known.nil and has_figures:
        context.uow.submissions.change(known.id, nil=False)
        context.audit("submission.figures", "submission", known.id)


def close(
    context: Context, unit: Unit, period: ReportingPeriod, *, nil: bool = False, said_on: date | None = None
) -> Closed:
    """Close a unit's answer to a period: complete, or with `nil` nothing to report.

    Whether it is on time goes by `said_on`, today unless the message lay unread since an earlier day.

    One that is closed already stays as it is. Reminders look at this record and stop; those on their way
    are taken back.
    Source: DESIGN.md section 4, "What answers an obligation".
    """
    on_time = is_on_time(period, said_on or context.today)
    fresh = _answer(context, unit.id, period.id, SubmissionState.CLOSED, nil=nil, on_time=on_time)
    added = context.uow.submissions.add_new(fresh, "unit_id", "period_id")
    if added is None and not _change(context, unit, period, fresh):
        return Closed(_known(context, unit, period), before=True)
    closed = _known(context, unit, period)
    cancel_reminders(context.uow, period_key(period.id, unit.id))
    context.audit("submission.closed", "submission", closed.id, "nil" if nil else "complete")
    return Closed(closed)


def keep_open(context: Context, unit: Unit, period: ReportingPeriod) -> Submission:
    """Note that more will come and return the unit's answer; one that is closed stays closed."""
    begin_answer(context, unit, period.id, has_figures=False)
    return _known(context, unit, period)


def _change(context: Context, unit: Unit, period: ReportingPeriod, fresh: Submission) -> bool:
    where = {"unit_id": unit.id, "period_id": period.id, "state": SubmissionState.PARTIAL}
    changed = context.uow.submissions.change_where(
        where,
        state=fresh.state,
        nil=fresh.nil,
        at=fresh.at,
        on_time=fresh.on_time,
        person_id=fresh.person_id,
    )
    return bool(changed)


def _known(context: Context, unit: Unit, period: ReportingPeriod) -> Submission:
    found = submission(context, unit, period)
    if found is None:
        raise LookupError("an answer that was just written is gone")
    return found


def _answer(
    context: Context,
    unit_id: int,
    period_id: int,
    state: SubmissionState,
    *,
    nil: bool,
    on_time: bool | None = None,
) -> Submission:
    return Submission(unit_id, period_id, state, nil, context.now, on_time, context.person_id)
