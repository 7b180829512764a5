"""What plans and their periods are called, the same in chat, in reminders and on the command line."""

from __future__ import annotations

from datetime import date

from domain.plan import PeriodKind, PlanHead, PlanPeriod
from messages_vi.catalogue import Marked, _, join, mark
from messages_vi.formats import day

_ROMAN = ("I", "II", "III", "IV")


def period_name(period: PlanPeriod) -> Marked:
    """Return a plan's period as people say it: "năm 2024", "tháng 10/2025", "năm học 2025-2026"."""
    first, last = str(period.start.year), str(period.end.year)
    if period.kind is PeriodKind.MONTH:
        return _("month {month}/{year}", month=str(period.start.month), year=first)
    if period.kind is PeriodKind.QUARTER:
        return _("quarter {quarter}/{year}", quarter=_ROMAN[period.start.month // 3], year=first)
    if period.kind is PeriodKind.HALF:
        half = mark("the first half of {year}")
        return _(half if period.start.month == 1 else mark("the second half of {year}"), year=first)
    if period.kind is PeriodKind.SCHOOL_YEAR:
        return _("school year {first}-{last}", first=first, last=last)
    if period.kind is PeriodKind.YEARS:
        return _("years {first}-{last}", first=first, last=last)
    if period.kind is PeriodKind.SPECIAL:
        return _("special subject of {year}", year=first)
    return _("year {year}", year=first)


def plan_label(head: PlanHead) -> Marked:
    """Return which plan it is, without its number: kế hoạch năm 2024, kế hoạch tháng 10/2024."""
    if head.kind is PeriodKind.SPECIAL:
        if not head.title:
            return _("a plan of its own of {year}", year=str(head.year))
        return _("the plan “{title}”", title=_shortened(head.title))
    named = _("the plan of {period}", period=period_name(head.period))
    if head.kind is PeriodKind.YEAR and head.scope and head.issuer:
        return _("{plan} of {issuer}", plan=named, issuer=head.issuer)
    return named


def plan_line(head: PlanHead) -> Marked:
    """Return a plan with its number, its day and the days it is for."""
    issued = _("dated {day}", day=full_day(head.date)) if head.date is not None else ""
    number = _("number {number}", number=head.number) if head.number else ""
    first, last = full_day(head.period.start), full_day(head.period.end)
    days = _("({start} – {end})", start=first, end=last)
    return join([join(filter(None, (plan_label(head), number, issued)), ", "), days], " ")


def full_day(value: date) -> str:
    """Return a day with its year: 28/9/2024."""
    return f"{day(value)}/{value.year}"


def _shortened(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0].rstrip(",;:") + "…"
