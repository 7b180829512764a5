"""Numbers in words: hai mươi mốt, hăm ba, chục rưỡi, trăm lẻ sáu, 2 chục; with or without accents.

A run of two number words or more speaks for itself. A single word is only a number where its neighbours say
so, because năm is also a year, ba a father and sáu, without its accent, "after": see `marking`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from bot.language.tokens import Kind, Token
from messages_vi import vocabulary
from messages_vi.folding import bare

_ABOUT = frozenset({(1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (5, 7), (6, 7), (7, 8), (8, 9)})


_DOZEN = frozenset({"ta", "nua"})  # một tá, nửa tá


class Numeral(NamedTuple):
    """A number in words: its value, how many tokens it takes, whether it may also mean "two or three"."""

    value: int
    length: int
    either: bool = False


def read_numeral(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Return the number in words that begins at token `at`, the longest reading, or None."""
    kind = tokens[at].kind
    if kind is Kind.WORD:
        if tokens[at].key not in _first_words():  # Asked of every word of every line, so answered at once.
            return None
    elif kind is not Kind.NUMBER or not _scales_follow(tokens, at):
        return None
    small = _below_thousand(tokens, at)
    if small is None:
        return None
    after = at + small.length
    if _scale(tokens, after) != 1000:
        return small
    rest = _below_thousand(tokens, after + 1)
    if rest is None:
        return Numeral(small.value * 1000, small.length + 1)
    return Numeral(small.value * 1000 + rest.value, small.length + 1 + rest.length)


def named_digit(token: Token) -> int | None:
    """Return the number that a word names after thứ, tháng or quý: there tư is four and IV too."""
    if token.kind is Kind.NUMBER:
        return token.value
    return _look("digits", token) or _look("named", token) or _look("roman", token)


def _below_thousand(tokens: Sequence[Token], at: int) -> Numeral | None:
    hundreds = _hundreds(tokens, at)
    if hundreds is None:
        return _below_hundred(tokens, at)
    after = at + hundreds.length
    if _find("halves", tokens, after) is not None:
        return Numeral(hundreds.value + 50, hundreds.length + 1)
    if _find("links", tokens, after) is not None:
        digit = _digit(tokens, after + 1)
        return hundreds if digit is None else Numeral(hundreds.value + digit, hundreds.length + 2)
    rest = _digits_after(tokens, after) or _below_hundred(tokens, after)
    if rest is None:
        one = _one(tokens, after) if _is_accented(tokens, after) else None  # "hai trăm mốt" is 210.
        return hundreds if one is None else Numeral(hundreds.value + one * 10, hundreds.length + 1)
    value = rest.value * 10 if rest.length == 1 and rest.value < 10 else rest.value
    return Numeral(hundreds.value + value, hundreds.length + rest.length)


def _is_accented(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].low != tokens[at].key


def _digits_after(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Return the digits that end a number begun in words: 1 trăm 2."""
    value = tokens[at].value if at < len(tokens) and tokens[at].kind is Kind.NUMBER else None
    return Numeral(value, 1) if value is not None and value < 100 else None


def _hundreds(tokens: Sequence[Token], at: int) -> Numeral | None:
    digit = _digit(tokens, at)
    if digit is not None and _scale(tokens, at + 1) == 100:
        return Numeral(digit * 100, 2)
    if _scale(tokens, at) != 100:
        return None
    accented = tokens[at].low != tokens[at].key
    return Numeral(100, 1) if accented or _number_goes_on(tokens, at + 1) else None


def _number_goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "tram" without accents is followed by more of a number, so that it is no station."""
    return any(_find(table, tokens, at) is not None for table in ("halves", "links", "digits"))


def _below_hundred(tokens: Sequence[Token], at: int) -> Numeral | None:
    if _is_dozen(tokens, at + 1) and tokens[at].key == "nua":
        return Numeral(6, 2)
    ten = _find("tens", tokens, at)
    if ten is not None:
        digit = _one(tokens, at + 1)
        return None if digit is None else Numeral(ten + digit, 2)
    if _scale(tokens, at) == 10:
        return _after_ten(tokens, at, 1, 1)
    digit = _digit(tokens, at)
    if digit is None:
        return None
    if _scale(tokens, at + 1) == 10:
        return _after_ten(tokens, at, digit, 2)
    if _is_dozen(tokens, at + 1):
        return Numeral(digit * 12, 2)
    second = _one(tokens, at + 1)
    if second is None or tokens[at].kind is Kind.NUMBER:
        return Numeral(digit, 1)
    both_digits = _find("digits", tokens, at + 1) is not None
    return Numeral(digit * 10 + second, 2, either=both_digits and (digit, second) in _ABOUT)


def _after_ten(tokens: Sequence[Token], at: int, digit: int, length: int) -> Numeral:
    """Return `digit` tens with what follows them: mười lăm, hai chục rưỡi."""
    if _find("halves", tokens, at + length) is not None:
        return Numeral(digit * 10 + 5, length + 1)
    one = _one(tokens, at + length)
    return Numeral(digit * 10, length) if one is None else Numeral(digit * 10 + one, length + 1)


def _scales_follow(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether digits are followed by chục, trăm or ngàn: 2 chục."""
    value = tokens[at].value
    scaled = _scale(tokens, at + 1) > 1 or _is_dozen(tokens, at + 1)
    return tokens[at].kind is Kind.NUMBER and value is not None and value < 1000 and scaled


def _is_dozen(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "tá" stands here; without its accent it is "ta"."""
    return at < len(tokens) and tokens[at].low == "tá"


def _digit(tokens: Sequence[Token], at: int) -> int | None:
    if at < len(tokens) and _scales_follow(tokens, at):
        return tokens[at].value
    return _find("digits", tokens, at)


def _one(tokens: Sequence[Token], at: int) -> int | None:
    found = _find("after_ten", tokens, at)
    return _find("digits", tokens, at) if found is None else found


def _scale(tokens: Sequence[Token], at: int) -> int:
    return _find("scales", tokens, at) or 1


def _find(table: str, tokens: Sequence[Token], at: int) -> int | None:
    return _look(table, tokens[at]) if at < len(tokens) else None


def _look(table: str, token: Token) -> int | None:
    if token.kind is not Kind.WORD:
        return None
    words, bare_words = _tables()[table]
    found = words.get(token.low)
    return bare_words.get(token.key) if found is None and token.low == token.key else found


@cache
def _tables() -> Mapping[str, tuple[Mapping[str, int], Mapping[str, int]]]:
    return {
        name: (words, {bare(word): value for word, value in words.items()})
        for name, words in vocabulary.spoken().items()
    }


@cache
def _first_words() -> frozenset[str]:
    """Return the words, without accents, of which a number in words is made."""
    return frozenset(key for _, bare_words in _tables().values() for key in bare_words) | _DOZEN
