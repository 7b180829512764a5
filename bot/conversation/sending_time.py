"""When to send, as staff type it: "8h sáng mai", "15/4 8:30", "thứ Sáu 8 giờ". What was read is read back.

An hour from 1 to 5 without a part of the day is the afternoon's; a day without a year lies ahead.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

from bot.language.normalise import fold, tidy
from messages_vi.moments import moment_words

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AHEAD = {"after_tomorrow": 2, "tomorrow": 1, "today": 0}
_WEEK = timedelta(days=7)
_HALF_A_YEAR = timedelta(days=183)
_LAST_NIGHT_HOUR = 5
_CUT = "|"  # Stands where the time of day stood.


def sending_time(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the moment (UTC) that `text` names in `zone`; None when it names none, or several.

    It may lie in the past when a date is named. Without a day it is the next time the clock shows that hour.
    """
    found = _clock(text)
    if found is None:
        return None
    at, rest = found
    today = now.astimezone(zone).date()
    named = {*_dates(rest, today), *_days_ahead(rest, today)}
    weekdays = _weekdays(rest, today)
    if len(named | set(weekdays)) > 1 or None in named or (_has("next_week", rest) and not weekdays):
        return None
    day = next(iter(named or weekdays), None)
    moment = datetime.combine(day or today, at, tzinfo=zone).astimezone(UTC)
    if named or moment > now:
        return moment
    return moment + (_WEEK if weekdays else timedelta(days=1))


def _clock(text: str) -> tuple[time, str] | None:
    """Return the one time of day, and the folded line without it."""
    line = fold(text)
    found = list(_patterns()["clock"].finditer(line))
    if len(found) != 1:
        return None
    rest = f"{line[: found[0].start()]}{_CUT}{line[found[0].end() :]}"
    hour = _hour_of_day(int(found[0]["hour"]), _part_of_day(rest, text))
    minute = 30 if found[0]["half"] else int(found[0]["minute"] or 0)
    return (time(hour, minute), rest) if hour is not None and hour < 24 and minute < 60 else None


def _part_of_day(rest: str, text: str) -> str:
    """Return the part of the day that is named: morning, noon, afternoon, evening or ""."""
    said = next((name for name in ("noon", "afternoon", "morning") if _has(name, rest)), "")
    if said:
        return said
    return "evening" if _patterns()["evening"].search(rest) and not _says_coming(text) else ""


def _says_coming(text: str) -> bool:
    """Tell whether "toi" is written as tới (thứ Sáu tới), not as tối."""
    line = tidy(text).lower()
    words = moment_words()
    return any(word in line for word in words["coming"]) and not any(
        word in line for word in words["evening"]
    )


def _hour_of_day(hour: int, part: str) -> int | None:
    if part == "evening" and hour == 12:
        return None  # Midnight: of which day, nobody can tell.
    if part in ("afternoon", "evening") and hour < 12:
        return hour + 12
    if part == "noon" and hour < 3:
        return hour + 12
    if not part and 1 <= hour <= _LAST_NIGHT_HOUR:
        return hour + 12
    return hour


def _dates(rest: str, today: date) -> list[date | None]:
    """Return the dates in the line; None for one that no calendar has."""
    patterns = _patterns()
    found = [*patterns["date"].finditer(rest), *patterns["written"].finditer(rest)]
    if found:
        return [_dated(one, today) for one in found]
    return [_day_alone(int(one["day"]), today) for one in patterns["day_alone"].finditer(rest)]


def _dated(found: re.Match[str], today: date) -> date | None:
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    if year:
        written = int(year) if len(year) == 4 else 2000 + int(year)
        return _date(written, month, day) if abs(written - today.year) <= 1 else None
    this_year = _date(today.year, month, day)
    if this_year is not None and this_year < today - _HALF_A_YEAR:
        return _date(today.year + 1, month, day)
    return this_year


def _day_alone(day: int, today: date) -> date | None:
    """Return the next such day of a month, today included."""
    first = today.replace(day=1) if day >= today.day else (today.replace(day=1) + timedelta(days=32))
    return _date(first.year, first.month, day)


def _days_ahead(rest: str, today: date) -> list[date]:
    return [today + timedelta(days=days) for name, days in _AHEAD.items() if _has(name, rest)]


def _weekdays(rest: str, today: date) -> list[date]:
    numbers = [number for number, name in enumerate(_WEEKDAYS) if _has(name, rest)]
    if _has("next_week", rest):
        monday = today - timedelta(days=today.weekday())
        return [monday + _WEEK + timedelta(days=number) for number in numbers]
    return [today + timedelta(days=(number - today.weekday()) % 7) for number in numbers]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _has(name: str, rest: str) -> bool:
    return _patterns()[name].search(rest) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns over folded text, made once from the vocabulary."""
    said = {name: "|".join(_folded(words)) for name, words in moment_words().items()}
    whole_words = {name: re.compile(rf"\b(?:{words})\b") for name, words in said.items()}
    month, year, half = said["month"], said["year"], said["half"]
    evening, near = f"(?:{said['evening']})", f"(?:{said['today']}|{said['tomorrow']})"
    # "8h 15/4": there the 15 is a day, not minutes; hence what may not follow.
    minute = rf"(?P<minute>\d{{1,2}})(?!\d|[/-]\d| ?(?:{month}))(?: ?(?:{said['minute']})\b)?"
    hour = rf"(?<!\d)(?P<hour>\d{{1,2}})(?: ?:| ?(?:{said['hour']})(?![a-z])| (?=(?:{half})\b))"
    return whole_words | {
        "clock": re.compile(rf"{hour} ?(?:{minute}|(?P<half>{half})\b)?"),
        # Elsewhere "toi" is the coming one (tới), not the evening (tối).
        "evening": re.compile(rf"[{_CUT}] ?{evening}\b|\b{evening}(?= ?[{_CUT}]| {near}\b)"),
        "date": re.compile(
            r"(?<![\d/-])(?P<day>\d{1,2}) ?[/-] ?(?P<month>\d{1,2})(?: ?[/-] ?(?P<year>\d{4}|\d{2}))?(?!\d)"
        ),
        "written": re.compile(
            rf"\b(?P<day>\d{{1,2}}) ?(?:{month}) ?(?P<month>\d{{1,2}})(?: (?:{year} )?(?P<year>\d{{4}}))?\b"
        ),
        "day_alone": re.compile(rf"\b(?:{said['day']}) (?P<day>\d{{1,2}})\b"),
    }


def _folded(words: tuple[str, ...]) -> list[str]:
    """Return the words as they stand in folded text, the longest first so that none hides another."""
    return sorted({re.escape(fold(word)) for word in words}, key=len, reverse=True)
