"""From what a line says to the rows that it makes: which count, in which period, for which enterprise."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.language.normalise import fold
from bot.services import periods
from bot.services.context import Context
from bot.services.report_privacy import masked
from domain.ledger import Report, ReportState
from domain.people import Unit
from domain.periods import PeriodChoice, choose_period
from domain.plan import Indicator, Measure, ReportingPeriod
from domain.understanding import Item

LARGEST = 1_000_000
"""What no unit can report: a number beyond it was not a count."""
LIVE = (ReportState.UNCONFIRMED, ReportState.PENDING, ReportState.APPROVED)

_TYPE_WORDS = re.compile(r"\b(?:cong doan|cdcs|cong ty|cty|tnhh|truong|tram|doanh nghiep|dn)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """What one message says, about to become rows.

    `batch` is used unless a draft of the chat is open; `zeros` are indicators said to be nil; `quarter` is
    the one the line names; `period_id` is set by a form that asks for one period.
    """

    batch: str
    chat_id: str
    message_id: str
    text: str
    items: tuple[Item, ...] = ()
    zeros: tuple[str, ...] = ()
    quarter: int | None = None
    period_id: int | None = None


class Refused(StrEnum):
    """Why an item of a line did not become a row."""

    WRONG_KIND = "wrong_kind"  # this kind of unit does not count towards it
    OUTSIDE = "outside"  # in no known period: a person decides
    UNKNOWN = "unknown"  # no such indicator
    NOT_A_COUNT = "not_a_count"  # too large for anything, or below zero


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that did not become a row, and why."""

    item: Item
    why: Refused


@dataclass(frozen=True, slots=True)
class Placed:
    """A row, the period it goes to and why."""

    row: Report
    choice: PeriodChoice


def indicators_known(context: Context) -> dict[str, Indicator]:
    """Return every indicator by its code, in the order in which they are asked for."""
    return {one.code: one for one in context.uow.indicators.find("position")}


def required(context: Context, unit: Unit) -> list[Indicator]:
    """Return the indicators that a unit of this kind must answer in every period, in asking order.

    Source: DESIGN.md section 4: a school is not asked for agreements.
    """
    return [one for one in indicators_known(context).values() if unit.kind in one.required_kinds]


def rows_of_period(context: Context, unit: Unit, period: ReportingPeriod) -> list[Report]:
    """Return the unit's living rows of a period, unconfirmed ones too, oldest first."""
    return context.uow.reports.find(unit_id=unit.id, period_id=period.id, state=LIVE)


def unanswered(context: Context, unit: Unit, period: ReportingPeriod) -> list[Indicator]:
    """Return the required indicators of which the unit has said nothing in the period, in asking order."""
    answered = {row.indicator for row in rows_of_period(context, unit, period)}
    return [one for one in required(context, unit) if one.code not in answered]


def placed(context: Context, unit: Unit, line: Line, batch: str) -> list[Placed | Refusal]:
    """Return the rows that a line makes in `batch`, not stored yet, or why an item makes none.

    Items come first, in their order, then a row of zero for each nil of which nothing was said before.
    """
    known = indicators_known(context)
    items = (*line.items, *_nil_items(context, unit, line, known))
    return [_placed(context, unit, line, batch, known, item) for item in items]


def period_choice(
    context: Context, unit: Unit, item: Item, quarter: int | None = None, period_id: int | None = None
) -> PeriodChoice:
    """Return the period of an item and why: by its date, the quarter named, the form's or the one asked.

    Source: DESIGN.md section 4, "Which period".
    """
    known = periods.periods_known(context)
    formed = next((one for one in known if one.id == period_id), None)
    meant = periods.named_period(context, quarter) or formed
    closed = periods.closed_ids(context, unit.id) - ({meant.id} if meant else set())
    asked = meant or periods.asked_for(context, unit)
    return choose_period(item.on, context.today, known, asked, closed, context.office.period_rule)


def subject_of(unit: Unit, indicator: Indicator, place: str | None) -> str:
    """Return which enterprise an event counts for: "" for the unit itself, else the folded name."""
    if not place or indicator.measure is Measure.SUM:
        return ""
    named, own = _bare_name(place), _bare_name(unit.name)
    return "" if not named or named in own or own in named else named[:300]


def _placed(
    context: Context, unit: Unit, line: Line, batch: str, known: Mapping[str, Indicator], item: Item
) -> Placed | Refusal:
    indicator = known.get(item.indicator)
    if indicator is None:
        return Refusal(item, Refused.UNKNOWN)
    if not 0 <= item.value <= LARGEST:
        return Refusal(item, Refused.NOT_A_COUNT)
    if item.value and unit.kind not in indicator.kinds:
        return Refusal(item, Refused.WRONG_KIND)
    choice = period_choice(context, unit, item, line.quarter, line.period_id)
    if choice.period is None:
        return Refusal(item, Refused.OUTSIDE)
    blank = _blank(context, unit, line, batch)
    return Placed(filled(blank, unit, indicator, item, choice.period), choice)


def filled(blank: Report, unit: Unit, indicator: Indicator, item: Item, period: ReportingPeriod) -> Report:
    """Return `blank` with the figure of `item` in it."""
    return replace(
        blank,
        indicator=indicator.code,
        value=item.value,
        period_id=period.id,
        happened_on=item.on,
        women=item.women,
        place=masked(item.place or ""),
        subject=subject_of(unit, indicator, item.place),
        people=item.people if (item.people or 0) <= LARGEST else None,
    )


def _blank(context: Context, unit: Unit, line: Line, batch: str) -> Report:
    return Report(
        indicator="",
        value=0,
        unit_id=unit.id,
        period_id=0,
        state=ReportState.UNCONFIRMED,
        batch=batch,
        created_at=context.now,
        raw_text=masked(line.text),
        account=context.account,
        chat_id=line.chat_id,
        message_id=line.message_id,
        reported_by_id=context.person_id,
    )


def _nil_items(context: Context, unit: Unit, line: Line, known: Mapping[str, Indicator]) -> Sequence[Item]:
    named = {item.indicator for item in line.items}
    wanted = [
        Item(code, 0)
        for code in dict.fromkeys(line.zeros)
        if code in known and code not in named and unit.kind in known[code].kinds
    ]
    return [item for item in wanted if not _is_answered(context, unit, item, line)]


def _is_answered(context: Context, unit: Unit, item: Item, line: Line) -> bool:
    period = period_choice(context, unit, item, line.quarter, line.period_id).period
    if period is None:
        return False
    return any(row.indicator == item.indicator for row in rows_of_period(context, unit, period))


def _bare_name(name: str) -> str:
    return " ".join(_TYPE_WORDS.sub(" ", fold(name)).split())
