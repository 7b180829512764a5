"""Days of a month: 12/4, 5 tháng 4, ngày 27 tháng trước, ngày 10. Without a year the latest is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.language import calendar
from bot.language.marking import UNITS
from bot.language.tags import Tag, tags
from bot.language.timewords import Found, has, is_led, number_at, year_after, year_said
from bot.language.tokens import Kind, Token

_PARTS = tags("person worker attendee member event deed couple female")
_COUNTED = UNITS - tags("title dialogue conference conference_short agreement union new_member")
_DAY_WORDS = frozenset({"ngay", "hom", "bua", "ng"})
_OWN_FIRM = frozenset({"cty", "cong ty"})  # "12/4 cty đã họp" is more often a day.
_NO_DAY = 100
_NEAR = 6
_MONTHS = 12
_AT_ONCE = ("tra loi", "giai quyet", "xu ly", "giai dap", "dap ung", "thao go", "dong y", "chap thuan")
_ROUND = frozenset({"dot", "lan", "ky", "so", "lan thu", "dot thu"})
_ROUNDS = 5  # No more of them in a month.
_SOLAR = frozenset({"tây", "tay", "dương", "dl"})  # "bữa 12 tây": not of the lunar month.
_SHORT_WORD = 3  # Shorter ones without accents may be any word: "to" is tổ, tờ or to.
_SOON_DAYS = 60
_JUNE_OR_NEXT = "thang sau"  # Behind a day it is June: "ngay muoi thang sau".


def pair(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    token = tokens[at]
    if token.kind is not Kind.PAIR or token.value is None or token.second is None:
        return None
    led = is_led(tokens, at)
    if token.has(Tag.FULL_DATE):
        on = calendar.exact(
            token.value, token.second, int(token.text.replace("-", "/").replace(".", "/").split("/")[2])
        )
        return _impossible(1) if on is None else _dated(tokens, at, 1, on, today)
    year, length = year_said(tokens, at + 1, today)
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
    if after.has(Tag.FIRM):
        return _is_share_of_firms(tokens, at)
    sure = after.low != after.key or len(after.key) > _SHORT_WORD
    return bool(after.tags & _PARTS) or (sure and after.has(Tag.THING))


def _is_share_of_firms(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether 6/9 in "có 6/9 DN đã đối thoại" or "8/12 đơn vị đã họp" counts enterprises."""
    if (tokens[at].value or 0) > (tokens[at].second or 0) or "/" not in tokens[at].text:
        return False
    told = at > 0 and tokens[at - 1].has(Tag.INTRO)
    return told or (tokens[at + 1].key not in _OWN_FIRM and has(tokens, at + 2, Tag.DONE))


def written_out(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    """Return 5 tháng 4 [năm 2024 | /2024]."""
    day, month = number_at(tokens, at), number_at(tokens, at + 2)
    if day is not None and at + 1 < len(tokens) and tokens[at + 1].low == _JUNE_OR_NEXT:
        on = calendar.latest(day, 6, today)
        return None if on is None else _dated(tokens, at, 2, on, today)
    if (
        day is not None
        and has(tokens, at + 1, Tag.MONTH)
        and month is None
        and (is_led(tokens, at) or _stands_behind_count(tokens, at))
    ):
        return _day_of_month_near(tokens, at, day, today)
    if day is None or month is None or not has(tokens, at + 1, Tag.MONTH):
        return None
    if at and (tokens[at - 1].key == "tuan" or (day <= _ROUNDS and tokens[at - 1].key in _ROUND)):
        return None  # "tuần 2 tháng 4", "đợt 1 tháng 3"; but "đợt 20 tháng 8" is a day.
    if tokens[at + 1].key == "t" and not is_led(tokens, at):
        return None
    year, length = year_after(tokens, at + 3, today)
    on = calendar.exact(day, month, year) if year else calendar.latest(day, month, today)
    if on is None:
        return _impossible(3 + length) if year or is_led(tokens, at) else None
    found = _dated(tokens, at, 3 + length, on, today)
    return found if year else _yearless(found, today)


def _stands_behind_count(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether members are counted right before: "kết nạp 5 đv hăm lăm tháng trước" is the 25th."""
    counted = at > 1 and tokens[at - 2].kind is Kind.NUMBER
    sure = (tokens[at].value or 0) > _MONTHS  # "5 đv 4 tháng trước" may be four months, or four others.
    return counted and sure and tokens[at - 1].has(Tag.MEMBER, Tag.NEW_MEMBER, Tag.PERSON)


def _day_of_month_near(tokens: Sequence[Token], at: int, day: int, today: date) -> Found | None:
    """Return "ngày 27 tháng trước" and "ngày 3 tháng này"."""
    if has(tokens, at + 2, Tag.THIS):
        on = calendar.exact(day, today.month, today.year)
    elif has(tokens, at + 2, Tag.LAST):
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


def _ends_after(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the number of "họp tối 19" ends what is said: no members are counted by it."""
    if any(token.has(Tag.ADMIT, Tag.JOIN, Tag.NEW_MEMBER) for token in tokens[max(0, at - _NEAR) : at]):
        return False  # "kết nạp sáng 5, chiều 3"
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is None or after.kind is Kind.BREAK or after.text in (",", ".", ";", "(")


def day_alone(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    """Return "ngày 10": the latest tenth not after `today`. The word before it is known to lead in a day."""
    day = number_at(tokens, at)
    led = tokens[at - 1].has(Tag.DAY_INTRO) or _ends_after(tokens, at)
    if day is None or not 1 <= day < _NO_DAY or not led:
        return None
    if tokens[at - 1].low == "ngay" and _is_at_once(tokens, at - 1):
        return None
    if tokens[at - 1].has(Tag.PERSON) or tokens[at - 1].key in ("vao", "luc", "hoi", "nham"):
        return None
    if at + 1 < len(tokens) and tokens[at + 1].tags & _COUNTED and not tokens[at].has(Tag.SPOKEN):
        return None
    if day > 31:
        return _impossible(1) if tokens[at - 1].key in _DAY_WORDS else None
    on = calendar.latest_day_of_month(day, today)
    return None if on is None else _dated(tokens, at, 1, on, today)


def _is_at_once(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "ngay" is at once, not ngày without its accent: "tra loi ngay 5", "giải quyết ngay 3"."""
    said = " ".join(token.key for token in tokens[max(0, at - 2) : at])
    return said.endswith(_AT_ONCE)


def _dated(tokens: Sequence[Token], at: int, length: int, on: date, today: date) -> Found:
    """Return a day with the words that belong to it: vừa rồi, âm lịch, năm ngoái."""
    after = at + length
    if has(tokens, after, Tag.LUNAR):
        return length + 1, None, frozenset({Tag.LUNAR})
    if after < len(tokens) and tokens[after].low in _SOLAR:
        length += 1
    if has(tokens, at + length, Tag.LAST):
        length += 1
    if on > today:
        return length, None, frozenset({Tag.FUTURE})
    return length, on, frozenset()
