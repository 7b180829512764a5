"""A time phrase as offices write it, read into a window of days."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.planreader.periods import Period, periods_in, spelt_out
from bot.planreader.words import compose, fold, squeeze

_ONE_DAY = timedelta(days=1)
_LONGEST_PHRASE = 300
"""Characters of a phrase that are read; what goes on longer is no time any more."""


class Doubt(StrEnum):
    """Why staff should look at a window again."""

    NONE = ""
    UNREAD = "unread"  # nothing in the phrase is a time that we know
    SEVERAL = "several"  # several separate times: the window runs from the first to the last
    OUTSIDE = "outside"  # the window does not touch the plan's year


@dataclass(frozen=True, slots=True)
class Window:
    """When a task is to be done, both days included."""

    start: date
    end: date
    recurring: bool = False
    doubt: Doubt = Doubt.NONE


_ALWAYS = re.compile(
    r"thuong xuyen|lien tuc|thuong ky|dinh ky|suot nam|quanh nam|hang (?:ngay|tuan|thang|quy|qui)"
    r"|(?:moi|tung) (?:ngay|tuan|thang|quy|qui)\b|cac (?:tuan|thang|quy|qui) trong nam"
    r"|\d+ ?lan ?/ ?(?:ngay|tuan|thang|quy|nam)"
    r"|\d+ thang ?/ ?lan"
)
_EVERY_YEAR = re.compile(r"hang nam|moi nam")
_NOISE = re.compile(
    r"(?:trong|sau)(?: thoi gian| vong)? \d+ ngay(?: lam viec)?|\d+ ?lan ?/ ?\w+|\d+ thang ?/ ?lan"
    r"|ngay \d{1,2} (?=hang)|so [\w/-]*\d[\w/-]*"
)
_BEFORE = re.compile(r"(?:truoc|som hon)(?: (?:ngay|thang|het))?\s*$")
_UNTIL = re.compile(
    r"(?:cham nhat|muon nhat|khong qua|den|toi|han cuoi|xong|hoan thanh)"
    r"(?: (?:la|vao|den|toi|het|ngay|cuoi|trong))*\s*$"
)
_LAST_DAY_WORDS = re.compile(r"(?:cham nhat|muon nhat|khong qua|den|toi|han cuoi)")
_FROM = re.compile(r"(?:tu|bat dau|ke tu)(?: (?:dau|giua|cuoi|ngay|trong|tuan|tu))*\s*$")
_AFTER = re.compile(r"sau(?: ngay| khi het)?\s*$")
_TO = re.compile(r"[\s,(]*(?:-|–|—|den|toi|cho den)(?: (?:het|ngay|cuoi|dau|giua|truoc|tuan))*\s*")
_ONWARD = re.compile(r"tro di|tiep theo|ve sau")


def read_window(phrase: str, year: int, issued: date | None = None) -> Window:
    """Return the window that `phrase` names in a plan of `year`.

    A window with an open end closes on the year's last day, one with an open start begins on its first.
    "trước ngày X" ends on the day before X, "chậm nhất ngày X" on X. "Thường xuyên" is recurring. A phrase
    that names no time we know gets the whole year, with the doubt that says so.
    Source: DESIGN.md section 3.
    """
    folded = spelt_out(fold(squeeze(compose(phrase[:_LONGEST_PHRASE]).replace("\n", " "))))
    whole = Window(date(year, 1, 1), date(year, 12, 31))
    clean = _NOISE.sub(lambda found: " " * len(found[0]), folded)
    try:
        periods = periods_in(clean, year, issued)
        window = _window_of(clean, _with_years(periods), whole) if periods else None
    except (ValueError, OverflowError):
        window = None
    recurring = bool(_ALWAYS.search(folded)) or (window is None and bool(_EVERY_YEAR.search(folded)))
    if window is None:
        return replace(whole, recurring=recurring, doubt=Doubt.NONE if recurring else Doubt.UNREAD)
    if recurring and window.doubt:
        return replace(whole, recurring=True)
    if window.end < whole.start or window.start > whole.end:
        return replace(window, recurring=recurring, doubt=Doubt.OUTSIDE)
    return replace(window, recurring=recurring)


def names_a_time(phrase: str, year: int) -> bool:
    """Tell whether a phrase in brackets is a time: it begins like one and is read without doubt."""
    if not re.match(
        r"(?:tu |den |truoc |trong |vao |xong |hoan thanh )*"
        r"(?:qu[iy] |thang \d|truoc |cham nhat|ca nam|thuong xuyen)",
        fold(phrase),
    ):
        return False
    return read_window(phrase, year).doubt is Doubt.NONE


def _with_years(periods: list[Period]) -> list[Period]:
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
        if not here.has_year:
            here = here.moved_to(before.start.year)
            resolved[index] = here.moved_to(before.start.year + 1) if here.end < before.start else here
    return resolved


def _window_of(folded: str, periods: list[Period], whole: Window) -> Window | None:
    periods = [_clipped(period, whole) for period in periods]
    first, last = periods[0], periods[-1]
    before_first, before_last = folded[: first.span[0]], folded[: last.span[0]]
    end = last.start - _ONE_DAY if _BEFORE.search(before_last) else max(period.end for period in periods)
    if _ONWARD.search(folded[last.span[1] :]):
        return Window(first.start, _year_end(first.start))
    if len(periods) == 1:
        return _single(before_first, first, end)
    if _BEFORE.search(before_first) or (_UNTIL.search(before_first) and _LAST_DAY_WORDS.search(before_first)):
        return _ordered(_year_start(end), end, Doubt.SEVERAL)
    if _runs_backwards(folded, periods):
        return None
    return _ordered(first.start, end, Doubt.NONE if _joined(folded, periods) else Doubt.SEVERAL)


def _single(before: str, period: Period, end: date) -> Window | None:
    if _BEFORE.search(before):
        return Window(_year_start(end), end)
    if _AFTER.search(before):
        return Window(period.end + _ONE_DAY, _year_end(period.end + _ONE_DAY))
    if _FROM.search(before):
        return Window(period.start, _year_end(period.start))
    if _UNTIL.search(before) and (_LAST_DAY_WORDS.search(before) or period.start == period.end):
        return Window(_year_start(end), end)
    return Window(period.start, end)


def _ordered(start: date, end: date, doubt: Doubt) -> Window | None:
    return Window(start, end, doubt=doubt) if start <= end else None


def _runs_backwards(folded: str, periods: list[Period]) -> bool:
    return any(b.end < a.start and _TO.fullmatch(folded[a.span[1] : b.span[0]]) for a, b in pairwise(periods))


def _joined(folded: str, periods: list[Period]) -> bool:
    """Tell whether the pieces make one stretch: a range, or neighbours such as "Quý II và Quý III"."""
    return all(
        _TO.fullmatch(folded[a.span[1] : b.span[0]])
        or a.start <= b.start <= a.end + _ONE_DAY
        or b.start <= a.start <= a.end <= b.end
        for a, b in pairwise(periods)
    )


def _clipped(period: Period, whole: Window) -> Period:
    """Cut a stretch of several years, a term or a programme, to the plan's own."""
    if period.start.year == period.end.year or period.end < whole.start or period.start > whole.end:
        return period
    return replace(period, start=max(period.start, whole.start), end=min(period.end, whole.end))


def _year_start(day: date) -> date:
    return date(day.year, 1, 1)


def _year_end(day: date) -> date:
    return date(day.year, 12, 31)
