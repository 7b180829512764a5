"""Which plan a document is: the year's, that of a part of it or of several years, or one beside these."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from bot.language.normalise import fold
from bot.planreader.plan_words import words
from domain.plan import PeriodKind, PlanHead, PlanPeriod, YearPlan

_LONGEST = 180


def placed(plan: YearPlan, office_name: str, *, special: bool = False) -> PlanHead:
    """Return the plan's head with its period, and the scope within which a later document replaces it.

    Only a plan of the same period and of a body of the same level is replaced. `special` makes a plan of its
    own of it, known again by its number, else by its title.
    """
    head, period = plan.head, plan.period
    if period is None or period.kind is PeriodKind.YEAR:
        period = head.period if period is None else period
        starts_on = ends_on = None
    else:
        starts_on, ends_on = period.start, period.end
    if special and period.kind is not PeriodKind.SPECIAL:
        period = replace(period, kind=PeriodKind.SPECIAL)
        starts_on, ends_on = period.start, period.end
    fresh = replace(head, year=period.start.year, kind=period.kind, starts_on=starts_on, ends_on=ends_on)
    return replace(fresh, scope=_scope(fresh, office_name))


def same_document(one: PlanHead, other: PlanHead) -> bool:
    """Tell whether two heads are of one document: the same number, for the same days.

    Bodies of two levels may both have issued a 31/KH-LĐLĐ.
    """
    days = (one.period.start, one.period.end) == (other.period.start, other.period.end)
    level = issuer_level(one.issuer) == issuer_level(other.issuer)
    return days and level and bool(one.number) and text_key(one.number) == text_key(other.number)


def issuer_level(name: str) -> str:
    """Return where a body stands ("tỉnh", "cơ sở"), "" for the usual one and for a name that does not say."""
    folded = fold(name)
    return next((level for pattern, level in _levels() if pattern.search(folded)), "")


def text_key(text: str) -> str:
    """Return a text without accents, case and signs."""
    return " ".join(re.findall(r"\w+", fold(text)))


def _scope(head: PlanHead, office_name: str) -> str:
    if head.kind is PeriodKind.SPECIAL:
        return f"special {text_key(head.number) or text_key(head.title)}"[:_LONGEST]
    level = issuer_level(head.issuer)
    ours = not level or level == issuer_level(office_name)
    return f"{_part(head.period)} {'' if ours else level}".strip()


def _part(period: PlanPeriod) -> str:
    if period.kind is PeriodKind.YEAR:
        return ""
    if period.kind is PeriodKind.YEARS:
        return f"years {period.end.year}"
    if period.kind is PeriodKind.SCHOOL_YEAR:
        return "school_year"
    return f"{period.kind.value} {period.start.month}"


@cache
def _levels() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (pair.partition(" = ") for pair in words("issuer_levels"))
    return tuple((re.compile(rf"\b{re.escape(fold(name))}\b"), level) for name, _is, level in pairs)
