"""The pieces of a time phrase: each date, month, quarter, half or whole year that it names."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.tasks import quarter_days

_QUARTER_NAMES = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4}
_DAYS_OF_THIRD = 10

_YEAR = r"(?:\s*(?:/|-|,? ?\(?(?:cua )?nam(?: ke hoach)?)?\s*(?P<{name}>(?:19|20)\d\d))?"
_QUARTER = r"(?:iii|ii|iv|i|[1-4]|mot|hai|ba|bon|tu(?=\s*(?:$|[/,.;)]|nam)))(?![a-z])"
_AND = r"\s*(?:,|;|&|\+|va|-|–|—|den|toi)\s*"
_SHAPES = re.compile(
    "|".join(
        (
            r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<day_month>\d{1,2})(?:\s*[/.-]\s*(?P<day_year>\d{4}))?(?![\d/])",
            r"(?P<said_day>\d{1,2})\s*thang\s*(?P<said_month>\d{1,2})(?!\d)" + _YEAR.format(name="said_year"),
            rf"(?:qu[iy]|q\.?)\s*(?P<quarters>{_QUARTER}(?:{_AND}(?:qu[iy]\s*)?{_QUARTER})*)"
            + _YEAR.format(name="quarter_year"),
            r"(?P<count>\d{1,2}) thang (?P<side>dau|cuoi)(?: cua)? nam" + _YEAR.format(name="side_year"),
            r"(?P<part>dau|giua|cuoi|het) nam" + _YEAR.format(name="part_year"),
            rf"thang\s*(?P<months>\d{{1,2}}(?:{_AND}\d{{1,2}}(?!\d|/\d{{1,2}}(?!\d)| thang))*)(?!\d)"
            + _YEAR.format(name="month_year"),
            r"(?P<workers>thang cong nhan)" + _YEAR.format(name="workers_year"),
            r"(?:nam(?: hoc)?|giai doan|nhiem ky)\s*(?P<from_year>\d{4})"
            r"(?:\s*[-–—]\s*(?:nam )?(?P<to_year>\d{4}))?",
            r"(?P<whole>(?:ca|trong|toan) nam(?: nay)?\b)",
            r"(?P<now>\bnay\b|\bngay (?:ky|ban hanh)\b)",
        )
    )
)
_YEARS = ("day_year", "said_year", "quarter_year", "side_year", "part_year", "month_year", "workers_year")
_ENUMERATES = re.compile(r"[,;&+]|va")
_SHARED_MONTH = re.compile(
    r"(?<![\d/.])(?<!thang )(?<!quy )(?P<day>\d{1,2})(?P<to>\s*(?:-|–|den|toi|va|,)\s*(?:ngay\s*)?\d{1,2})"
    r"(?P<rest>\s*(?:/\s*\d{1,2}(?!\d)(?:\s*/\s*\d{4})?|thang\s*\d{1,2}(?:\s*nam\s*\d{4})?))"
)


@dataclass(frozen=True, slots=True)
class Period:
    """One piece: its days, where it stands in the folded phrase, and whether its year was written."""

    start: date
    end: date
    span: tuple[int, int]
    has_year: bool

    def moved_to(self, year: int) -> Period:
        """Return the same piece in another year; 29 February becomes the 28th where there is none."""
        shift = year - self.start.year
        return replace(self, start=_in_year(self.start, shift), end=_in_year(self.end, shift))


def periods_in(folded: str, year: int, issued: date | None) -> list[Period]:
    """Return the pieces of a folded phrase in their order; those without a year get `year`.

    `issued` is what "từ nay" means. A whole year beside finer pieces only says which year is meant, and is
    left out. Raises: ValueError for a day or month that does not exist.
    """
    found = [
        _qualified(folded, Period(*window, match.span(), has_year))
        for match in _SHAPES.finditer(folded)
        for window, has_year in _windows(match, year, issued or date(year, 1, 1))
    ]
    fine = [period for period in found if not _is_frame(folded, period)]
    return fine or found


def spelt_out(folded: str) -> str:
    """Return the phrase with the month written after each day: "01 đến 31/5" names 01/5 and 31/5."""
    return _SHARED_MONTH.sub(r"\g<day>\g<rest>\g<to>\g<rest>", folded)


def month_days(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month. Raises: ValueError for a thirteenth."""
    first = date(year, month, 1)
    return first, first.replace(day=monthrange(year, month)[1])


def _is_frame(folded: str, period: Period) -> bool:
    is_year = (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31)
    ends_a_range = re.search(r"(?:den|toi|het|-|–)\s*$", folded[: period.span[0]])
    return is_year and not ends_a_range and not re.match("het|qu|q", folded[period.span[0] :])


def _windows(match: re.Match[str], year: int, issued: date) -> Iterator[tuple[tuple[date, date], bool]]:
    part = match.groupdict()
    written = next((int(part[name]) for name in _YEARS if part[name]), None)
    year = written or year
    if part["day"] or part["said_day"]:
        day = date(year, int(part["day_month"] or part["said_month"]), int(part["day"] or part["said_day"]))
        yield (day, day), written is not None
    elif part["now"]:
        yield (issued, issued), True
    elif part["from_year"]:
        last = int(part["to_year"] or part["from_year"])
        yield (date(int(part["from_year"]), 1, 1), date(last, 12, 31)), True
    elif part["whole"]:
        yield (date(year, 1, 1), date(year, 12, 31)), False
    else:
        for window in _stretches(part, year):
            yield window, written is not None


def _stretches(part: dict[str, str | None], year: int) -> Iterator[tuple[date, date]]:
    if part["count"]:
        yield _side_of_year(int(part["count"]), part["side"] == "dau", year)
    elif part["part"]:
        yield _part_of_year(part["part"], year)
    else:
        words, shape = (part["quarters"], _QUARTER) if part["quarters"] else (part["months"] or "5", r"\d+")
        days_of = _quarter_named if part["quarters"] else _month_named
        for stretch in _ENUMERATES.split(words):
            named = re.findall(shape, stretch)
            yield days_of(year, named[0])[0], days_of(year, named[-1])[1]


def _quarter_named(year: int, word: str) -> tuple[date, date]:
    return quarter_days(year, int(word) if word.isdigit() else _QUARTER_NAMES[word])


def _month_named(year: int, word: str) -> tuple[date, date]:
    return month_days(year, int(word))


def _side_of_year(count: int, at_start: bool, year: int) -> tuple[date, date]:
    first, last = (1, count) if at_start else (13 - count, 12)
    return month_days(year, first)[0], month_days(year, last)[1]


def _part_of_year(part: str, year: int) -> tuple[date, date]:
    if part == "het":
        return date(year, 1, 1), date(year, 12, 31)
    if part == "giua":
        return quarter_days(year, 2)[0], quarter_days(year, 3)[1]
    return quarter_days(year, 1 if part == "dau" else 4)


def _qualified(folded: str, period: Period) -> Period:
    """Narrow a month or quarter by the words before it: đầu, giữa, cuối, tuần đầu, tuần cuối."""
    said = re.search(r"(?P<week>tuan )?(?P<part>dau|giua|cuoi)(?: cua)?\s*$", folded[: period.span[0]])
    if not said or period.start == period.end:
        return period
    days = (period.end - period.start).days + 1
    size = 7 if said["week"] else _DAYS_OF_THIRD if days <= 31 else days // 3
    if said["part"] == "dau":
        return replace(period, end=period.start + timedelta(days=size - 1))
    if said["part"] == "cuoi":
        return replace(
            period, start=period.start + timedelta(days=2 * size if size == _DAYS_OF_THIRD else days - size)
        )
    return replace(
        period, start=period.start + timedelta(days=size), end=period.start + timedelta(days=2 * size - 1)
    )


def _in_year(day: date, shift: int) -> date:
    try:
        return day.replace(year=day.year + shift)
    except ValueError:
        return day.replace(year=day.year + shift, day=28)
