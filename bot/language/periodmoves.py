"""Figures that belong to another period: "số đó của quý 1 nha", "không phải quý 2, quý 1 mới đúng"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.language.tags import Tag
from bot.language.tokens import Kind, Token

_PERIODS = (Tag.QUARTER, Tag.MONTH_NAMED)
_UNSURE = (Tag.ASKING, Tag.MANY, Tag.TASKS, Tag.DUE, Tag.HELP)
_ASKS = frozenset({"?", "ha", "chua"})
_POINTING = frozenset({"do", "tren", "nay", "ay", "kia", "vua roi", "hoi nay", "vua gui", "moi gui"})
_THINGS = frozenset({"cai", "con so"})
_LINKS = frozenset({"la", "cua", "thuoc", "thuoc ve", "cho", "vao", "vo", "qua", "sang", "ve"})
_MOVING = frozenset({"chuyen", "tinh", "ghi", "doi", "de", "dua", "cong", "dem", "chinh", "sua"})
_INTO = ("qua", "sang", "vao", "vo", "ve")
_LONGEST = 16
_NEAR = 4


class _Period(NamedTuple):
    """A month or quarter that is named; `denied` for "không phải quý 2", `left` for "từ quý 2"."""

    at: int
    quarter: int
    is_quarter: bool
    denied: bool
    left: bool


def moves_period(tokens: Sequence[Token]) -> bool:
    """Tell whether a line only moves figures to another period."""
    return _moved_to(tokens) is not None


def quarter_named(tokens: Sequence[Token]) -> int | None:
    """Return the quarter that a line is about: where it moves figures, also that of a month."""
    moved = _moved_to(tokens)
    if moved is not None:
        return moved.quarter
    quarters = [period for period in _periods(tokens) if period.is_quarter]
    meant = [period for period in quarters if not period.denied] or quarters
    return meant[0].quarter if meant else None


def _moved_to(tokens: Sequence[Token]) -> _Period | None:
    """Return the period to which the line moves what was sent; with a number it reports instead."""
    periods = list(_periods(tokens))
    if not periods or any(token.text in _ASKS or token.has(*_UNSURE) for token in tokens):
        return None
    numbered = {period.at + 1 for period in periods}  # "qua quý 1" keeps its number apart.
    if any(token.kind is Kind.NUMBER and at not in numbered for at, token in enumerate(tokens)):
        return None
    meant = [period for period in periods if not period.denied and not period.left]
    if len(meant) != 1:
        return None
    if len(meant) < len(periods):
        return meant[0]
    told = _points_back(tokens, meant[0]) or _is_directed(tokens, meant[0].at)
    return meant[0] if told and len(tokens) <= _LONGEST else None


def _periods(tokens: Sequence[Token]) -> Iterator[_Period]:
    for at, token in enumerate(tokens):
        value, quarter = token.value, token.has(Tag.QUARTER)
        if token.key.endswith(("qua quy", "sang quy", "qua thang", "sang thang")):
            value = tokens[at + 1].value if at + 1 < len(tokens) else None
            quarter = token.key.endswith("quy")
        elif token.kind is not Kind.DATE or not token.has(*_PERIODS):
            continue
        if value is None or not 1 <= value <= (4 if quarter else 12):
            continue
        before = tokens[max(0, at - 2) : at]
        denied = any(near.has(Tag.NOT_BUT) for near in before)
        left = bool(before) and (before[-1].key == "tu" or token.key.startswith("tu "))
        yield _Period(at, value if quarter else (value + 2) // 3, quarter, denied, left)


def _points_back(tokens: Sequence[Token], period: _Period) -> bool:
    """Tell whether "số đó", "tin hồi nãy" or "số em gửi" is said to be of the period."""
    before = tokens[: period.at]
    message = any(token.has(Tag.MESSAGE) or token.key in _THINGS for token in before)
    pointed = any(
        token.key in _POINTING
        or (at > 0 and token.has(Tag.SENT) and not token.has(Tag.MESSAGE))
        or (token.kind is Kind.DATE and not token.has(*_PERIODS))
        for at, token in enumerate(before)
    )
    linked = tokens[period.at].key.startswith("cua") or any(token.key in _LINKS for token in before[-2:])
    return message and pointed and linked and not any(token.has(Tag.NO, Tag.NOT_YET) for token in before)


def _is_directed(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "tính vô quý 1" or "chuyển số đó qua quý 1" is asked for."""
    into = tokens[at].key.startswith(_INTO) or (at > 0 and tokens[at - 1].key in _INTO)
    verbs = [token for token in tokens[max(0, at - _NEAR) : at] if token.key.partition(" ")[0] in _MOVING]
    return into and bool(verbs) and not any(token.has(Tag.FUTURE, Tag.NOT_YET, Tag.NO) for token in tokens)
