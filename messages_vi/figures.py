"""Figures in words: "12 đoàn viên mới, 1 đối thoại"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.plan import Indicator
from messages_vi.catalogue import Marked, join
from messages_vi.reports import amount


def figures(indicators: Iterable[Indicator], values: Mapping[str, int]) -> Marked:
    """Return the figures that are not zero, in the order of the indicators; "" when there are none."""
    return join([amount(one, values[one.code]) for one in indicators if values.get(one.code)], ", ")
