"""Figures that can count neither persons nor events: -5, âm 5, 5,5, "5-6 người". They are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.language.tags import Tag, tags
from bot.language.tokens import NO_TAGS, Kind, Token

_COUNTED = tags("person worker member new_member title event attendee")
_MARK = frozenset({Tag.UNCOUNTABLE})
_CLASS_TOPS = (24, 25)  # "10-25 lao động" names a class of enterprises.
_THOUSAND = 3
_PAGE = 200
_MOST = 4  # Each is read again with other numbers in its place.


def mark_uncountable(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with every such figure turned into noise that bears its mark and its sign."""
    marked: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind is Kind.NUMBER and token.value and _is_negative(tokens, at):
            sign = marked.pop()
            written = f"-{token.text}" if sign.text == "-" else f"{sign.text} {token.text}"
            token = token._replace(text=written, start=sign.start, kind=Kind.NOISE, tags=_MARK)
        elif _is_halved(tokens, at):
            token = token._replace(text=f"{token.text} {tokens[at + 1].text}", kind=Kind.NOISE, tags=_MARK)
        elif _is_fraction(token) or _is_range(tokens, at):
            token = token._replace(kind=Kind.NOISE, tags=_MARK)
        marked.append(token)
    return marked


def uncountable(tokens: Sequence[Token]) -> list[int]:
    """Return the positions of the figures that bear the mark; of a page of them only the first."""
    most = _MOST if len(tokens) < _PAGE else 1
    return [at for at, token in enumerate(tokens) if token.has(Tag.UNCOUNTABLE)][:most]


def candidates(token: Token) -> tuple[int, ...]:
    """Return what the writer of such a figure may have meant, the likeliest first."""
    first, mark, second = token.text.replace(".", ",").replace("-", ",").partition(",")
    if not first or not mark:
        return (token.value or 0,)
    if "-" in token.text:
        return int(first), int(second)
    if len(second) == _THOUSAND:
        return int(first + second), int(first)
    return (int(first), int(first) + 1) if int(second) else (int(first),)


def counted_as(tokens: Sequence[Token], position: int, value: int) -> list[Token]:
    """Return the tokens with the marked figure at `position` read as `value`; the others are guessed."""
    return [
        token._replace(
            kind=Kind.NUMBER,
            value=value if at == position else candidates(token)[0],
            second=None,
            tags=NO_TAGS,
        )
        if token.has(Tag.UNCOUNTABLE)
        else token
        for at, token in enumerate(tokens)
    ]


def _is_negative(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "-5" or "âm 5" stands here; a dash with spaces or at the head of a list's line is none."""
    if at == 0:
        return False
    sign = tokens[at - 1]
    if sign.low == "âm" or (sign.low == "am" and not sign.tags):
        return True
    if sign.text != "-" or sign.end != tokens[at].start:
        return False
    if at == 1:
        return not any(token.text == "-" and before.kind is Kind.BREAK for before, token in pairwise(tokens))
    before = tokens[at - 2]
    return before.end < sign.start and before.kind in (Kind.WORD, Kind.SIGN, Kind.PLACE)


def _is_fraction(token: Token) -> bool:
    """Tell whether this is 5,5; "1,2,3" is a list."""
    return token.has(Tag.NOISE_DECIMAL) and sum(letter in ",." for letter in token.text) == 1


def _is_range(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "5.5 đoàn viên" or "5-6 người" stands here: behind a pair, people are counted."""
    token = tokens[at]
    if token.kind is not Kind.PAIR or "/" in token.text or token.has(Tag.FULL_DATE) or at + 1 == len(tokens):
        return False
    return bool(tokens[at + 1].tags & _COUNTED) and token.second not in _CLASS_TOPS


def _is_halved(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "2 rưỡi" stands here; "chục rưỡi" has become 15 before."""
    return tokens[at].kind is Kind.NUMBER and at + 1 < len(tokens) and tokens[at + 1].key == "ruoi"
