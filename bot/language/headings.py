"""Two headings over two numbers, "mới/giảm: 8/2", "(nam/nữ): 3/5": the pair is no day; one figure counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.language.tags import Tag
from bot.language.tokens import NO_TAGS, Kind, Token

_NEW = frozenset(
    {"moi", "ms", "tang", "vao", "vo", "ket nap", "kn", "nhan", "them", "ket nap moi", "tang moi"}
)
_LOST = frozenset({"giam", "ra", "nghi", "roi", "cu", "chuyen di", "nghi viec", "giam dv"})
_WHOLE = frozenset({"tong", "tong so", "tong cong", "ts", "chung"})
_DONE = frozenset({"th", "thuc hien", "dat", "ket qua", "da lam", "lam duoc", "thuc te"})
_AIM = frozenset({"kh", "ke hoach", "chi tieu", "giao", "muc tieu", "duoc giao", "ct"})
_BETWEEN = frozenset({")", ":", "=", "-", "la", "dv", "doan vien", "ld", "nguoi"})
_MOST_BETWEEN = 4


class _Pair(NamedTuple):
    end: int  # behind the last token of the pair
    first: int
    second: int
    at: int


def read_headings(tokens: list[Token]) -> list[Token]:
    """Return the tokens with the pair under two headings as the one number that counts."""
    for at in range(1, len(tokens) - 2):
        if tokens[at].text != "/" or tokens[at].kind is not Kind.SIGN:
            continue
        left, right = _sort(tokens[at - 1]), _sort(tokens[at + 1])
        pair = _pair_behind(tokens, at + 2) if left and right and left != right else None
        if pair is not None and (value := _value(left, right, pair)) is not None:
            return _replaced(tokens, at, pair, value, gendered={left, right} == {"male", "female"})
    return tokens


def _sort(token: Token) -> str:
    if token.kind is not Kind.WORD:
        return ""
    if token.has(Tag.MALE, Tag.FEMALE):
        return "female" if token.has(Tag.FEMALE) else "male"
    if token.has(Tag.NEW_MEMBER, Tag.ADMIT) or token.key in _NEW:
        return "new"
    if token.key.startswith("giam "):
        return "lost"
    named = {"lost": _LOST, "whole": _WHOLE, "done": _DONE, "aim": _AIM}
    return next((sort for sort, words in named.items() if token.key in words), "")


def _pair_behind(tokens: Sequence[Token], at: int) -> _Pair | None:
    for ahead in range(at, min(at + _MOST_BETWEEN, len(tokens))):
        token = tokens[ahead]
        if token.kind is Kind.PAIR and "/" in token.text and not token.has(Tag.FULL_DATE):
            return _Pair(ahead + 1, token.value or 0, token.second or 0, ahead)
        following = tokens[ahead + 1 : ahead + 3]
        if token.kind is Kind.NUMBER and len(following) > 1 and following[0].text == "/":
            return _Pair(ahead + 3, token.value or 0, following[1].value or 0, ahead)
        if token.key not in _BETWEEN:
            return None
    return None


def _value(left: str, right: str, pair: _Pair) -> int | None:
    """Return the number that counts: what is new, what is done, the whole; men and women together."""
    if {left, right} == {"male", "female"}:
        return pair.first + pair.second
    for sort in ("whole", "new", "done"):
        if sort in (left, right):
            return pair.first if left == sort else pair.second
    return None


def _replaced(tokens: Sequence[Token], at: int, pair: _Pair, value: int, *, gendered: bool) -> list[Token]:
    """Return the tokens with one heading and its number; men and women need no heading."""
    start = at - 1 if gendered or not _names(tokens[at - 1]) else at
    if start and tokens[start - 1].text == "(":
        start -= 1
    if tokens[at + 1].key.startswith("giam ") and _names(tokens[at - 1]):  # "tăng/giảm đoàn viên"
        tokens = [*tokens]
        tokens[at - 1] = tokens[at - 1]._replace(tags=frozenset({Tag.NEW_MEMBER}))
    kept = [token for token in tokens[at + 1 : pair.at] if token.text == ":" or token.has(Tag.MEMBER)]
    other = [tokens[at + 1]] if not gendered and _names(tokens[at + 1]) and start < at else []
    figure = tokens[pair.at]._replace(
        kind=Kind.NUMBER, value=value, second=None, tags=NO_TAGS, end=tokens[pair.end - 1].end
    )
    return [*tokens[:start], *other, *kept, figure, *tokens[pair.end :]]


def _names(token: Token) -> bool:
    """Tell whether the heading is the one that says what is new."""
    return _sort(token) == "new"
