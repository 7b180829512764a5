"""The limits that put an enterprise into a class: từ 10 đến dưới 25 lao động, trên 25 lđ, 10-25 LĐ."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tags import Tag
from bot.language.tokens import Kind, Token

_CLASS_LIMIT = 25
_LOWEST_IN_CLASS = 10


def name_classes(tokens: Sequence[Token]) -> list[Token]:
    """Merge the limits of a class of enterprises: từ 10 đến dưới 25 lao động, trên 25 lđ, 10-25 LĐ."""
    named: list[Token] = []
    at = 0
    while at < len(tokens):
        tag, length = _class_at(tokens, at)
        if tag is None:
            named.append(tokens[at])
            at += 1
            continue
        length += _tail(tokens, at + length)
        named.append(
            tokens[at]._replace(kind=Kind.NOISE, end=tokens[at + length - 1].end, tags=frozenset({tag}))
        )
        at += length
    return named


def _class_at(tokens: Sequence[Token], at: int) -> tuple[Tag | None, int]:
    token = tokens[at]
    start = at + 1 if token.key in ("tu", "co tu") and at + 1 < len(tokens) else at
    if _is_small_range(tokens, start):
        return Tag.CLASS_SMALL, start - at + _range_length(tokens, start)
    if token.key in ("duoi", "<") and _value(tokens, at + 1) == _CLASS_LIMIT:
        return Tag.CLASS_SMALL, 2
    if token.key in ("tu", "tren", "hon", ">", "≥") and _bounds(tokens, at + 1):
        return Tag.CLASS_LARGE, 2
    if token.text == ">" and at + 1 < len(tokens) and tokens[at + 1].text == "=" and _bounds(tokens, at + 2):
        return Tag.CLASS_LARGE, 3
    if _value(tokens, at) == _CLASS_LIMIT and "tro len" in _following_keys(tokens, at + 1):
        return Tag.CLASS_LARGE, 1
    return None, 0


def _is_small_range(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "10 đến dưới 25", "10 - 24" or "10-25" begins at `at`."""
    if at >= len(tokens) or tokens[at].value != _LOWEST_IN_CLASS:
        return False
    if tokens[at].kind is Kind.PAIR:
        return tokens[at].second in (24, 25)
    return _range_length(tokens, at) > 1


def _range_length(tokens: Sequence[Token], at: int) -> int:
    if tokens[at].kind is Kind.PAIR:
        return 1
    for ahead in range(at + 1, min(at + 5, len(tokens))):
        if tokens[ahead].value in (24, 25) and tokens[ahead].kind is Kind.NUMBER:
            return ahead - at + 1
        if tokens[ahead].key not in ("den", "toi", "-", "duoi", "<", "lao dong", "ld", "nld", "cn"):
            return 0
    return 0


def _bounds(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether 25 stands at `at` as the lower bound, not as an age or a sum of members."""
    if _value(tokens, at) != _CLASS_LIMIT:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is None or not after.tags & {Tag.THING, Tag.MEMBER, Tag.NEW_MEMBER, Tag.ATTENDEE}


def _tail(tokens: Sequence[Token], at: int) -> int:
    """Return how many tokens behind a limit belong to it: lao động, trở lên."""
    length = 0
    while at + length < len(tokens) and (
        tokens[at + length].has(Tag.WORKER, Tag.PERSON)
        or tokens[at + length].key in ("tro", "len", "tro len", ">")
    ):
        length += 1
    return length


def _following_keys(tokens: Sequence[Token], at: int) -> str:
    return " ".join(token.key for token in tokens[at : at + 3])


def _value(tokens: Sequence[Token], at: int) -> int | None:
    return tokens[at].value if at < len(tokens) and tokens[at].kind is Kind.NUMBER else None
