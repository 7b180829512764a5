"""The pieces of a time phrase: each date, month, quarter, half or whole year that it names."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.planreader.frames import year_of_month
from domain.plan import PeriodKind, PlanPeriod
from domain.tasks import quarter_days

_QUARTER_NAMES = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4}
_WEEKS = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4}
_DAYS_OF_THIRD = 10
_DAYS_OF_QUARTER = 92
_TERM_ENDS = 15
"""The first term ends in the middle of January; the Ministry sets the day anew each year."""
_QUALIFIES = re.compile(
    r"(?:(?P<week>tuan )?(?P<part>dau|giua|cuoi)"
    r"|tuan (?:le )?(?:thu )?(?P<number>[1-5]|nhat|mot|hai|ba|tu|bon))(?: cua)?\s*$"
)

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
            r"hoc k[yi] (?P<term>ii|i|[12])(?!\w)",
            r"(?P<week>tuan (?:thu )?[1-5]\b(?! (?:cua )?thang \d))",
            r"(?P<side_of>dau|giua|cuoi|het|trong|ca) (?P<unit_of>thang|quy)(?: nay)?"
            r"(?! ?(?:\d|[ivx]+\b|mot\b|hai\b|ba\b|bon\b|cong nhan|an toan|hanh dong))\b",
            r"(?P<whole>(?:ca|trong|toan) nam(?: nay)?\b)",
            r"(?P<now>\bnay\b|\bngay (?:ky|ban hanh)\b)",
        )
    )
)
_YEARS = ("day_year", "said_year", "quarter_year", "side_year", "part_year", "month_year", "workers_year")
_RANGE = re.compile(r"\b(?:den|toi)\b|[ivx\d] ?[-–—] ?(?:quy |thang )?[ivx\d]")
_ENUMERATES = re.compile(r"[,;&+]|va")
_SHARED_MONTH = re.compile(
    r"(?<![\d/.])(?<!thang )(?<!quy )(?P<day>\d{1,2})(?P<to>\s*(?:-|–|den|toi|va|,)\s*(?:ngay\s*)?\d{1,2})"
    r"(?P<rest>\s*(?:/\s*\d{1,2}(?!\d)(?:\s*/\s*\d{4})?|thang\s*\d{1,2}(?:\s*nam\s*\d{4})?))"
)


@dataclass(frozen=True, slots=True)
class Period:
    """One piece: its days, where it stands in the folded phrase, and whether its year was written.

    `is_range` when it names its own end, as "quý II đến quý III" does.
    """

    start: date
    end: date
    span: tuple[int, int]
    has_year: bool
    is_range: bool = False

    def moved_to(self, year: int) -> Period:
        """Return the same piece in another year; 29 February becomes the 28th where there is none."""
        shift = year - self.start.year
        return replace(self, start=_in_year(self.start, shift), end=_in_year(self.end, shift))


def periods_in(folded: str, frame: PlanPeriod, issued: date | None) -> list[Period]:
    """Return the pieces of a folded phrase in their order; those without a year get the plan's.

    `issued` is what "từ nay" means. A whole year beside finer pieces only says which year is meant, and is
    left out. Raises: ValueError for a day or month that does not exist.
    """
    found = [
        _qualified(folded, Period(*window, match.span(), has_year, _RANGE.search(match[0]) is not None))
        for match in _SHAPES.finditer(folded)
        for window, has_year in _windows(match, frame, issued or frame.start)
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


def shapes_in(folded: str) -> Iterator[re.Match[str]]:
    """Yield the match of each piece, in order, whether or not such a day exists."""
    return _SHAPES.finditer(folded)


def _windows(
    match: re.Match[str], frame: PlanPeriod, issued: date
) -> Iterator[tuple[tuple[date, date], bool]]:
    part = match.groupdict()
    written = next((int(part[name]) for name in _YEARS if part[name]), None)
    if part["day"] or part["said_day"]:
        month = int(part["day_month"] or part["said_month"])
        day = date(written or year_of_month(frame, month), month, int(part["day"] or part["said_day"]))
        yield (day, day), written is not None
    elif part["now"]:
        yield (issued, issued), True
    elif part["from_year"]:
        last = int(part["to_year"] or part["from_year"])
        yield (date(int(part["from_year"]), 1, 1), date(last, 12, 31)), True
    elif part["whole"]:
        yield (frame.start, frame.end), False
    elif part["term"] or part["week"] or part["side_of"]:
        yield from _inside(part, frame)
    else:
        for window in _stretches(part, written, frame):
            yield window, written is not None


def _inside(part: dict[str, str | None], frame: PlanPeriod) -> Iterator[tuple[tuple[date, date], bool]]:
    """Yield what only makes sense inside the plan's own month, quarter or school year."""
    kind, first = frame.kind, frame.start
    if part["term"] and kind is PeriodKind.SCHOOL_YEAR:
        middle = date(first.year + 1, 1, _TERM_ENDS)
        is_first = part["term"] in ("i", "1")
        yield ((first, middle) if is_first else (middle + timedelta(days=1), frame.end)), True
    elif part["week"] and kind is PeriodKind.MONTH:
        yield _week(frame.start, frame.end, int(part["week"][-1])), True
    elif part["side_of"] and kind.value == {"thang": "month", "quy": "quarter"}[str(part["unit_of"])]:
        yield _third(frame.start, frame.end, str(part["side_of"])), True


def _week(first: date, last: date, number: int) -> tuple[date, date]:
    """Return a week of a month as plans count them: from the 1st, the 8th, the 15th, the 22nd on."""
    start = first + timedelta(days=7 * (min(number, 4) - 1))
    return start, last if number >= 4 else start + timedelta(days=6)


def _third(first: date, last: date, side: str) -> tuple[date, date]:
    days = (last - first).days + 1
    size = timedelta(days=_DAYS_OF_THIRD if days <= 31 else days // 3)
    one = timedelta(days=1)
    return {
        "dau": (first, first + size - one),
        "giua": (first + size, first + 2 * size - one),
        "cuoi": (first + 2 * size if days <= 31 else last - size + one, last),
    }.get(side, (first, last))


def _stretches(
    part: dict[str, str | None], written: int | None, frame: PlanPeriod
) -> Iterator[tuple[date, date]]:
    if part["count"]:
        yield _side_of_year(int(part["count"]), part["side"] == "dau", written or frame.start.year)
    elif part["part"]:
        yield _part_of_year(part["part"], written, frame)
    else:
        words, shape = (part["quarters"], _QUARTER) if part["quarters"] else (part["months"] or "5", r"\d+")
        days_of = _quarter_named if part["quarters"] else _month_named
        for stretch in _ENUMERATES.split(words):
            named = re.findall(shape, stretch)
            first, last = (days_of(written, word, frame) for word in (named[0], named[-1]))
            yield first[0], last[1]


def quarter_number(word: str) -> int:
    """Return the number of a quarter named "III", "3" or "ba", folded."""
    return int(word) if word.isdigit() else _QUARTER_NAMES[word]


def _quarter_named(year: int | None, word: str, frame: PlanPeriod) -> tuple[date, date]:
    number = quarter_number(word)
    return quarter_days(year or year_of_month(frame, number * 3), number)


def _month_named(year: int | None, word: str, frame: PlanPeriod) -> tuple[date, date]:
    return month_days(year or year_of_month(frame, int(word)), int(word))


def _side_of_year(count: int, at_start: bool, year: int) -> tuple[date, date]:
    first, last = (1, count) if at_start else (13 - count, 12)
    return month_days(year, first)[0], month_days(year, last)[1]


def _part_of_year(part: str, written: int | None, frame: PlanPeriod) -> tuple[date, date]:
    year = written or frame.end.year
    if part == "het":
        return (date(year, 1, 1), date(year, 12, 31)) if written else (frame.start, frame.end)
    if part == "giua":
        return quarter_days(year, 2)[0], quarter_days(year, 3)[1]
    return quarter_days(year, 1 if part == "dau" else 4)


def _qualified(folded: str, period: Period) -> Period:
    """Narrow a month or quarter by the words before it: đầu, giữa, cuối, tuần đầu, tuần 2, tuần cuối."""
    said = _QUALIFIES.search(folded[: period.span[0]])
    if not said or period.start == period.end or (period.end - period.start).days > _DAYS_OF_QUARTER:
        return period
    if said["number"]:
        start, end = _week(period.start, period.end, _WEEKS.get(said["number"]) or int(said["number"]))
    elif said["week"] and said["part"] != "giua":
        week = timedelta(days=6)
        at_start = said["part"] == "dau"
        start, end = (period.start, period.start + week) if at_start else (period.end - week, period.end)
    else:
        start, end = _third(period.start, period.end, said["part"])
    return replace(period, start=start, end=end)


def _in_year(day: date, shift: int) -> date:
    try:
        return day.replace(year=day.year + shift)
    except ValueError:
        return day.replace(year=day.year + shift, day=28)
