"""Figures in words: "12 đoàn viên mới, 1 đối thoại"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.plan import Indicator
from messages_vi.catalogue import Marked, join
from messages_vi.formats import number


def figure(indicator: Indicator, value: int) -> str:
    """Return one figure with its name: 12 đoàn viên mới."""
    return f"{number(value)} {indicator.name}"


def figures(indicators: Iterable[Indicator], values: Mapping[str, int]) -> Marked:
    """Return the figures that are not zero, in the order of the indicators; "" when there are none."""
    named = (figure(one, values[one.code]) for one in indicators if values.get(one.code))
    return join(named, ", ")
