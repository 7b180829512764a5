"""Who has answered a reporting period and who has not: what staff ask before they pick up the telephone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.services.context import Context
from bot.services.periods import named_period, period_of, periods_known
from bot.services.units import grassroots_unions
from domain.ledger import ReportState, Submission, SubmissionState
from domain.people import UNIT_ROLES, Membership, Person, Role, Unit
from domain.periods import asked_period
from domain.plan import ReportingPeriod


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who reports for a unit today, the chair before a deputy; `reachable` while a chat can be written to."""

    person: Person
    reachable: bool


@dataclass(frozen=True, slots=True)
class SilentUnit:
    """A unit of which nothing is there. Without a `speaker` nobody has joined; `invited` is then the name
    on the chair's latest unused code, "" where none is known."""

    unit: Unit
    speaker: Speaker | None
    invited: str = ""


@dataclass(frozen=True, slots=True)
class PartialUnit:
    """A unit that has begun: `figures` are approved and pending together, by indicator, without zeros.

    `unconfirmed` are those that were read back and that their sender has not agreed to yet.
    """

    unit: Unit
    figures: Mapping[str, int]
    unconfirmed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClosedUnit:
    """A unit whose answer is complete; `nil` when it said that there is nothing to report."""

    unit: Unit
    on_time: bool
    nil: bool


@dataclass(frozen=True, slots=True)
class Standings:
    """The unions of a period by what is there of each, every list by name; no union stands in two."""

    period: ReportingPeriod
    silent: tuple[SilentUnit, ...]
    partial: tuple[PartialUnit, ...]
    closed: tuple[ClosedUnit, ...]

    @property
    def total(self) -> int:
        """How many unions there are."""
        return len(self.silent) + len(self.partial) + len(self.closed)

    @property
    def late(self) -> int:
        """How many closed after the due day."""
        return sum(not one.on_time for one in self.closed)


def period_in_question(context: Context, quarter: int | None = None) -> ReportingPeriod | None:
    """Return the period that a question about all units means, or None.

    That is the quarter named, its latest that has begun; else the one past its cut-off that still takes
    figures, whoever has closed it; else today's.
    Source: DESIGN.md section 4, "Which period".
    """
    if quarter is not None:
        return named_period(context, quarter)
    asked = asked_period(periods_known(context), context.today, (), context.office.period_rule)
    return asked or period_of(context, context.today)


def standing_of_units(context: Context, period: ReportingPeriod) -> Standings:
    """Return how each grassroots union of today stands in `period`, silent, partial or closed, by name.

    A union that began after the period's cut-off is left out: nothing was asked of it.
    Source: DESIGN.md section 4, "What answers an obligation".
    """
    unions = [one for one in grassroots_unions(context) if _was_asked(one, period)]
    answers = {one.unit_id: one for one in context.uow.submissions.find(period_id=period.id)}
    figures, drafts = _figures(context, period), _unconfirmed(context, period)
    closed = [_closed(unit, answers[unit.id]) for unit in unions if _is_closed(answers.get(unit.id))]
    open_ones = [unit for unit in unions if not _is_closed(answers.get(unit.id))]
    begun = [unit for unit in open_ones if unit.id in answers or figures.get(unit.id) or drafts.get(unit.id)]
    silent = [unit for unit in open_ones if unit not in begun]
    speakers, invited = _speakers(context), _invited(context)
    return Standings(
        period,
        tuple(SilentUnit(unit, speakers.get(unit.id), invited.get(unit.id, "")) for unit in silent),
        tuple(PartialUnit(unit, figures.get(unit.id, {}), drafts.get(unit.id, {})) for unit in begun),
        tuple(closed),
    )


def _was_asked(unit: Unit, period: ReportingPeriod) -> bool:
    return unit.valid_from is None or unit.valid_from <= period.cutoff_on


def _is_closed(answer: Submission | None) -> bool:
    return answer is not None and answer.state is SubmissionState.CLOSED


def _closed(unit: Unit, answer: Submission) -> ClosedUnit:
    return ClosedUnit(unit, answer.on_time is not False, answer.nil)


def _figures(context: Context, period: ReportingPeriod) -> Mapping[int, Mapping[str, int]]:
    """Return what each unit reported in the period, read at once: an office has hundreds of units."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for total in context.uow.totals.find(period_id=period.id):
        of_unit = found[total.unit_id]
        of_unit[total.indicator] = of_unit.get(total.indicator, 0) + total.approved + total.pending
    return {unit_id: {code: value for code, value in one.items() if value} for unit_id, one in found.items()}


def _unconfirmed(context: Context, period: ReportingPeriod) -> Mapping[int, Mapping[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in context.uow.reports.find(period_id=period.id, state=ReportState.UNCONFIRMED):
        if row.value:
            found[row.unit_id][row.indicator] = found[row.unit_id].get(row.indicator, 0) + row.value
    return found


def _speakers(context: Context) -> dict[int, Speaker]:
    held = [one for one in context.uow.memberships.find(role=UNIT_ROLES) if one.holds_on(context.today)]
    chosen = {one.unit_id: one for one in sorted(held, key=_precedence)}
    ids = {one.person_id for one in chosen.values()}
    people = {one.id: one for one in context.uow.people.find(id=ids)}
    reachable = {one.person_id for one in context.uow.queries.active_contacts(sorted(ids))}
    return {
        unit_id: Speaker(people[one.person_id], one.person_id in reachable) for unit_id, one in chosen.items()
    }


def _precedence(held: Membership) -> tuple[bool, int]:
    # The last of a unit wins: a chair over a deputy, then whoever was entered later.
    return held.role is Role.CHAIR, held.id


def _invited(context: Context) -> dict[int, str]:
    unused = context.uow.invites.find(role=Role.CHAIR, used_at=None)
    return {one.unit_id: one.person_name for one in unused if one.unit_id and one.person_name}
