"""Events of enterprises: dialogues, conferences, agreements, new unions. Without a count an event is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.language.anchors import AGREEMENTS, UNIONS, UNIONS_LARGE, UNIONS_SMALL
from bot.language.extras import counted
from bot.language.figures import PERSONS, Figure
from bot.language.mentions import Mention, Row
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind
from domain.understanding import Item

_VALUES = {
    "doi_thoai": frozenset({Tag.EVENT, Tag.DIALOGUE, Tag.FIRM, Tag.DEED}),
    "hoi_nghi_nld": tags("event conference conference_short firm deed"),
    AGREEMENTS: frozenset({Tag.AGREEMENT, Tag.DEED, Tag.FIRM}),
    UNIONS: frozenset({Tag.UNION, Tag.FIRM}),
}
_BETWEEN = tags(
    "intro done held union class_small class_large firm found first_time agreement sign quarter kind"
)
_SIDE = "dai dien"
_SMALLEST = 10
_LARGE = 25
_EVIDENCE = tags("done held found sign first_time")


@dataclass(slots=True)
class Group:
    """One event of a mention: its day, place, people and count, in the order in which they were said."""

    on: date | None = None
    place: str | None = None
    people: int | None = None
    value: int | None = None
    attended: bool = False  # Its people are those who came, whoever else is counted.
    represented: bool = False  # Its people are some of the representatives.


@dataclass(frozen=True, slots=True)
class Held:
    """What a mention of an event gives: its items; whether their class is a guess; members named beside."""

    items: tuple[Item, ...] = ()
    class_unknown: bool = False
    members: Figure | None = None


def held(mention: Mention) -> Held:
    """Return the events of one mention, nothing where it is not earned: an event needs a number, a day,
    people or a word that says it took place."""
    if mention.indicator not in _VALUES:
        return Held(counted(mention))
    if mention.indicator == AGREEMENTS and _is_renewal(mention):
        return Held()
    main = _main_value(mention)
    groups = _groups(mention, main)
    members = _members_beside(mention)
    if not _is_earned(mention, main, groups):
        return Held()
    if mention.indicator == UNIONS:
        return _founded(mention, main, groups, members)
    return Held(_items(mention.indicator, mention, main, groups), members=members)


def _items(
    indicator: str, mention: Mention, main: Figure | None, groups: Sequence[Group]
) -> tuple[Item, ...]:
    value = main.value if main else 1
    spans = (main.span,) if main else ()
    if len(groups) == 1 or (
        main is not None and value not in (1, len(groups)) and not any(g.value for g in groups)
    ):
        group = groups[0]
        return (_item(indicator, group.value or value, group, mention, spans),)
    return tuple(_item(indicator, group.value or 1, group, mention, spans) for group in groups)


def _item(
    indicator: str, value: int, group: Group, mention: Mention, spans: tuple[tuple[int, int], ...]
) -> Item:
    return Item(
        indicator,
        value,
        group.on or mention.head_on,
        group.place or mention.head_place,
        group.people,
        spans=spans,
    )


def _founded(mention: Mention, main: Figure | None, groups: Sequence[Group], members: Figure | None) -> Held:
    """Return new unions by class: by the limits named, else by the head count, else the class is unknown."""
    listed = _founded_by_class(mention)
    if listed:
        return Held(listed, members=members)
    named = _named_class(mention)
    for group in groups:
        if group.people is None and len(groups) == 1:
            group.people = _workers_before(mention)
    items: list[Item] = []
    unknown = False
    for item, group in zip(_items(UNIONS, mention, main, groups), groups, strict=False):
        workers = group.people
        if workers is not None and workers < _SMALLEST and named is None:
            continue
        code = named or _class_of(workers, members)
        unknown = unknown or code is None or (named is None and item.value > 1)  # One head count for several.
        items.append(Item(code or UNIONS_LARGE, item.value, item.on, item.place, workers, spans=item.spans))
    return Held(tuple(items), unknown, members)


def _founded_by_class(mention: Mention) -> tuple[Item, ...]:
    """Return the unions of a list by class: "3 CĐCS: 1 DN từ 25 LĐ trở lên, 2 DN dưới 25"."""
    items: list[Item] = []
    for row in mention.rows[1:]:
        code = _class_in(row)
        counted = [figure for figure in row.figures if figure.is_of(Tag.UNION, Tag.FIRM, Tag.FILLER)]
        if code is not None and counted:
            on, place = row.on or mention.head_on, row.place or mention.head_place
            items.append(Item(code, counted[0].value, on, place, spans=(counted[0].span,)))
    return tuple(items)


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
    """Return the head count said before the founding: "có 11 công nhân, hôm qua thành lập"."""
    found = [
        figure for row in mention.head_rows for figure in row.figures if figure.is_of(Tag.WORKER, Tag.PERSON)
    ]
    return found[-1].value if found else None


def _main_value(mention: Mention) -> Figure | None:
    """Return the figure that counts the events: it stands with its unit, or right beside the indicator."""
    units = _VALUES[mention.indicator]
    own = [figure for figure in mention.first.figures if _is_count(figure, mention.first, units)]
    monthly = [
        figure for row in mention.rows if _names_month(row) for figure in row.figures if figure.unit in units
    ]
    if len(monthly) > 1:
        return monthly[0]._replace(value=sum(figure.value for figure in monthly))
    if own:
        return _whole_of(own)._replace(value=_with_other_kinds(mention, _whole_of(own)))
    for row in mention.rows[1:]:
        counted = [figure for figure in row.figures if figure.unit in units]
        if counted and not row.places and not row.dates:
            return _whole_of(counted)
    return None


def _with_other_kinds(mention: Mention, first: Figure) -> int:
    """Add "và 1 cuộc đột xuất" to "1 cuộc định kỳ"."""
    if not mention.first.clause.has(Tag.KIND):
        return first.value
    more = [row for row in mention.rows[1:] if row.clause.joined and row.clause.has(Tag.KIND)]
    return first.value + sum(
        figure.value for row in more for figure in row.figures if figure.is_of(Tag.EVENT)
    )


def _names_month(row: Row) -> bool:
    return row.clause.has(Tag.MONTH_NAMED, Tag.QUARTER)


def _whole_of(counted: Sequence[Figure]) -> Figure:
    """Return the first figure, or the sum of "1 định kỳ 1 đột xuất" where no whole is said."""
    first = counted[0]
    parts = [figure for figure in counted if figure.is_of(Tag.KIND)]
    if first.is_of(Tag.KIND):
        return first._replace(value=sum(figure.value for figure in parts))
    return first


def _is_count(figure: Figure, row: Row, units: frozenset[Tag]) -> bool:
    if figure.stands(Tag.LEFT, Tag.STOCK, Tag.ATTENDING):
        return False
    if figure.unit in units:
        return True
    return figure.is_of(Tag.FILLER, Tag.KIND) and _is_beside(row, figure)


def _is_beside(row: Row, figure: Figure) -> bool:
    anchor, tokens = row.clause.anchor, row.clause.tokens
    if figure.at == anchor - 1:
        return True
    between = tokens[anchor + 1 : figure.at]
    return figure.at > anchor and all(
        token.tags & _BETWEEN or token.text in (":", "=", "-") or token.kind is Kind.NUMBER
        for token in between
    )


def _groups(mention: Mention, main: Figure | None) -> list[Group]:
    """Split a mention into events: a second day or place begins a new one."""
    groups = [Group()]
    for row in mention.rows:
        people = {figure.at: figure for figure in _people(row, mention, main)}
        counts = {
            figure.at: figure
            for figure in row.figures
            if row is not mention.first and _counts_group(figure, mention)
        }
        for at, token in enumerate(row.clause.tokens):
            if token.kind is Kind.PLACE:
                _open(groups, groups[-1].place is not None).place = token.text
            elif token in row.dates and token.on is not None:
                if groups[-1].on != token.on:
                    _open(groups, groups[-1].on is not None).on = token.on
            elif at in people:
                if not _seat(groups[-1], people[at]) and _day_or_place_follows(row, at):
                    _seat(_open(groups, True), people[at])
            elif at in counts and groups[-1].place and main is not counts[at]:
                groups[-1].value = counts[at].value
    return groups


def _seat(group: Group, figure: Figure) -> bool:
    """Give an event its people; False where it has them. Those who came outdo a head count of the firm,
    representatives of both sides are added up."""
    came = figure.stands(Tag.ATTENDING) or figure.is_of(Tag.ATTENDEE)
    represents = figure.unit_key.startswith(_SIDE)
    if group.represented and represents:
        group.people = (group.people or 0) + figure.value
        return True
    if group.people is not None and (group.attended or not came):
        return False
    group.people, group.attended, group.represented = figure.value, came, represents
    return True


def _open(groups: list[Group], new: bool) -> Group:
    if new:
        groups.append(Group())
    return groups[-1]


def _counts_group(figure: Figure, mention: Mention) -> bool:
    return figure.is_of(Tag.EVENT) or (figure.is_of(Tag.FILLER) and mention.indicator != UNIONS)


def _day_or_place_follows(row: Row, at: int) -> bool:
    return any(
        token.kind is Kind.PLACE or (token in row.dates and token.on is not None)
        for token in row.clause.tokens[at + 1 :]
    )


def _people(row: Row, mention: Mention, main: Figure | None) -> list[Figure]:
    return [figure for figure in row.figures if figure is not main and _is_people(figure, row, mention)]


def _is_people(figure: Figure, row: Row, mention: Mention) -> bool:
    if figure.unit_key.startswith(_SIDE):
        return True
    if figure.stands(Tag.PART, Tag.LEFT, Tag.APPLIED, Tag.ASIDE) or figure.gender:
        return False
    if figure.is_of(Tag.FILLER):
        whole_staff = mention.indicator == UNIONS and figure.stands(Tag.STOCK)
        return whole_staff or figure.stands(Tag.ATTENDING)
    if figure.unit not in PERSONS or figure.is_of(Tag.NEW_MEMBER):
        return False
    if mention.indicator == UNIONS:
        return figure.is_of(Tag.WORKER, Tag.PERSON) or figure.stands(Tag.COVERING)
    if figure.is_of(Tag.MEMBER) and not figure.stands(Tag.ATTENDING):
        return False
    if mention.indicator == AGREEMENTS:
        return figure.stands(Tag.COVERING) or (
            figure.at > row.clause.anchor and figure.is_of(Tag.WORKER, Tag.PERSON)
        )
    before = row is mention.first and figure.at < row.clause.anchor
    return not before or figure.is_of(Tag.ATTENDEE) or figure.stands(Tag.ATTENDING)


def _members_beside(mention: Mention) -> Figure | None:
    """Return members counted beside an event without a verb of their own: "ra mắt công đoàn, 15 đv"."""
    for row in mention.rows:
        for figure in row.figures:
            if _counts_members(figure, row) and not figure.stands(
                Tag.ATTENDING, Tag.STOCK, Tag.LEFT, Tag.PART
            ):
                return figure
    return None


def _counts_members(figure: Figure, row: Row) -> bool:
    """Tell whether members are counted, "15 đv" or "ĐV = 15"."""
    if figure.is_of(Tag.MEMBER):
        return True
    head = row.clause.tokens[: figure.at]
    return figure.is_of(Tag.FILLER) and len(head) > 1 and head[-1].text in ":=" and head[-2].has(Tag.MEMBER)


def _is_earned(mention: Mention, main: Figure | None, groups: Sequence[Group]) -> bool:
    if main is not None:
        return main.value > 0
    said = any(
        token.tags & _EVIDENCE and not token.has(Tag.AGREEMENT)
        for row in mention.rows
        for token in row.clause.tokens
    )
    if said or _is_affirmed(mention) or mention.has(Tag.IMPOSSIBLE):
        return True
    if mention.head_on is not None and mention.indicator != AGREEMENTS:
        return True
    return any(group.on or group.people is not None for group in groups)


def _is_affirmed(mention: Mention) -> bool:
    """Tell whether the clause only says that there was one: "đối thoại có", "có đối thoại rồi"."""
    behind = mention.first.clause.tokens[mention.first.clause.anchor + 1 :]
    return bool(behind) and behind[0].key == "co" and all(token.has(Tag.FILLER) for token in behind[1:])


def _is_renewal(mention: Mention) -> bool:
    """Tell whether the agreement is renewed or amended; "ký mới" undoes that unless it is denied."""
    if not mention.has(Tag.RENEW):
        return False
    for row in mention.rows:
        for at, token in enumerate(row.clause.tokens):
            if token.has(Tag.FIRST_TIME) and not (at and row.clause.tokens[at - 1].has(Tag.NO, Tag.NOT_YET)):
                return False
    return True
