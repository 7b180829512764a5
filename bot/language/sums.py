"""How the numbers of persons admitted go together: a whole with its parts, groups that add up, days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.language.anchors import MEMBERS
from bot.language.earned import ANYBODY
from bot.language.figures import Figure
from bot.language.tags import Tag
from domain.understanding import Item


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of persons admitted, with its day, place and what is doubtful about it."""

    figure: Figure
    on: date | None
    place: str | None
    part: bool = False
    total: bool = False
    doubt: bool = False
    left_over: bool = False  # "còn 5": what stays of a number said before


@dataclass(frozen=True, slots=True)
class Outcome:
    """The items of one indicator, other values that the line allows, and whether the number is missing."""

    items: tuple[Item, ...] = ()
    others: tuple[int, ...] = ()
    missing: bool = False


def resolve(entries: Sequence[Entry]) -> Outcome:
    totals = [entry for entry in entries if entry.total]
    mains = [entry for entry in entries if not entry.total and not entry.part and not entry.figure.gender]
    gendered = [entry for entry in entries if entry.figure.gender and not entry.total]
    women = sum(entry.figure.value for entry in gendered if entry.figure.gender is Tag.FEMALE) or None
    if not mains and not totals:
        return _sum_of_parts(entries, gendered, women)
    if len({(entry.on, entry.place) for entry in mains}) > 1:
        placed = _without_whole(mains)
        return Outcome(_by_group(placed), _doubts(placed))
    if totals and len(mains) != 1:
        item = _item(totals[-1], totals[-1].figure.value, women, _covering(entries))
        added = sum(entry.figure.value for entry in mains)
        return Outcome((item,), (added,) if added not in (0, item.value) else ())
    return _single(mains, gendered, women)


def _without_whole(mains: Sequence[Entry]) -> Sequence[Entry]:
    """Leave out the 8 of "8 đv: cty Phú Hưng 5, cty Tân Lộc 3", which is said again place by place."""
    first, *rest = mains
    said_again = len(rest) > 1 and first.figure.value == sum(entry.figure.value for entry in rest)
    return rest if said_again else mains


def _sum_of_parts(entries: Sequence[Entry], gendered: Sequence[Entry], women: int | None) -> Outcome:
    parts = [entry for entry in entries if entry in gendered] or list(entries)
    value = sum(entry.figure.value for entry in parts)
    return Outcome((_item(parts[0], value, women, parts),), _doubts(parts))


def _single(mains: Sequence[Entry], gendered: Sequence[Entry], women: int | None) -> Outcome:
    """Resolve figures of one day and place: one, a whole beside its parts, or parts that add up."""
    while len(mains) > 1 and mains[-1].left_over and mains[-1].figure.value > mains[0].figure.value:
        mains = mains[:-1]  # "kết nạp 5, nghỉ 2, còn 80": a stock.
    values = [entry.figure.value for entry in mains]
    if len(mains) > 1 and mains[-1].left_over and values[-1] < values[0]:
        return Outcome((_item(mains[-1], values[-1], women, mains[-1:]),))
    men_too = any(entry.figure.gender is Tag.MALE for entry in gendered)
    if len(values) == 1 or (len(set(values)) == 1 and not _are_different_jobs(mains)):
        others = _doubts(mains) or _other_than(values[0], gendered)
        return Outcome((_item(mains[0], values[0], women, mains[:1]),), others)
    if values[0] == sum(values[1:]) and len(set(values)) > 1:
        return Outcome((_item(mains[0], values[0], women, mains[:1]),))
    if values[-1] == sum(values[:-1]) and len(set(values)) > 1:
        return Outcome((_item(mains[-1], values[-1], women, mains[-1:]),))
    whole = sum(values)
    if not men_too and _may_be_parts(mains):
        return Outcome((_item(mains[0], values[0], women, mains[:1]),), (whole,))
    return Outcome((_item(mains[0], whole, women, mains),), _doubts(mains))


def _other_than(whole: int, gendered: Sequence[Entry]) -> tuple[int, ...]:
    """Return what men and women add up to, where both are counted and the whole is another number."""
    both = {entry.figure.gender for entry in gendered} == {Tag.MALE, Tag.FEMALE}
    added = sum(entry.figure.value for entry in gendered)
    return (added,) if both and len(gendered) == 2 and added != whole else ()


def _are_different_jobs(mains: Sequence[Entry]) -> bool:
    """Tell whether equal numbers count different people, "1 bảo vệ, 1 kế toán", and are not said twice."""
    keys = {entry.figure.unit_key for entry in mains}
    whole = any(entry.figure.is_of(Tag.COUPLE, Tag.MEMBER, Tag.NEW_MEMBER) for entry in mains)
    return len(keys) == len(mains) and not whole and not keys & (ANYBODY | {""})


def _may_be_parts(mains: Sequence[Entry]) -> bool:
    """Tell whether the later numbers may be parts of the first: "5 đv, 3 bạn tổ cắt"."""
    first, *rest = mains
    if first.figure.is_of(Tag.MEMBER, Tag.NEW_MEMBER) and not all(
        entry.figure.is_of(first.figure.unit) for entry in rest
    ):
        return sum(entry.figure.value for entry in rest) < first.figure.value
    return False


def _by_group(mains: Sequence[Entry]) -> tuple[Item, ...]:
    groups: dict[tuple[date | None, str | None], list[Entry]] = {}
    for entry in mains:
        groups.setdefault((entry.on, entry.place), []).append(entry)
    return tuple(
        _item(group[0], sum(entry.figure.value for entry in group), None, group) for group in groups.values()
    )


def _covering(entries: Sequence[Entry]) -> Sequence[Entry]:
    return [entry for entry in entries if entry.total][-1:]


def _doubts(mains: Sequence[Entry]) -> tuple[int, ...]:
    """Return what else the number may be: "hai ba" is 23, or two or three; "khoảng 15" is not known yet."""
    for entry in mains:
        if entry.figure.stands(Tag.EITHER):
            tens, ones = divmod(entry.figure.value, 10)
            return (tens, ones) if tens else (0,)
    return (0,) if any(entry.doubt for entry in mains) else ()


def _item(entry: Entry, value: int, women: int | None, spans: Sequence[Entry]) -> Item:
    return Item(
        MEMBERS, value, entry.on, entry.place, women=women, spans=tuple(part.figure.span for part in spans)
    )
