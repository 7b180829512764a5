"""Reporting periods: when they run, and which of them a figure belongs to."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import InputError
from domain.plan import ReportingPeriod
from domain.tasks import quarter_of

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """How the office cuts the year (quy định kỳ báo cáo): days of the quarter's last month.

    Events count up to `cutoff_day`; the answer is due on the first `due_day` from then on (a due day below
    the cut-off day lies in the next month). For `grace_days` after that, figures still go to the period.
    Days past a month's end mean its last day: a cut-off of 31 gives calendar quarters.

    Raises: InputError `period_rule` for days outside 1 to 31 or a negative grace.
    Source: DESIGN.md section 4; Decree 09/2019/ND-CP for the 15th-to-14th habit.
    """

    cutoff_day: int = 14
    due_day: int = 20
    grace_days: int = 5

    def __post_init__(self) -> None:
        if not (1 <= self.cutoff_day <= 31 and 1 <= self.due_day <= 31 and self.grace_days >= 0):
            raise InputError("period_rule", cutoff_day=self.cutoff_day, due_day=self.due_day)


class PeriodReason(StrEnum):
    """Why a figure goes to a period; the bot says so unless it is obvious."""

    OBVIOUS = "obvious"  # the period of the message, by date or for want of any other
    ASKED = "asked"  # no date, and the unit is being asked for this one
    DATE = "date"  # its date lies in another period than the message's, still open
    AFTER_CUTOFF = "after_cutoff"  # it happened after its calendar quarter's cut-off: the next period
    LOCKED = "locked"  # its own period is over: the period of the message
    OUTSIDE = "outside"  # in no known period: a person decides


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """The period a figure goes to, and why; `period` is None for OUTSIDE only.

    `instead_of` is the period the sender may have thought of: the calendar quarter's for AFTER_CUTOFF, the
    one that is over for LOCKED.
    """

    period: ReportingPeriod | None
    why: PeriodReason
    instead_of: ReportingPeriod | None = None


def periods_of_year(year: int, rule: PeriodRule) -> tuple[ReportingPeriod, ...]:
    """Return the year's four periods in order, without ids; together they leave no day out.

    Source: DESIGN.md section 3.
    """
    return tuple(_period(year, number, rule) for number in range(1, 5))


def _period(year: int, number: int, rule: PeriodRule) -> ReportingPeriod:
    before = _cutoff(year - 1, 4, rule) if number == 1 else _cutoff(year, number - 1, rule)
    return ReportingPeriod(
        year, number, before + _ONE_DAY, _cutoff(year, number, rule), _due(year, number, rule)
    )


def _cutoff(year: int, number: int, rule: PeriodRule) -> date:
    return _clamped(year, 3 * number, rule.cutoff_day)


def _due(year: int, number: int, rule: PeriodRule) -> date:
    month = 3 * number + (rule.due_day < rule.cutoff_day)
    return _clamped(year, month, rule.due_day) if month <= 12 else _clamped(year + 1, 1, rule.due_day)


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def period_containing(day: date, periods: Sequence[ReportingPeriod]) -> ReportingPeriod | None:
    """Return the period in which events of `day` count, None when it is not among `periods`.

    Source: DESIGN.md section 4.
    """
    return next((one for one in periods if one.starts_on <= day <= one.cutoff_on), None)


def is_on_time(period: ReportingPeriod, day: date) -> bool:
    """Tell whether an answer given on the civil day `day` is on time (đúng hạn).

    Source: DESIGN.md section 3.
    """
    return day <= period.due_on


def is_over(period: ReportingPeriod, day: date, rule: PeriodRule) -> bool:
    """Tell whether on `day` the period takes no more figures: due day and days of grace have passed.

    Source: DESIGN.md section 4.
    """
    return day > period.due_on + timedelta(days=rule.grace_days)


def asked_period(
    periods: Sequence[ReportingPeriod], today: date, closed_ids: Collection[int], rule: PeriodRule
) -> ReportingPeriod | None:
    """Return the period a unit is being asked for on `today`, the oldest first; None when there is none.

    That is one past its cut-off, not closed by this unit (`closed_ids`), and not over.
    Source: DESIGN.md section 4.
    """
    waiting = (
        one
        for one in periods
        if one.cutoff_on < today and one.id not in closed_ids and not is_over(one, today, rule)
    )
    return min(waiting, key=lambda one: one.due_on, default=None)


def choose_period(
    happened_on: date | None,
    sent_on: date,
    periods: Sequence[ReportingPeriod],
    asked: ReportingPeriod | None,
    closed_ids: Collection[int],
    rule: PeriodRule,
) -> PeriodChoice:
    """Return the period of a figure and why.

    `happened_on` is the event's civil day, None when not said; `sent_on` the message's; `periods` those of
    all known plan years. A figure with a date follows its date, also into a period that the unit has closed
    (`closed_ids`): closing says "complete", it does not lock. A figure without one goes to `asked` unless
    that is closed, else to the period of the message. A period that is over takes nothing more.
    Source: DESIGN.md section 4, "Which period".
    """
    current = period_containing(sent_on, periods)
    if happened_on is not None:
        choice = _by_date(happened_on, current, periods)
    elif asked is not None and asked != current and asked.id not in closed_ids:
        choice = PeriodChoice(asked, PeriodReason.ASKED)
    else:
        choice = _of_message(current, PeriodReason.OBVIOUS)
    if choice.period is not None and is_over(choice.period, sent_on, rule):
        return _of_message(current, PeriodReason.LOCKED, instead_of=choice.period)
    return choice


def _of_message(
    current: ReportingPeriod | None, why: PeriodReason, instead_of: ReportingPeriod | None = None
) -> PeriodChoice:
    if current is None:
        return PeriodChoice(None, PeriodReason.OUTSIDE)
    return PeriodChoice(current, why, instead_of)


def _by_date(day: date, current: ReportingPeriod | None, periods: Sequence[ReportingPeriod]) -> PeriodChoice:
    period = period_containing(day, periods)
    if period is None:
        return PeriodChoice(None, PeriodReason.OUTSIDE)
    quarter = (day.year, quarter_of(day))
    if (period.year, period.number) != quarter:
        thought_of = next((one for one in periods if (one.year, one.number) == quarter), None)
        return PeriodChoice(period, PeriodReason.AFTER_CUTOFF, thought_of)
    return PeriodChoice(period, PeriodReason.OBVIOUS if period == current else PeriodReason.DATE)
