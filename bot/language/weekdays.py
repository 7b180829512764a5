"""Weekdays: thứ 6, t6, chủ nhật, thứ hai tuần trước. Weeks run Monday to Sunday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.language import calendar
from bot.language.tags import Tag
from bot.language.timewords import Found, has, is_led, is_number
from bot.language.tokens import Kind, Token

_SUNDAY = 8


def weekday(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    """Return thứ 6, t6, thứ hai tuần này, chủ nhật; t2 to t7 may also be months."""
    number, length = _weekday_number(tokens, at)
    if number is None or (at + length < len(tokens) and tokens[at + length].key == "cua"):
        return None
    after = at + length
    if has(tokens, after, Tag.WEEK_THIS):
        on = calendar.weekday_of_week(number - 2, 0, today)
        return length + 1, on if on <= today else None, _future_if(on > today)
    if has(tokens, after, Tag.WEEK_LAST):
        return length + 1, calendar.weekday_of_week(number - 2, -1, today), frozenset()
    if has(tokens, after, Tag.FUTURE) or has(tokens, after, Tag.THIS):
        return length + 1, None, frozenset({Tag.FUTURE})
    if has(tokens, after, Tag.TODAY):
        return length + 1, today, frozenset()
    said_past = int(has(tokens, after, Tag.LAST))
    on = calendar.past_weekday(number - 2, today)
    if tokens[at].key in ("t", "th") and not is_led(tokens, at) and _may_be_month(number, today):
        return length + said_past, on, frozenset({Tag.WEEKDAY_OR_MONTH})
    return length + said_past, on, frozenset()


def _weekday_number(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    token = tokens[at]
    if token.has(Tag.SUNDAY) or (token.key == "cn" and _is_sunday(tokens, at)):
        return _SUNDAY, 1
    value = tokens[at + 1].value if token.has(Tag.WEEKDAY) and is_number(tokens, at + 1) else None
    if value is None or not 2 <= value <= 7:
        return None, 0
    if token.low == "thu" and not is_led(tokens, at) and _counts_things(tokens, at + 2):
        return None, 0
    short = token.key in ("t", "th")
    if short and (tokens[at + 1].start != token.end or _is_heading(tokens, at)):
        return None, 0
    return value, 2


def _counts_things(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the number of "thu 7 kiến nghị" counts what was gathered."""
    return (
        at < len(tokens)
        and tokens[at].has(Tag.THING, Tag.PERSON, Tag.EVENT)
        and not tokens[at].has(Tag.DAY_INTRO)
    )


def _is_sunday(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether cn is chủ nhật, not công nhân."""
    if at and tokens[at - 1].kind is Kind.NUMBER:
        return False
    return is_led(tokens, at) or has(tokens, at + 1, Tag.WEEK_LAST) or has(tokens, at + 1, Tag.WEEK_THIS)


def _is_heading(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether t4 heads a report and so means the month: "BC t4: ..."."""
    follows = tokens[at + 2].text in (":", "/") if at + 2 < len(tokens) else False
    return follows or (at > 0 and tokens[at - 1].has(Tag.SENT, Tag.PART_OF, Tag.END_OF))


def _may_be_month(number: int, today: date) -> bool:
    """Tell whether t3 may be month 3: only of this month or the two before it does one speak so."""
    return (today.month - number) % 12 <= 2


def _future_if(condition: bool) -> frozenset[Tag]:
    return frozenset({Tag.FUTURE}) if condition else frozenset()
