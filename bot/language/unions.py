"""New unions by class: by the limits named, else by the head count of the enterprise."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.anchors import UNIONS_LARGE, UNIONS_SMALL
from bot.language.figures import Figure
from bot.language.groups import Group
from bot.language.mentions import Mention, Row
from bot.language.tags import Tag
from domain.understanding import Item

SMALLEST = 10
_LARGE = 25


def founded(
    mention: Mention, events: Sequence[Item], groups: Sequence[Group], members: Figure | None
) -> tuple[tuple[Item, ...], bool]:
    """Return the unions of `events` by class, and whether the class of one is a guess."""
    listed = _founded_by_class(mention)
    if listed:
        return listed, False
    named = _named_class(mention)
    items: list[Item] = []
    unknown = False
    for item, group in zip(events, groups, strict=False):
        workers = group.people
        if workers is None and len(groups) == 1:
            workers = _workers_before(mention)
        if workers is not None and workers < SMALLEST and named is None:
            continue
        code = named or _class_of(workers, members)
        unknown = unknown or code is None or (named is None and item.value > 1)  # One head count for several.
        items.append(Item(code or UNIONS_LARGE, item.value, item.on, item.place, workers, spans=item.spans))
    return tuple(items), unknown


def _founded_by_class(mention: Mention) -> tuple[Item, ...]:
    """Return the unions of a list by class: "3 CĐCS: 1 DN từ 25 LĐ trở lên, 2 DN dưới 25"."""
    items: list[Item] = []
    several = len([row for row in mention.rows if _class_in(row) is not None and row.figures]) > 1
    named = several or any(_class_in(row) is not None for row in mention.rows[1:])
    for row in mention.rows if several else mention.rows[1:]:
        code, workers = _class_in(row), None
        counted = [figure for figure in row.figures if _counts_unions(figure)]
        if code is None and named:
            code, workers = _class_by_workers(row)
        if code is not None and counted:
            on, place = row.on or mention.head_on, row.place or mention.head_place
            items.append(Item(code, counted[0].value, on, place, workers, spans=(counted[0].span,)))
    return tuple(items)


def _counts_unions(figure: Figure) -> bool:
    return figure.is_of(Tag.UNION, Tag.FIRM, Tag.FILLER) or figure.unit_key == "cai"


def _class_by_workers(row: Row) -> tuple[str | None, int | None]:
    """Return the class of one enterprise of a list by its head count: "3 DN dưới 25, 1 DN 60 lao động"."""
    workers = _workers([row])
    firms = [figure for figure in row.figures if figure.is_of(Tag.FIRM) or figure.unit_key == "cai"]
    if len(workers) != 1 or len(firms) != 1 or workers[0].value < SMALLEST:
        return None, None
    people = workers[0].value
    return _class_of(people, None), people if firms[0].value == 1 else None


def _class_in(row: Row) -> str | None:
    if row.clause.has(Tag.CLASS_SMALL):
        return UNIONS_SMALL
    return UNIONS_LARGE if row.clause.has(Tag.CLASS_LARGE) else None


def _named_class(mention: Mention) -> str | None:
    if mention.has(Tag.CLASS_SMALL):
        return UNIONS_SMALL
    return UNIONS_LARGE if mention.has(Tag.CLASS_LARGE) else None


def _class_of(workers: int | None, members: Figure | None) -> str | None:
    if workers is not None:
        return UNIONS_LARGE if workers >= _LARGE else UNIONS_SMALL
    return UNIONS_LARGE if members is not None and members.value >= _LARGE else None


def _workers_before(mention: Mention) -> int | None:
    """Return the head count said before the founding: "có 11 công nhân, hôm qua thành lập", "Xưởng vốn có 21
    lao động. Nay ..."."""
    found = _workers(mention.head_rows) or _workers(mention.told_rows)
    return found[-1].value if found else None


def _workers(rows: Sequence[Row]) -> list[Figure]:
    return [
        figure
        for row in rows
        for figure in row.figures
        if figure.is_of(Tag.WORKER, Tag.PERSON, Tag.TITLE) and not figure.stands(Tag.LEFT, Tag.PART)
    ]
