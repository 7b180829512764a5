"""Days named in a line, absolutely or relative to `today`: each becomes one token of kind DATE.

A DATE without a day (`on` is None) is a time that names none: a month, a quarter, "tuần rồi", "mới đây".
Weeks run Monday to Sunday; a day and month without a year is the latest one not after `today`.
The rules stand in `weekdays`, `monthdays` and `periods`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.language.datepairs import reconcile
from bot.language.monthdays import day_alone, pair, written_out
from bot.language.periods import end_of_month, month, quarter, vague, year
from bot.language.tags import Tag, tags
from bot.language.timewords import INTRO, Found, has
from bot.language.tokens import Kind, Token, merged
from bot.language.weekdays import weekday

_DAYS_BACK = ((Tag.TODAY, 0), (Tag.YESTERDAY, 1), (Tag.TWO_DAYS_AGO, 2), (Tag.THREE_DAYS_AGO, 3))
_SILENT = frozenset({Kind.SIGN, Kind.BREAK, Kind.PLACE})
_STARTS = tags(
    "day_intro of_day weekday sunday worker today yesterday two_days_ago three_days_ago future "
    "week_this week_last past_vague month part_of end_of quarter year same_day since"
)
_LONGEST_LEAD = 4
_LONG_AGO = 400
_DAYS = frozenset({"ngay", "hom", "bua"})

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
        and tokens[at].tags & INTRO
        and (at > start or _leads_in(tokens, at, before))
    ):
        at += 1
    lead = at - start
    for rule in _RULES:
        if at < len(tokens) and (step := rule(tokens, at, today)) is not None:
            return lead + step[0], step[1], step[2]
    if lead and (step := day_alone(tokens, at, today)) is not None:
        return lead + step[0], step[1], step[2]
    if lead:  # "hồi sáng" and "hôm bữa" lead in, or are a day themselves.
        return next((step for rule in (_relative, vague) if (step := rule(tokens, start, today))), None)
    return None


def _leads_in(tokens: Sequence[Token], at: int, before: Token | None) -> bool:
    """A word that may lead in a date does not when it is counted: 3 ngày, 5 ng; but 5 ngày 12/4 is a day."""
    if before is None or before.kind is not Kind.NUMBER or tokens[at].has(Tag.OF_DAY):
        return True
    following = tokens[at + 1 : at + 3]
    if not following or following[0].kind is Kind.PAIR:
        return bool(following)
    return len(following) == 2 and following[0].kind is Kind.NUMBER and following[1].key == "thang"


def _named_number(tokens: Sequence[Token], tags: frozenset[Tag]) -> int | None:
    """Return the number of a named month or quarter."""
    if not tags & {Tag.MONTH_NAMED, Tag.QUARTER}:
        return None
    return next((token.value for token in tokens if token.kind is Kind.NUMBER), None)


def _relative(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    token = tokens[at]
    if token.has(Tag.FUTURE):
        return 1, None, frozenset({Tag.FUTURE})
    if token.has(Tag.SAME_DAY):
        return 1, None, frozenset({Tag.SAME_DAY})
    for tag, days in _DAYS_BACK:
        if token.has(tag):
            return 1, today - timedelta(days=days), frozenset()
    return None


def _ago(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    """Return "3 ngày trước" and "cách đây 3 ngày"."""
    if tokens[at].has(Tag.SINCE) and at + 2 < len(tokens) and tokens[at + 2].key in _DAYS:
        found = _days_back(tokens[at + 1], today)
        return None if found is None else (3, found, frozenset())
    if not has(tokens, at + 1, Tag.AGO):
        return None
    found = _days_back(tokens[at], today)
    return None if found is None else (2, found, frozenset())


def _days_back(number: Token, today: date) -> date | None:
    value = number.value if number.kind is Kind.NUMBER else None
    return None if value is None or value >= _LONG_AGO else today - timedelta(days=value)


_RULES: tuple[Rule, ...] = (
    weekday, _ago, quarter, _relative, end_of_month, pair, written_out, month, year, vague,
)  # fmt: skip
