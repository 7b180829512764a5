"""The indicators that a plan brings: what its targets count becomes a row, not code."""

from __future__ import annotations

from collections.abc import Iterable

from bot.services.context import Context
from domain.people import UnitKind
from domain.plan import Indicator, Measure, Target
from messages_vi.catalogue import _
from messages_vi.indicators import STANDING

_LONGEST_NAME = 300


def store_indicators(context: Context, targets: Iterable[Target]) -> None:
    """Store what can be counted as far as it is missing: the usual indicators and those of these targets."""
    for standing in STANDING:
        context.uow.indicators.add_new(standing, "code")
    known = context.uow.indicators.find("-position")
    codes = {one.code for one in known}
    position = known[0].position
    for target in targets:
        if target.indicator not in codes:
            position += 1
            context.uow.indicators.add_new(_indicator(target, position), "code")


def _indicator(target: Target, position: int) -> Indicator:
    """Return the indicator that a target of a new kind counts, named by the target's own words."""
    enterprise = _("enterprise (unit word)")
    counts_all = target.measure is Measure.SUM or target.unit not in ("%", enterprise)
    kinds = tuple(UnitKind) if counts_all else (UnitKind.ENTERPRISE,)
    name = target.text.partition(":")[0].strip()
    if name[1:2].islower() or name[1:2].isspace():
        name = name[:1].lower() + name[1:]
    required = () if target.measure is Measure.SHARE_OF_ELIGIBLE else kinds
    word = enterprise if target.unit == "%" else target.unit
    return Indicator(target.indicator, name[:_LONGEST_NAME], word, target.measure, kinds, required, position)
