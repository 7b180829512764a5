"""The period that a plan's title names: from a month to several years."""

from __future__ import annotations

import re

from bot.planreader.frames import school_frame, year_frame, years_frame
from bot.planreader.masks import without_cited_days
from bot.planreader.periods import month_days, quarter_number
from bot.planreader.words import fold
from domain.plan import PeriodKind, PlanPeriod
from domain.tasks import quarter_days

_DASH = r"\s*(?:-|–|—|den|/)\s*(?:nam )?"
_YEAR = r"\s*(?:/|-|,|\()?\s*(?:nam )?\s*(?P<year>20\d\d)"
_SCHOOL = re.compile(rf"\bnam hoc\s*:?\s*\(?(?P<first>20\d\d){_DASH}(?P<last>20\d\d)")
_RANGE = re.compile(r"(?<!\d)(?P<first>20\d\d)\s*(?:-|–|—|den)\s*(?:nam )?(?P<last>20\d\d)(?!\d)")
_MONTH = re.compile(rf"\bthang\s*(?P<month>\d{{1,2}}){_YEAR}")
_QUARTER = re.compile(rf"\bqu[yi]\s*(?P<quarter>iv|i{{1,3}}|[1-4]){_YEAR}")
_HALF = re.compile(rf"\b(?:0?6|sau) thang (?P<side>dau|cuoi) nam{_YEAR}")
_ONE_YEAR = re.compile(r"\bnam\s*(?P<year>20\d\d)(?!\s*[-–—]\s*\d)")


def period_in(title: str, *, of_school: bool = False) -> PlanPeriod | None:
    """Return the period that a title names, or None.

    Days and terms of cited documents are no period. `of_school` makes "2025-2026" a school year.
    """
    folded = without_cited_days(fold(title))
    school = _SCHOOL.search(folded)
    if school:
        return school_frame(int(school["first"]))
    return _part_of_year(folded) or _of_years(folded, of_school=of_school)


def _part_of_year(folded: str) -> PlanPeriod | None:
    months, quarters = _MONTH.findall(folded), _QUARTER.findall(folded)
    is_range = re.search(r"\bden (?:het )?(?:thang|quy)\b", folded)
    if len(months) == 1 and not is_range and 1 <= int(months[0][0]) <= 12:
        return PlanPeriod(PeriodKind.MONTH, *month_days(int(months[0][1]), int(months[0][0])))
    if len(quarters) == 1 and not months and not is_range:
        number = quarter_number(quarters[0][0])
        return PlanPeriod(PeriodKind.QUARTER, *quarter_days(int(quarters[0][1]), number))
    half = _HALF.search(folded)
    if half:
        first = 1 if half["side"] == "dau" else 3
        year = int(half["year"])
        return PlanPeriod(PeriodKind.HALF, quarter_days(year, first)[0], quarter_days(year, first + 1)[1])
    return None


def _of_years(folded: str, *, of_school: bool) -> PlanPeriod | None:
    single = _ONE_YEAR.findall(folded)
    if single:
        return year_frame(int(single[-1]))
    found = _RANGE.search(folded)
    if not found or not int(found["first"]) < int(found["last"]) <= int(found["first"]) + 10:
        return None
    first, last = int(found["first"]), int(found["last"])
    return school_frame(first) if of_school and last == first + 1 else years_frame(first, last)
