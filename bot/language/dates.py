"""Days named in a line, absolutely or relative to `today`: each becomes one token of kind DATE.

A DATE without a day (`on` is None) is a time that names none: a month, a quarter, "tuần rồi", "mới đây".
Weeks run Monday to Sunday; a day and month without a year is the latest one not after `today`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.language import calendar
from bot.language.datepairs import LAST_YEAR, reconcile
from bot.language.marking import UNITS
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token, merged

_DAYS_BACK = ((Tag.TODAY, 0), (Tag.YESTERDAY, 1), (Tag.TWO_DAYS_AGO, 2), (Tag.THREE_DAYS_AGO, 3))
_INTRO = frozenset({Tag.DAY_INTRO, Tag.OF_DAY})
_SUNDAY = 8
_PARTS = tags("person worker attendee member event deed couple female")
_COUNTED = UNITS - tags("title dialogue conference conference_short agreement union new_member")
_SILENT = frozenset({Kind.SIGN, Kind.BREAK, Kind.PLACE})
_STARTS = tags(
    "day_intro of_day weekday sunday worker today yesterday two_days_ago three_days_ago future "
    "week_this week_last past_vague month part_of end_of quarter year"
)
_DAY_WORDS = frozenset({"ngay", "hom", "bua", "ng"})
_NO_DAY = 100
_SHORT_WORD = 3  # Shorter ones without accents may be any word: "to" is tổ, tờ or to.
_LONGEST_LEAD = 4
_SOON_DAYS = 60
_JUNE_OR_NEXT = "thang sau"  # Behind a day it is June: "ngay muoi thang sau".
_COMING_MONTHS = 3  # "tháng 5" said in April is the coming one, said in December the past one.

Found = tuple[int, date | None, frozenset[Tag]]
Rule = Callable[[Sequence[Token], int, date], Found | None]


def find_dates(tokens: Sequence[Token], text: str, today: date) -> list[Token]:
    """Return the tokens with every expression of time merged into one DATE token each."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        step = _date_at(tokens, at, today, found[-1] if found else None)
        if step is None:
            found.append(tokens[at])
            at += 1
            continue
        length, on, tags = step
        whole = merged(list(tokens[at : at + length]), text, Kind.DATE, tags)
        found.append(whole._replace(on=on, value=_named_number(tokens[at : at + length], tags)))
        at += length
    return reconcile(found, today)


def _date_at(tokens: Sequence[Token], at: int, today: date, before: Token | None) -> Found | None:
    """Return the expression of time that begins at `at`, with the words that lead it in."""
    if tokens[at].kind in _SILENT or (tokens[at].kind is Kind.WORD and not tokens[at].tags & _STARTS):
        return None
    start = at
    while (
        at < min(len(tokens), start + _LONGEST_LEAD)
        and tokens[at].tags & _INTRO
        and (at > start or _leads_in(tokens, at, before))
    ):
        at += 1
    lead = at - start
    for rule in _RULES:
        if at < len(tokens) and (step := rule(tokens, at, today)) is not None:
            return lead + step[0], step[1], step[2]
    if lead and (step := _day_alone(tokens, at, today)) is not None:
        return lead + step[0], step[1], step[2]
    return None


def _leads_in(tokens: Sequence[Token], at: int, before: Token | None) -> bool:
    """A word that may lead in a date does not when it is counted: 3 ngày, 5 ng; but 5 ngày 12/4 is a day."""
    if before is None or before.kind is not Kind.NUMBER or tokens[at].has(Tag.OF_DAY):
        return True
    following = tokens[at + 1 : at + 3]
    if not following or following[0].kind is Kind.PAIR:
        return bool(following)
    return len(following) == 2 and following[0].kind is Kind.NUMBER and following[1].key == "thang"


def _relative(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    token = tokens[at]
    if token.has(Tag.FUTURE):
        return 1, None, frozenset({Tag.FUTURE})
    for tag, days in _DAYS_BACK:
        if token.has(tag):
            return 1, today - timedelta(days=days), frozenset()
    return None


def _ago(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    value = tokens[at].value
    if tokens[at].kind is not Kind.NUMBER or not _has(tokens, at + 1, Tag.AGO) or value is None:
        return None
    return (2, today - timedelta(days=value), frozenset()) if value < 400 else None


def _weekday(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    """Return thứ 6, t6, thứ hai tuần này, chủ nhật; t2 to t7 may also be months."""
    number, length = _weekday_number(tokens, at)
    if number is None or (at + length < len(tokens) and tokens[at + length].key == "cua"):
        return None
    after = at + length
    if _has(tokens, after, Tag.WEEK_THIS):
        on = calendar.weekday_of_week(number - 2, 0, today)
        return length + 1, on if on <= today else None, _future_if(on > today)
    if _has(tokens, after, Tag.WEEK_LAST):
        return length + 1, calendar.weekday_of_week(number - 2, -1, today), frozenset()
    if _has(tokens, after, Tag.FUTURE) or _has(tokens, after, Tag.THIS):
        return length + 1, None, frozenset({Tag.FUTURE})
    if _has(tokens, after, Tag.TODAY):
        return length + 1, today, frozenset()
    said_past = int(_has(tokens, after, Tag.LAST))
    on = calendar.past_weekday(number - 2, today)
    if tokens[at].key in ("t", "th") and not _is_led(tokens, at) and _may_be_month(number, today):
        return length + said_past, on, frozenset({Tag.WEEKDAY_OR_MONTH})
    return length + said_past, on, frozenset()


def _weekday_number(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    token = tokens[at]
    if token.has(Tag.SUNDAY) or (token.key == "cn" and _is_sunday(tokens, at)):
        return _SUNDAY, 1
    value = tokens[at + 1].value if token.has(Tag.WEEKDAY) and _is_number(tokens, at + 1) else None
    if value is None or not 2 <= value <= 7:
        return None, 0
    short = token.key in ("t", "th")
    if short and (tokens[at + 1].start != token.end or _is_heading(tokens, at)):
        return None, 0
    return value, 2


def _is_sunday(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether cn is chủ nhật, not công nhân."""
    if at and tokens[at - 1].kind is Kind.NUMBER:
        return False
    return _is_led(tokens, at) or _has(tokens, at + 1, Tag.WEEK_LAST) or _has(tokens, at + 1, Tag.WEEK_THIS)


def _is_heading(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether t4 heads a report and so means the month: "BC t4: ..."."""
    follows = tokens[at + 2].text in (":", "/") if at + 2 < len(tokens) else False
    return follows or (at > 0 and tokens[at - 1].has(Tag.SENT, Tag.PART_OF, Tag.END_OF))


def _may_be_month(number: int, today: date) -> bool:
    """Tell whether t3 may be month 3: only of this month or the two before it does one speak so."""
    return (today.month - number) % 12 <= 2


def _pair(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    token = tokens[at]
    if token.kind is not Kind.PAIR or token.value is None or token.second is None:
        return None
    led = _is_led(tokens, at)
    if token.has(Tag.FULL_DATE):
        on = calendar.exact(
            token.value, token.second, int(token.text.replace("-", "/").replace(".", "/").split("/")[2])
        )
        return _impossible(1) if on is None else _dated(tokens, at, 1, on, today)
    year, length = _year_said(tokens, at + 1, today)
    if year:
        on = calendar.exact(token.value, token.second, year)
        return _impossible(1 + length) if on is None else _dated(tokens, at, 1 + length, on, today)
    if not led and _counts_parts(tokens, at):
        return None
    on = calendar.latest(token.value, token.second, today)
    if on is None:
        return _impossible(1) if _is_meant_as_day(tokens, at) else None
    return _yearless(_dated(tokens, at, 1, on, today), today)


def _impossible(length: int) -> Found:
    return length, None, frozenset({Tag.IMPOSSIBLE})


def _is_meant_as_day(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether 30/2, or "ngày 32/3", is a slip in a day and not a fraction or a range."""
    token = tokens[at]
    day, month = token.value or 0, token.second or 0
    if at and tokens[at - 1].key.rpartition(" ")[2] in _DAY_WORDS:
        return day < _NO_DAY and month < _NO_DAY
    return "/" in token.text and 28 < day <= 31 and 1 <= month <= 12


def _counts_parts(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether 45/52 or 10-25 counts something, because a unit follows it."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.has(Tag.DAY_INTRO):
        return False
    sure = after.low != after.key or len(after.key) > _SHORT_WORD
    return bool(after.tags & _PARTS) or (sure and after.has(Tag.THING))


def _written_out(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    """Return 5 tháng 4 [năm 2024 | /2024]."""
    day, month = _number(tokens, at), _number(tokens, at + 2)
    if day is not None and at + 1 < len(tokens) and tokens[at + 1].low == _JUNE_OR_NEXT:
        on = calendar.latest(day, 6, today)
        return None if on is None else _dated(tokens, at, 2, on, today)
    if day is not None and _has(tokens, at + 1, Tag.MONTH) and month is None and _is_led(tokens, at):
        return _day_of_month_near(tokens, at, day, today)
    if day is None or month is None or not _has(tokens, at + 1, Tag.MONTH):
        return None
    if tokens[at + 1].key == "t" and not _is_led(tokens, at):
        return None
    year, length = _year_after(tokens, at + 3, today)
    on = calendar.exact(day, month, year) if year else calendar.latest(day, month, today)
    if on is None:
        return _impossible(3 + length) if year or _is_led(tokens, at) else None
    found = _dated(tokens, at, 3 + length, on, today)
    return found if year else _yearless(found, today)


def _day_of_month_near(tokens: Sequence[Token], at: int, day: int, today: date) -> Found | None:
    """Return "ngày 27 tháng trước" and "ngày 3 tháng này"."""
    if _has(tokens, at + 2, Tag.THIS):
        on = calendar.exact(day, today.month, today.year)
    elif _has(tokens, at + 2, Tag.LAST):
        before = calendar.end_of_last_month(today)
        on = calendar.exact(day, before.month, before.year)
    else:
        return None
    return _impossible(3) if on is None else _dated(tokens, at, 3, on, today)


def _yearless(found: Found, today: date) -> Found:
    """Mark a day without a year that will come again soon: last year's, or a plan?"""
    length, on, tags = found
    if on is not None:
        tags |= {Tag.YEARLESS}
    soon = on is not None and calendar.days_to_next(on, today) <= _SOON_DAYS and on.year < today.year
    return length, on, tags | {Tag.COMING} if soon else tags


def _day_alone(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    """Return "ngày 10": the latest tenth not after `today`. The word before it is known to lead in a day."""
    day = _number(tokens, at)
    if day is None or not 1 <= day < _NO_DAY or not tokens[at - 1].has(Tag.DAY_INTRO):
        return None
    if tokens[at - 1].has(Tag.PERSON) or tokens[at - 1].key in ("vao", "luc", "hoi", "nham"):
        return None
    if at + 1 < len(tokens) and tokens[at + 1].tags & _COUNTED and not tokens[at].has(Tag.SPOKEN):
        return None
    if day > 31:
        return _impossible(1) if tokens[at - 1].key in _DAY_WORDS else None
    on = calendar.latest_day_of_month(day, today)
    return None if on is None else _dated(tokens, at, 1, on, today)


def _dated(tokens: Sequence[Token], at: int, length: int, on: date, today: date) -> Found:
    """Return a day with the words that belong to it: vừa rồi, âm lịch, năm ngoái."""
    after = at + length
    if _has(tokens, after, Tag.LUNAR):
        return length + 1, None, frozenset({Tag.LUNAR})
    if _has(tokens, after, Tag.LAST):
        length += 1
    if on > today:
        return length, None, frozenset({Tag.FUTURE})
    return length, on, frozenset()


def _end_of_month(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    """Return "cuối tháng 3": its last day; of the running month it is still to come."""
    if not tokens[at].has(Tag.END_OF):
        return None
    month = _number(tokens, at + 1)
    if month is not None:
        year, length = _year_after(tokens, at + 2, today)
        on = calendar.end_of_month(month, today)
        if on is None:
            return None
        if not year and (month - today.month) % 12 <= _COMING_MONTHS and on != today:
            return 2, None, frozenset({Tag.FUTURE})
        return 2 + length, on.replace(year=year) if year else on, frozenset()
    if _has(tokens, at + 1, Tag.LAST):
        return 2, calendar.end_of_last_month(today), frozenset()
    return 1, None, frozenset({Tag.VAGUE})


def _month(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    token = tokens[at]
    if token.has(Tag.NOISE_MONTH):
        return 1, None, frozenset({Tag.VAGUE})
    if not token.has(Tag.MONTH, Tag.PART_OF):
        return None
    number = _number(tokens, at + 1)
    if token.key in ("t", "th") and (number is None or tokens[at + 1].start != token.end):
        return None
    if number is not None and 1 <= number <= 12:
        year, length = _year_after(tokens, at + 2, today)
        coming = not year and 1 <= (number - today.month) % 12 <= _COMING_MONTHS
        return 2 + length, None, frozenset({Tag.MONTH_NAMED, Tag.FUTURE} if coming else {Tag.MONTH_NAMED})
    if _has(tokens, at + 1, Tag.NOISE_MONTH):
        return 2, None, frozenset({Tag.VAGUE})
    if _has(tokens, at + 1, Tag.LAST) or _has(tokens, at + 1, Tag.THIS):
        return 2, None, frozenset({Tag.VAGUE})
    return (1, None, frozenset({Tag.VAGUE})) if token.has(Tag.PART_OF) else None


def _quarter(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    if not tokens[at].has(Tag.QUARTER):
        return None
    number = _number(tokens, at + 1)
    if number is not None and 1 <= number <= 4:
        _, length = _year_after(tokens, at + 2, today)
        return 2 + length, None, frozenset({Tag.QUARTER})
    if _has(tokens, at + 1, Tag.LAST) or _has(tokens, at + 1, Tag.THIS):
        return 2, None, frozenset({Tag.VAGUE})
    return None


def _year(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    token = tokens[at]
    if not token.has(Tag.YEAR) or (at and tokens[at - 1].kind is Kind.NUMBER):
        return None
    if _is_year_number(tokens, at + 1):
        return 2, None, frozenset({Tag.FUTURE if (tokens[at + 1].value or 0) > today.year else Tag.VAGUE})
    if at + 1 < len(tokens) and tokens[at + 1].kind is Kind.PAIR and (tokens[at + 1].value or 0) > 1900:
        return 2, None, frozenset({Tag.VAGUE})
    if _has(tokens, at + 1, Tag.THIS) or _has(tokens, at + 1, Tag.LAST):
        return 2, None, frozenset({Tag.VAGUE})
    return None


def _vague(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    token = tokens[at]
    if token.has(Tag.PAST_VAGUE) and token.has(Tag.PART_OF) and _number(tokens, at + 1) is not None:
        return None
    if token.has(Tag.WEEK_LAST, Tag.WEEK_THIS, Tag.PAST_VAGUE):
        return 1, None, frozenset({Tag.VAGUE})
    return None


_RULES: tuple[Rule, ...] = (
    _weekday, _ago, _quarter, _relative, _end_of_month, _pair, _written_out, _month, _year, _vague,
)  # fmt: skip


def _year_after(tokens: Sequence[Token], at: int, today: date) -> tuple[int, int]:
    """Return the year that follows (0 if none) and the tokens that it takes: năm 2024, /2024, 2024."""
    said = _year_said(tokens, at, today)
    if said[0]:
        return said
    if at < len(tokens) and tokens[at].text in ("/", "-", ".", ",") and _is_year_number(tokens, at + 1):
        return tokens[at + 1].value or 0, 2
    if _is_year_number(tokens, at):
        return tokens[at].value or 0, 1
    return 0, 0


def _year_said(tokens: Sequence[Token], at: int, today: date) -> tuple[int, int]:
    """Return the year of "năm 2024", "năm ngoái" or "năm nay" and the tokens that it takes; 0 for none."""
    if at < len(tokens) and tokens[at].key in LAST_YEAR:
        return today.year - 1, 1
    if not _has(tokens, at, Tag.YEAR):
        return 0, 0
    if _is_year_number(tokens, at + 1):
        return tokens[at + 1].value or 0, 2
    if _has(tokens, at + 1, Tag.LAST):
        return today.year - 1, 2
    return (today.year, 2) if _has(tokens, at + 1, Tag.THIS) else (0, 0)


def _is_year_number(tokens: Sequence[Token], at: int) -> bool:
    return _is_number(tokens, at) and len(tokens[at].text) == 4 and 1990 <= (tokens[at].value or 0) <= 2099


def _is_led(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and bool(tokens[at - 1].tags & _INTRO)


def _future_if(condition: bool) -> frozenset[Tag]:
    return frozenset({Tag.FUTURE}) if condition else frozenset()


def _is_number(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind is Kind.NUMBER


def _number(tokens: Sequence[Token], at: int) -> int | None:
    return tokens[at].value if _is_number(tokens, at) else None


def _has(tokens: Sequence[Token], at: int, tag: Tag) -> bool:
    return at < len(tokens) and tag in tokens[at].tags


def _named_number(tokens: Sequence[Token], tags: frozenset[Tag]) -> int | None:
    """Return the number of a named month or quarter."""
    if not tags & {Tag.MONTH_NAMED, Tag.QUARTER}:
        return None
    return next((token.value for token in tokens if token.kind is Kind.NUMBER), None)
