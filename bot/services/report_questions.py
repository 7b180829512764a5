"""What is odd about a draft: one question at a time, until each was answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.services.context import Context
from bot.services.open_questions import batches_in_question
from bot.services.periods import periods_known
from bot.services.report_lines import indicators_known
from bot.services.reporting import Draft
from domain.checks import Claim, Doubt, DoubtKind, PlausibilityLimits, doubts
from domain.ledger import Report
from domain.plan import Indicator, Measure, ReportingPeriod

MOST_EVENTS = 30
"""More enterprises, agreements, conferences or dialogues than this in one figure are asked about."""


class QuestionKind(StrEnum):
    """What is asked about one row of a draft."""

    FUTURE_DATE = "future_date"
    OLD_DATE = "old_date"
    TOO_MANY = "too_many"
    REPEATED = "repeated"  # the same figure stands in the period already
    SECOND = "second"  # an earlier message of the draft gave another figure: more, or instead?


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one row; `earlier` is the row that it may repeat or replace."""

    kind: QuestionKind
    row: Report
    limit: int | None = None
    earlier: Report | None = None

    @property
    def key(self) -> str:
        """What is noted once the question was answered."""
        return f"{self.row.id}:{self.kind.value}"


_ASKED = {
    DoubtKind.FUTURE_DATE: QuestionKind.FUTURE_DATE,
    DoubtKind.OLD_DATE: QuestionKind.OLD_DATE,
    DoubtKind.TOO_MANY: QuestionKind.TOO_MANY,
    DoubtKind.REPEATED: QuestionKind.REPEATED,
}


@dataclass(frozen=True, slots=True)
class _Facts:
    context: Context
    draft: Draft
    indicators: dict[str, Indicator]
    periods: Mapping[int, ReportingPeriod]
    earlier: Sequence[Report]


def next_question(context: Context, draft: Draft, settled: Collection[str]) -> Question | None:
    """Return the first question about the draft whose key is not in `settled`, oldest row first; or None."""
    if not draft.rows:
        return None
    facts = _facts(context, draft)
    found = (one for row in draft.rows for one in _questions(facts, row))
    return next((one for one in found if one.key not in settled), None)


def already_counted(context: Context, draft: Draft) -> tuple[Report, ...]:
    """Return the rows of the draft that are kept as a further event but do not raise the year's count."""
    facts = _facts(context, draft)
    return tuple(
        row
        for row in draft.rows
        if any(doubt.kind is DoubtKind.ALREADY_COUNTED for doubt in _doubts(facts, row))
    )


def _facts(context: Context, draft: Draft) -> _Facts:
    # Around the year's end a draft may hold figures of two plan years: each row is held against its own.
    periods = {one.id: one for one in periods_known(context)}
    years = {periods[row.period_id].year for row in draft.rows}
    of_years = [one.id for one in periods.values() if one.year in years]
    own = {row.id for row in draft.rows} | {row.supersedes_id for row in draft.rows}
    rows = context.uow.reports.find(unit_id=draft.unit.id, period_id=of_years)
    in_question = batches_in_question(context)
    earlier = [row for row in rows if row.id not in own and row.batch not in in_question]
    return _Facts(context, draft, indicators_known(context), periods, earlier)


def _questions(facts: _Facts, row: Report) -> Iterator[Question]:
    for doubt in _doubts(facts, row):
        kind = _ASKED.get(doubt.kind)
        if kind is QuestionKind.REPEATED and row.supersedes_id is not None:
            continue
        if kind is not None:
            yield Question(kind, row, doubt.limit, doubt.earlier)
    yield from _within_draft(facts.draft, row)


def _doubts(facts: _Facts, row: Report) -> tuple[Doubt, ...]:
    indicator = facts.indicators[row.indicator]
    claim = Claim(indicator, row.value, facts.draft.unit, row.period_id, row.happened_on, row.subject)
    year = facts.periods[row.period_id].year
    begins = min(one.starts_on for one in facts.periods.values() if one.year == year)
    earlier = [one for one in facts.earlier if facts.periods[one.period_id].year == year]
    return doubts(claim, facts.context.today, begins, earlier, _limits(facts))


def _limits(facts: _Facts) -> PlausibilityLimits:
    events = (one.code for one in facts.indicators.values() if one.measure is not Measure.SUM)
    return PlausibilityLimits(dict.fromkeys(events, MOST_EVENTS), facts.context.office.max_count)


def _within_draft(draft: Draft, row: Report) -> Iterator[Question]:
    for other in draft.rows:
        if other.id < row.id and _same_thing(other, row):
            kind = QuestionKind.REPEATED if other.value == row.value else QuestionKind.SECOND
            yield Question(kind, row, earlier=other)
            return


def _same_thing(other: Report, row: Report) -> bool:
    """Tell whether two messages of one draft may speak of the same event."""
    same = (other.indicator, other.subject, other.place) == (row.indicator, row.subject, row.place)
    days = {other.happened_on, row.happened_on}
    return (
        same
        and other.message_id != row.message_id
        and other.value > 0
        and row.value > 0
        and (None in days or len(days) == 1)
    )
