"""What the rules of time share: what a rule finds, the words that lead a day in, the year that follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.language.datepairs import LAST_YEAR
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token

INTRO = frozenset({Tag.DAY_INTRO, Tag.OF_DAY})
Found = tuple[int, date | None, frozenset[Tag]]  # How many tokens it takes, the day, and what is said of it.


def has(tokens: Sequence[Token], at: int, tag: Tag) -> bool:
    return at < len(tokens) and tag in tokens[at].tags


def number_at(tokens: Sequence[Token], at: int) -> int | None:
    return tokens[at].value if is_number(tokens, at) else None


def is_number(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind is Kind.NUMBER


def is_led(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and bool(tokens[at - 1].tags & INTRO)


def is_year_number(tokens: Sequence[Token], at: int) -> bool:
    return is_number(tokens, at) and len(tokens[at].text) == 4 and 1990 <= (tokens[at].value or 0) <= 2099


def year_after(tokens: Sequence[Token], at: int, today: date) -> tuple[int, int]:
    """Return the year that follows (0 if none) and the tokens that it takes: năm 2024, /2024, 2024."""
    said = year_said(tokens, at, today)
    if said[0]:
        return said
    if at < len(tokens) and tokens[at].text in ("/", "-", ".", ",") and is_year_number(tokens, at + 1):
        return tokens[at + 1].value or 0, 2
    if is_year_number(tokens, at):
        return tokens[at].value or 0, 1
    return 0, 0


def year_said(tokens: Sequence[Token], at: int, today: date) -> tuple[int, int]:
    """Return the year of "năm 2024", "năm ngoái" or "năm nay" and the tokens that it takes; 0 for none."""
    if at < len(tokens) and tokens[at].key in LAST_YEAR:
        return today.year - 1, 1
    if not has(tokens, at, Tag.YEAR):
        return 0, 0
    if is_year_number(tokens, at + 1):
        return tokens[at + 1].value or 0, 2
    if has(tokens, at + 1, Tag.LAST):
        return today.year - 1, 2
    return (today.year, 2) if has(tokens, at + 1, Tag.THIS) else (0, 0)
