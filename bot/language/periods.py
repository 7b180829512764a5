"""Times that name no day, or only the last one of a month: months, quarters, years, "tuần rồi"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.language import calendar
from bot.language.tags import Tag
from bot.language.timewords import Found, has, is_year_number, number_at, year_after
from bot.language.tokens import Kind, Token

_LATELY = frozenset(
    {"hom bua", "bua hom", "hom no", "bua no", "moi day", "bua truoc", "hom truoc", "bua roi", "hom roi"}
)  # Each of these is a day that has been, whichever.
_COMING_MONTHS = 3  # "tháng 5" said in April is the coming one, said in December the past one.


def end_of_month(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    """Return "cuối tháng 3": its last day; of the running month it is still to come."""
    if not tokens[at].has(Tag.END_OF):
        return None
    month = number_at(tokens, at + 1)
    if month is not None:
        year, length = year_after(tokens, at + 2, today)
        on = calendar.end_of_month(month, today)
        if on is None:
            return None
        if not year and (month - today.month) % 12 <= _COMING_MONTHS and on != today:
            return 2, None, frozenset({Tag.FUTURE})
        return 2 + length, on.replace(year=year) if year else on, frozenset()
    if has(tokens, at + 1, Tag.LAST):
        return 2, calendar.end_of_last_month(today), frozenset()
    return 1, None, frozenset({Tag.VAGUE})


def month(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    token = tokens[at]
    if token.has(Tag.NOISE_MONTH):
        return 1, None, frozenset({Tag.VAGUE})
    if not token.has(Tag.MONTH, Tag.PART_OF):
        return None
    number = number_at(tokens, at + 1)
    if token.key in ("t", "th") and (number is None or tokens[at + 1].start != token.end):
        return None
    if number is not None and 1 <= number <= 12:
        year, length = year_after(tokens, at + 2, today)
        coming = not year and 1 <= (number - today.month) % 12 <= _COMING_MONTHS
        return 2 + length, None, frozenset({Tag.MONTH_NAMED, Tag.FUTURE} if coming else {Tag.MONTH_NAMED})
    if has(tokens, at + 1, Tag.NOISE_MONTH):
        return 2, None, frozenset({Tag.VAGUE})
    if has(tokens, at + 1, Tag.LAST) or has(tokens, at + 1, Tag.THIS):
        return 2, None, frozenset({Tag.VAGUE})
    return (1, None, frozenset({Tag.VAGUE})) if token.has(Tag.PART_OF) else None


def quarter(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    if not tokens[at].has(Tag.QUARTER):
        return None
    number = number_at(tokens, at + 1)
    if number is not None and 1 <= number <= 4:
        _, length = year_after(tokens, at + 2, today)
        return 2 + length, None, frozenset({Tag.QUARTER})
    if has(tokens, at + 1, Tag.LAST) or has(tokens, at + 1, Tag.THIS):
        return 2, None, frozenset({Tag.VAGUE})
    return None


def year(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    token = tokens[at]
    if not token.has(Tag.YEAR) or (at and tokens[at - 1].kind is Kind.NUMBER):
        return None
    if is_year_number(tokens, at + 1):
        return 2, None, frozenset({Tag.FUTURE if (tokens[at + 1].value or 0) > today.year else Tag.VAGUE})
    if at + 1 < len(tokens) and tokens[at + 1].kind is Kind.PAIR and (tokens[at + 1].value or 0) > 1900:
        return 2, None, frozenset({Tag.VAGUE})
    if has(tokens, at + 1, Tag.THIS) or has(tokens, at + 1, Tag.LAST):
        return 2, None, frozenset({Tag.VAGUE})
    return None


def vague(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    token = tokens[at]
    numbered = number_at(tokens, at + 1) is not None
    if numbered and token.has(Tag.PAST_VAGUE) and token.has(Tag.PART_OF):
        return None
    if token.has(Tag.WEEK_LAST) or token.key in _LATELY:
        return 1, None, frozenset({Tag.VAGUE, Tag.WEEK_LAST})
    if token.has(Tag.WEEK_THIS, Tag.PAST_VAGUE):
        return 1, None, frozenset({Tag.VAGUE})
    return None
