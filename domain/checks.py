"""What makes a figure doubtful: asked about before it is stored, never refused.

A doubt is a question to put to the sender, with the figures that the question needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from domain.ledger import Report, ReportState
from domain.people import Unit
from domain.plan import Indicator, Measure

_DEAD = frozenset({ReportState.RETURNED, ReportState.WITHDRAWN})


class DoubtKind(StrEnum):
    """What is odd about a figure, in the order in which doubts are returned."""

    WRONG_KIND = "wrong_kind"  # the indicator is not counted for this kind of unit
    FUTURE_DATE = "future_date"
    OLD_DATE = "old_date"  # before the plan year, or about a year ago and more
    TOO_MANY = "too_many"  # more persons than can be outside the union, or beyond the indicator's limit
    REPEATED = "repeated"  # the same figure stands in the same period already
    ALREADY_COUNTED = "already_counted"  # kept, but this enterprise counts once a year


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to ask back; `limit` comes with TOO_MANY, `earlier` with the last two kinds."""

    kind: DoubtKind
    limit: int | None = None
    earlier: Report | None = None


@dataclass(frozen=True, slots=True)
class PlausibilityLimits:
    """From where on a figure is asked about.

    `absolute` holds the most that one message may say of an indicator by its code, `default` that of all
    others; for persons they matter only where the unit's workers are not known. `oldest_days` is how far
    back an event may lie.
    """

    absolute: Mapping[str, int] = field(default_factory=dict)
    default: int = 200
    oldest_days: int = 366


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure about to be stored. `subject` is as in Report: "" is the unit itself."""

    indicator: Indicator
    value: int
    unit: Unit
    period_id: int
    happened_on: date | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a figure is held against."""

    today: date
    year_starts_on: date
    earlier: Sequence[Report]
    limits: PlausibilityLimits


def doubts(
    claim: Claim,
    today: date,
    year_starts_on: date,
    earlier: Sequence[Report],
    limits: PlausibilityLimits,
) -> tuple[Doubt, ...]:
    """Return what is odd about `claim`, at most one doubt of a kind, in the order of DoubtKind.

    `today` is the civil day; `year_starts_on` the first day of the plan year's first period. `earlier` are
    the unit's rows of the plan year in any state, without the draft's own rows and the one it corrects;
    returned and withdrawn rows are passed over. A figure of zero repeats nothing.
    Source: DESIGN.md section 3, the table of measures; Labour Code 2019 art. 63 for the yearly dialogue.
    """
    facts = _Facts(today, year_starts_on, _alike(claim, earlier), limits)
    found = (check(claim, facts) for check in _CHECKS)
    return tuple(doubt for doubt in found if doubt is not None)


def _alike(claim: Claim, earlier: Sequence[Report]) -> tuple[Report, ...]:
    """Return the live rows of the same indicator, unit and enterprise that say more than nil."""
    what = (claim.indicator.code, claim.unit.id, claim.subject)
    return tuple(
        row
        for row in earlier
        if (row.indicator, row.unit_id, row.subject) == what and row.state not in _DEAD and row.value > 0
    )


def _wrong_kind(claim: Claim, facts: _Facts) -> Doubt | None:
    odd = claim.value > 0 and claim.unit.kind not in claim.indicator.kinds
    return Doubt(DoubtKind.WRONG_KIND) if odd else None


def _future_date(claim: Claim, facts: _Facts) -> Doubt | None:
    odd = claim.happened_on is not None and claim.happened_on > facts.today
    return Doubt(DoubtKind.FUTURE_DATE) if odd else None


def _old_date(claim: Claim, facts: _Facts) -> Doubt | None:
    oldest = max(facts.year_starts_on, facts.today - timedelta(days=facts.limits.oldest_days))
    odd = claim.happened_on is not None and claim.happened_on < oldest
    return Doubt(DoubtKind.OLD_DATE) if odd else None


def _too_many(claim: Claim, facts: _Facts) -> Doubt | None:
    limit = _most(claim, facts.limits)
    return Doubt(DoubtKind.TOO_MANY, limit=limit) if claim.value > limit else None


def _most(claim: Claim, limits: PlausibilityLimits) -> int:
    counts_persons = claim.indicator.measure is Measure.SUM
    workers, members = claim.unit.workers, claim.unit.members
    if counts_persons and workers is not None:
        # Only who is no member yet can be admitted; some leave meanwhile, so a quarter is believed anyway.
        return workers if members is None else max(workers - members, workers // 4)
    return limits.absolute.get(claim.indicator.code, limits.default)


def _repeated(claim: Claim, facts: _Facts) -> Doubt | None:
    for row in facts.earlier:
        same_figure = row.value == claim.value and row.period_id == claim.period_id
        if same_figure and (
            None in (row.happened_on, claim.happened_on) or row.happened_on == claim.happened_on
        ):
            return Doubt(DoubtKind.REPEATED, earlier=row)
    return None


def _already_counted(claim: Claim, facts: _Facts) -> Doubt | None:
    once_a_year = claim.indicator.measure is not Measure.SUM and claim.value > 0
    if not (once_a_year and facts.earlier):
        return None
    return Doubt(DoubtKind.ALREADY_COUNTED, earlier=facts.earlier[0])


_CHECKS: tuple[Callable[[Claim, _Facts], Doubt | None], ...] = (
    _wrong_kind,
    _future_date,
    _old_date,
    _too_many,
    _repeated,
    _already_counted,
)
