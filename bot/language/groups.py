"""The events of one mention told apart: a second day or place begins a new one, with its own people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.language.anchors import AGREEMENTS, UNIONS
from bot.language.figures import Figure
from bot.language.mentions import Mention, Row
from bot.language.people import by_gender, is_of_each_side, is_of_side, people_in
from bot.language.tags import Tag
from bot.language.tokens import Kind

_SIDE = "dai dien"
_EACH = frozenset({"moi", "deu", "moi noi", "moi cho", "moi don vi"})


@dataclass(slots=True)
class Group:
    """One event of a mention: its day, place, people and count, in the order in which they were said."""

    on: date | None = None
    place: str | None = None
    people: int | None = None
    value: int | None = None
    attended: bool = False  # Its people are those who came, whoever else is counted.
    unit_key: str = ""  # What the word was for them.
    sided: bool = False  # They are of one side of the table, to which the other is added.


def groups_of(mention: Mention, main: Figure | None) -> list[Group]:
    """Split a mention into events: a second day or place begins a new one."""
    groups = [Group()]
    several = mention.indicator in (UNIONS, AGREEMENTS) and main is not None and main.value > 1
    for row in mention.rows:
        people = {figure.at: figure for figure in people_in(row, mention, main)}
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
                if not _seat(groups[-1], people[at], row) and (several or _day_or_place_follows(row, at)):
                    _seat(_open(groups, True), people[at], row)
            elif at in counts and groups[-1].place and main is not counts[at]:
                groups[-1].value = counts[at].value
    _cover_by_heading(groups, mention)
    if len(groups) == 1 and groups[0].people is None:
        groups[0].people = by_gender(mention)
    return _each_alike(groups, mention)


def _cover_by_heading(groups: list[Group], mention: Mention) -> None:
    """Give the day of "thành lập 2 CĐCS ngày 5/4: cty A (30 lđ), cty B (12 lđ)" to all in the list."""
    first = mention.first
    on = first.on if not first.places and groups[0].place else None
    if first.clause.has(Tag.FOUND) and _is_said_last(mention) and all(g.on is None for g in groups[:-1]):
        on = on or groups[-1].on
    if len(groups) > 1:
        for group in groups:
            group.on = group.on or on


def _is_said_last(mention: Mention) -> bool:
    """Tell whether a list of one sentence ends with its day: "lập CĐCS tại cty A và cty B ngày 9/4"."""
    last = mention.rows[-1].clause
    one = all(row.clause.sentence == last.sentence for row in mention.rows)
    return one and any(token.on is not None for token in last.tokens[-2:]) and not mention.first.dates


def _each_alike(groups: list[Group], mention: Mention) -> list[Group]:
    """Give the 30 of "cty A với cty B, mỗi nơi 30 lđ" to both."""
    said = any(
        token.key in _EACH and (token.low != token.key or " " in token.key)
        for row in mention.rows
        for token in row.clause.tokens
    )
    people = [group.people for group in groups if group.people is not None]
    if said and len(people) == 1:
        for group in groups:
            group.people = people[0]
    return groups


def _seat(group: Group, figure: Figure, row: Row) -> bool:
    """Give an event its people; False where it has them. Those who came outdo a head count of the firm,
    and parts are added up: the representatives of both sides, "16 cô và 3 bảo mẫu"."""
    came = figure.stands(Tag.ATTENDING) or figure.is_of(Tag.ATTENDEE)
    sided = is_of_side(figure, row)
    if group.people is not None and figure.stands(Tag.TOTAL) and figure.value >= group.people:
        group.people = figure.value
        return True
    if group.people is not None and _is_further_part(group, figure, row):
        group.people += figure.value
        return True
    if group.people is not None and (group.attended or not came):
        return False
    group.people, group.attended, group.unit_key = figure.value, came, figure.unit_key
    group.sided = sided
    if is_of_each_side(figure, row):  # "mỗi bên 4 người": both sides sit at the table.
        group.people *= 2
    return True


def _is_further_part(group: Group, figure: Figure, row: Row) -> bool:
    if figure.unit_key.startswith(_SIDE):
        return group.unit_key.startswith(_SIDE)
    if group.sided and is_of_side(figure, row):
        return True
    joined = row.clause.joined and figure.at <= 1 and not figure.stands(Tag.TOTAL)
    return joined and "" != figure.unit_key != group.unit_key != "" and not (row.places or row.dates)


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
