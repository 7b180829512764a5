"""Times that plans give by the lunar New Year (Tết), looked up."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.planreader.frames import closing_day, opening_day
from bot.planreader.vocabulary import TET
from domain.plan import PlanPeriod

_DAY = timedelta(days=1)
_OTHER_TET = r"(?! (?:trung thu|thieu nhi|duong lich|doc lap))"
_NAMES_TET = re.compile(rf"\btet\b{_OTHER_TET}")
_YEAR = re.compile(r"\b(20\d\d)\b")
_DAYS_BEFORE = re.compile(r"(?P<before>\d{1,2}) ngay truoc|truoc .*?(?P<days>\d{1,2}) ngay(?! lam viec nghi)")
_DAY_OF_TET = re.compile(r"\b(?P<eve>30|ba muoi) tet|\b(?:mung|mong) (?P<new>\d{1,2}) tet")
_SEASON = timedelta(days=30)
_HOLIDAY = timedelta(days=5)


def tet_window(folded: str, frame: PlanPeriod, issued: date | None = None) -> tuple[date, date] | None:
    """Return the window of a phrase that gives a time by Tết, or None for any other.

    "Trước Tết" ends on the last day of the old year, "trước ngày nghỉ Tết 20 ngày" twenty days before that;
    "dịp Tết" is the month up to it.
    """
    named = _NAMES_TET.search(folded)
    tet = _tet_of(folded, frame, issued) if named else None
    if named is None or tet is None:
        return None
    eve = tet - _DAY
    counted = _DAYS_BEFORE.search(folded)
    if counted:
        end = eve - int(counted["before"] or counted["days"]) * _DAY
        return opening_day(frame, end), end
    before = folded[: named.start()]
    if re.search(r"\bsau\b", before):
        start = tet + _HOLIDAY
        return start, closing_day(frame, start)
    if re.search(r"\btruoc\b(?!.*\b(?:trong|sau)\b)", before):
        return opening_day(frame, eve), eve
    day = _DAY_OF_TET.search(folded)
    if day:
        on = eve if day["eve"] else tet + (int(day["new"]) - 1) * _DAY
        return on, on
    return eve - _SEASON, eve


def _tet_of(folded: str, frame: PlanPeriod, issued: date | None) -> date | None:
    """Return the Tết that is meant: that of the year written, else the first after the plan was issued."""
    written = _YEAR.search(folded)
    if written:
        return TET.get(int(written[1]))
    first = max(frame.start, issued) if issued else frame.start
    return next((day for day in sorted(TET.values()) if day >= first), None)
