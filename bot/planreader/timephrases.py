"""A time phrase as offices write it, read into windows of days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.planreader.frames import closing_day, opening_day, touches
from bot.planreader.lunar import tet_window
from bot.planreader.periods import Period, month_days, periods_in, spelt_out
from bot.planreader.phrasewords import comes_every_year, goes_on, without_distractors
from bot.planreader.words import compose, fold, squeeze
from domain.plan import PeriodKind, PlanPeriod
from domain.tasks import quarter_days, quarter_of

_ONE_DAY = timedelta(days=1)
_LONGEST_PHRASE = 300
"""Characters of a phrase that are read; what goes on longer is no time any more."""
_MOST_WINDOWS = 12


class Doubt(StrEnum):
    """Why staff should look at a window again."""

    NONE = ""
    UNREAD = "unread"  # nothing in the phrase is a time that we know
    LUNAR = "lunar"  # it was reckoned from Tết
    OUTSIDE = "outside"  # the window does not touch the plan's period


@dataclass(frozen=True, slots=True)
class Window:
    """When a task is to be done, both days included."""

    start: date
    end: date
    recurring: bool = False
    doubt: Doubt = Doubt.NONE


_BEFORE = re.compile(r"(?:truoc|som hon)(?: (?:ngay|thang|het|dau|cuoi))*\s*$")
_UNTIL = re.compile(
    r"(?:cham nhat|muon nhat|khong qua|khong muon hon|khong cham hon|den|toi|han cuoi|han chot|xong"
    r"|hoan thanh)"
    r"(?: (?:la|vao|den|toi|het|ngay|cuoi|trong|dau|giua))*\s*$"
)
_LAST_DAY_WORDS = re.compile(
    r"(?:cham nhat|muon nhat|khong qua|khong muon|khong cham|den|toi|han cuoi|han chot)"
)
_FROM = re.compile(r"(?:tu|bat dau|ke tu)(?: (?:dau|giua|cuoi|ngay|trong|tuan|tu))*\s*$")
_AFTER = re.compile(r"sau(?: ngay| khi het)?\s*$")
_TO = re.compile(
    r"[\s,(]*(?:-|–|—|den|toi|cho den|keo dai den)(?: (?:het|ngay|cuoi|dau|giua|truoc|tuan))*\s*"
)
_ONLY_AND = re.compile(r"[\s,;&]*(?:va)?\s*(?:ngay)?\s*")
_ONWARD = re.compile(
    r"^[\s,()]*(?:tro di|va cac nam (?:tiep theo|sau|ke tiep)|.*(?:tro di|tiep theo|ve sau))"
)
_TEN_DAYS = (("thuong tuan", "dau"), ("trung tuan", "giua"), ("ha tuan", "cuoi"))
_WEEK_OF = re.compile(r"\btuan (?:thu )?(?P<week>[1-5]) thang")
_WITHIN = re.compile(
    r"trong(?: vong| thoi han"
    r"| thoi gian)? (?P<days>\d{1,3}) ngay(?P<working> lam viec)?,? (?:ke )?tu\b(?!.*\bden\b)"
)
_BARE_DAY = re.compile(r"\bngay (?P<day>\d{1,2})\b(?!\s*(?:[/.-]\s*\d|thang|hang|cua|\d|ngay|lam viec))")
_BARE_RANGE = re.compile(
    r"(?<![\d/])\b(?:tu )?(?:ngay )?(?P<first>\d{1,2}) ?(?:-|–|—|den) ?(?:ngay )?(?P<last>\d{1,2})"
    r"(?!\s*(?:[/.-]\s*\d|thang|\d))\b(?=\s*(?:$|[,;.)]))"
)


def read_windows(phrase: str, frame: PlanPeriod, issued: date | None = None) -> tuple[Window, ...]:
    """Return the windows that `phrase` names in a plan for `frame`, in the order written; never empty.

    A window with an open end closes with the plan, one with an open start begins with it. "trước ngày X"
    ends on the day before X, "chậm nhất ngày X" on X. "Thường xuyên" is recurring. A phrase that names no
    time we know gets the whole period, with the doubt that says so. Times apart ("tháng 4 và tháng 8") are
    windows of their own; neighbours ("Quý II và Quý III") are one.
    Source: DESIGN.md section 3.
    """
    folded = _spelt(phrase, frame)
    whole = Window(frame.start, frame.end)
    recurring = goes_on(folded)
    windows = _lunar(folded, frame, issued) or _dated(folded, frame, issued)
    if not windows:
        recurring = recurring or comes_every_year(folded)
        return (replace(whole, recurring=recurring, doubt=Doubt.NONE if recurring else Doubt.UNREAD),)
    if recurring and len(windows) > 1:
        return (replace(whole, recurring=True),)
    return tuple(_judged(window, frame, recurring) for window in windows)


def read_inside(
    phrase: str, heading: str | None, frame: PlanPeriod, issued: date | None = None
) -> tuple[Window, ...]:
    """Return the windows of a phrase that stands below a heading such as "THÁNG 10".

    There "ngày 05" and "trước ngày 20" are days of that month; what recurs, or lies elsewhere, is not bound.
    """
    inner = heading_frame(heading, frame)
    if inner is not frame:
        windows = read_windows(phrase, inner, issued)
        if all(window.doubt is Doubt.NONE and not window.recurring for window in windows):
            return windows
    return read_windows(phrase, frame, issued)


def heading_frame(heading: str | None, frame: PlanPeriod) -> PlanPeriod:
    """Return the month or quarter that a heading names, as a period; else the plan's own."""
    windows = read_windows(heading, frame) if heading else ()
    if len(windows) != 1 or windows[0].doubt or windows[0].recurring:
        return frame
    start, end = windows[0].start, windows[0].end
    if (start, end) == month_days(start.year, start.month):
        return PlanPeriod(PeriodKind.MONTH, start, end)
    if (start, end) == quarter_days(start.year, quarter_of(start)):
        return PlanPeriod(PeriodKind.QUARTER, start, end)
    return frame


def is_read(phrase: str, frame: PlanPeriod) -> bool:
    """Tell whether every window of a phrase is read without doubt."""
    return all(window.doubt in (Doubt.NONE, Doubt.LUNAR) for window in read_windows(phrase, frame))


def _spelt(phrase: str, frame: PlanPeriod) -> str:
    """Return the phrase folded, on one line, each day with its month; a bare day is of the plan's month."""
    folded = fold(squeeze(compose(phrase[:_LONGEST_PHRASE]).replace("\n", " ")))
    for word, part in _TEN_DAYS:
        folded = folded.replace(word, part)
    folded = _WEEK_OF.sub(r"tuan thu \g<week> cua thang", folded)
    if frame.kind is PeriodKind.MONTH:
        month = frame.start.month
        folded = _BARE_RANGE.sub(rf"\g<first>/{month} den \g<last>/{month}", folded)
        folded = _BARE_DAY.sub(rf"ngay \g<day>/{month}", folded)
    return spelt_out(folded)


def _lunar(folded: str, frame: PlanPeriod, issued: date | None) -> list[Window]:
    found = tet_window(folded, frame, issued)
    return [Window(*found, doubt=Doubt.LUNAR)] if found else []


def _dated(folded: str, frame: PlanPeriod, issued: date | None) -> list[Window]:
    clean = without_distractors(folded)
    try:
        periods = periods_in(clean, frame, issued)
        windows = list(_windows_of(clean, _with_years(periods, frame), frame)) if periods else []
        return [_lengthened(window, folded) for window in windows]
    except (ValueError, OverflowError):
        return []


def _judged(window: Window, frame: PlanPeriod, recurring: bool) -> Window:
    outside = not touches(frame, window.start, window.end)
    return replace(window, recurring=recurring, doubt=Doubt.OUTSIDE if outside else window.doubt)


def _with_years(periods: list[Period], frame: PlanPeriod) -> list[Period]:
    """Give a piece without a year that of its neighbour: "từ tháng 3 đến tháng 10 năm 2026"."""
    resolved = list(periods)
    for index in range(len(resolved) - 2, -1, -1):
        here, after = resolved[index], resolved[index + 1]
        if not here.has_year and after.has_year:
            here = here.moved_to(after.start.year)
            if here.start > after.end:
                here = here.moved_to(after.start.year - 1)
            resolved[index] = replace(here, has_year=True)
    for index in range(1, len(resolved)):
        before, here = resolved[index - 1], resolved[index]
        if not here.has_year and (before.has_year or frame.kind is not PeriodKind.SCHOOL_YEAR):
            here = here.moved_to(before.start.year)
            here = here.moved_to(before.start.year + 1) if here.end < before.start else here
            resolved[index] = replace(here, has_year=before.has_year)
    return resolved


def _windows_of(folded: str, periods: list[Period], frame: PlanPeriod) -> Iterator[Window]:
    """Yield a window for each run of pieces that belong together.

    A day that only follows others ("chậm nhất 20/6 và 20/12") is meant as they are; a second deadline begins
    where the one before it ended. Raises: ValueError for a range that runs backwards.
    """
    runs = _runs(folded, [_clipped(period, frame) for period in periods])
    before, begin, last_end = "", 0, None
    for run in runs[:_MOST_WINDOWS]:
        own = folded[begin : run[0].span[0]]
        before = before if begin and _ONLY_AND.fullmatch(own) else own
        window = _window_of(folded, before, run, frame)
        if last_end is not None and window.start <= last_end < window.end:
            window = replace(window, start=last_end + _ONE_DAY)
        yield window
        begin, last_end = run[-1].span[1], window.end


def _runs(folded: str, periods: list[Period]) -> list[list[Period]]:
    runs = [[periods[0]]]
    for a, b in pairwise(periods):
        if _joined(folded, a, b):
            runs[-1].append(b)
        else:
            runs.append([b])
    return runs


def _joined(folded: str, a: Period, b: Period) -> bool:
    """Tell whether two pieces make one stretch: a range, or neighbours such as "Quý II và Quý III"."""
    if _TO.fullmatch(folded[a.span[1] : b.span[0]]):
        return True
    if a.start == a.end and b.start == b.end:
        return False
    return a.start <= b.start <= a.end + _ONE_DAY or b.start <= a.start <= a.end <= b.end


def _window_of(folded: str, before: str, run: list[Period], frame: PlanPeriod) -> Window:
    first, last = run[0], run[-1]
    before_last = before if first is last else folded[: last.span[0]]
    end = last.start - _ONE_DAY if _BEFORE.search(before_last) else max(period.end for period in run)
    if _ONWARD.search(folded[last.span[1] :]):
        return Window(first.start, closing_day(frame, first.start))
    if first is last:
        return _single(before, first, end, frame)
    if last.end < first.start:
        raise ValueError("a range that runs backwards")
    if _BEFORE.search(before) or (_UNTIL.search(before) and _LAST_DAY_WORDS.search(before)):
        return _ordered(opening_day(frame, end), end)
    return _ordered(first.start, end)


def _single(before: str, period: Period, end: date, frame: PlanPeriod) -> Window:
    if _BEFORE.search(before):
        return Window(opening_day(frame, end), end)
    if _AFTER.search(before):
        start = period.end + _ONE_DAY
        return Window(start, max(start, closing_day(frame, start)))
    if _FROM.search(before) and not period.is_range:
        return Window(period.start, max(period.end, closing_day(frame, period.start)))
    if _UNTIL.search(before) and (_LAST_DAY_WORDS.search(before) or period.start == period.end):
        return Window(opening_day(frame, end), end)
    return Window(period.start, end)


def _ordered(start: date, end: date) -> Window:
    if start > end:
        raise ValueError("a range that runs backwards")
    return Window(start, end)


def _lengthened(window: Window, folded: str) -> Window:
    """End "trong 30 ngày kể từ ngày X" on its thirtieth day; working days leave out two in seven."""
    found = _WITHIN.search(folded)
    if not found:
        return window
    days = int(found["days"])
    end = window.start + timedelta(days=days + 2 * (days // 5) if found["working"] else days)
    return replace(window, end=end)


def _clipped(period: Period, frame: PlanPeriod) -> Period:
    """Cut a stretch of several years, a term or a programme, to the plan's own."""
    spans_years = (period.end - period.start).days > 366
    if (
        not spans_years
        or frame.kind is PeriodKind.YEARS
        or period.end < frame.start
        or period.start > frame.end
    ):
        return period
    return replace(period, start=max(period.start, frame.start), end=min(period.end, frame.end))
