"""Events of enterprises: dialogues, conferences, agreements, new unions. Without a count an event is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.anchors import AGREEMENTS, UNIONS
from bot.language.extras import counted
from bot.language.figures import Figure
from bot.language.groups import Group, groups_of
from bot.language.mentions import Mention, Row
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token
from bot.language.unions import founded
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
_EVIDENCE = tags("done held found sign first_time")


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
    if mention.indicator == AGREEMENTS and is_renewal(mention):
        return Held()
    main = _main_value(mention)
    groups = groups_of(mention, main)
    if mention.indicator == AGREEMENTS:
        groups = _signed_once(groups)
    members = _members_beside(mention)
    if not _is_earned(mention, main, groups):
        return Held()
    events = _items(mention.indicator, mention, main, groups)
    if mention.indicator == UNIONS:
        return Held(*founded(mention, events, groups, members), members)
    return Held(events, members=members)


def _signed_once(groups: Sequence[Group]) -> list[Group]:
    """Leave out a second day of one agreement: it is signed once, and then sent, read out or posted."""
    kept = [groups[0]]
    for group in groups[1:]:
        if group.place is None or group.place == kept[-1].place:
            kept[-1].people = kept[-1].people if kept[-1].people is not None else group.people
        else:
            kept.append(group)
    return kept


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
        if counted and not row.places and all(_is_running(token) for token in row.dates):
            return _whole_of(counted)
    return None


def _is_running(day: Token) -> bool:
    """Tell whether a time is the one that runs: "hay đối thoại lắm, quý này làm được 3 buổi"."""
    return day.on is None and day.key.rpartition(" ")[2] == "nay"


def _with_other_kinds(mention: Mention, first: Figure) -> int:
    """Add "và 1 cuộc đột xuất" to "1 cuộc định kỳ"."""
    if not mention.first.clause.has(Tag.KIND):
        return first.value
    more = [row for row in mention.rows[1:] if row.clause.tokens[0].has(Tag.KIND, Tag.AND) or row.figures]
    return first.value + sum(
        row.figures[0].value
        for row in more
        if row.figures and row.clause.has(Tag.KIND) and row.figures[0].is_of(Tag.EVENT, Tag.FILLER, Tag.KIND)
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
        token.tags & _BETWEEN or token.text in (":", "=", "-", "x") or token.kind is Kind.NUMBER
        for token in between
    )


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


def is_renewal(mention: Mention) -> bool:
    """Tell whether the agreement is renewed or amended; "ký mới" undoes that unless it is denied."""
    if not mention.has(Tag.RENEW):
        return False
    for row in mention.rows:
        for at, token in enumerate(row.clause.tokens):
            if token.has(Tag.FIRST_TIME) and not (at and row.clause.tokens[at - 1].has(Tag.NO, Tag.NOT_YET)):
                return False
    return True
