"""Which figures of a mention are its people: those present at an event, the workers of an enterprise."""

from __future__ import annotations

from bot.language.anchors import AGREEMENTS, DIALOGUES, UNIONS
from bot.language.figures import PERSONS, Figure
from bot.language.mentions import Mention, Row
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token

_SIDE = "dai dien"
_FULL = frozenset({"du", "dong du", "di du", "du mat"})  # "đủ 115/120"
_SIDES = frozenset({"ben", "phia"})
_SIDE_NEAR = 3
_MADE_UP_OF = frozenset({"gom", "bao gom", "gom co"})


def people_in(row: Row, mention: Mention, main: Figure | None) -> list[Figure]:
    """Return the figures of one clause that count the people of an event."""
    return [figure for figure in row.figures if figure is not main and _is_people(figure, row, mention)]


def by_gender(mention: Mention) -> int | None:
    """Return the people of "13 nam 8 nữ dự" or "đối thoại với 12 lao động nữ", where no whole is said."""
    found = [
        figure
        for row in mention.rows
        for figure in row.figures
        if figure.gender and not figure.stands(Tag.PART, Tag.LEFT, Tag.APPLIED)
    ]
    both = {figure.gender for figure in found} >= {Tag.MALE, Tag.FEMALE}
    named = len(found) == 1 and found[0].unit in PERSONS and mention.indicator != AGREEMENTS
    return sum(figure.value for figure in found) if both or named else None


def is_of_side(figure: Figure, row: Row) -> bool:
    """Tell whether a figure counts one side of the table: "bên chủ 3 người", "9 người bên công đoàn"."""
    before = row.clause.tokens[max(0, figure.at - _SIDE_NEAR) : figure.at]
    last = max((at for at, token in enumerate(before) if token.kind is Kind.NUMBER), default=-1)
    behind = row.clause.tokens[figure.at + 2 : figure.at + 3]
    if is_of_each_side(figure, row) or any(token.kind is Kind.DATE for token in before):
        return False
    return any(_names_side(token) for token in (*before[last + 1 :], *behind))


def is_of_each_side(figure: Figure, row: Row) -> bool:
    """Tell whether "mỗi bên 4 người" counts both sides alike."""
    keys = [token.key for token in row.clause.tokens[max(0, figure.at - _SIDE_NEAR) : figure.at]]
    return "moi ben" in " ".join(keys)


def _names_side(token: Token) -> bool:
    return token.key.split(" ")[0] in _SIDES and token.low.split(" ")[0] in (*_SIDES, "bên", "phía")


def _is_people(figure: Figure, row: Row, mention: Mention) -> bool:
    if figure.unit_key.startswith(_SIDE):
        return True
    aside = figure.stands(Tag.ASIDE) and not figure.is_of(Tag.ATTENDEE)  # "về tiền thưởng có 15 người dự"
    if figure.stands(Tag.LEFT, Tag.APPLIED) or aside or figure.gender:
        return False
    if figure.stands(Tag.PART) and not _makes_up(figure, row):
        return False
    if figure.is_of(Tag.FILLER):
        whole_staff = mention.indicator == UNIONS and figure.stands(Tag.STOCK)
        covered = mention.indicator == AGREEMENTS and figure.stands(Tag.COVERING)
        sided = mention.indicator == DIALOGUES and is_of_side(figure, row)
        said = _is_said_to_attend(figure, row) and mention.indicator != UNIONS
        return whole_staff or covered or sided or said or figure.stands(Tag.ATTENDING)
    if figure.unit not in PERSONS or figure.is_of(Tag.NEW_MEMBER):
        return False
    if mention.indicator == UNIONS and _is_of_committee(figure, row):
        return False
    if mention.indicator == UNIONS:
        return figure.is_of(Tag.WORKER, Tag.PERSON, Tag.TITLE) or figure.stands(Tag.COVERING)
    if figure.is_of(Tag.MEMBER) and not figure.stands(Tag.ATTENDING):
        return False
    if mention.indicator == AGREEMENTS:
        return figure.stands(Tag.COVERING) or (
            figure.at > row.clause.anchor and figure.is_of(Tag.WORKER, Tag.PERSON)
        )
    before = row is mention.first and figure.at < row.clause.anchor
    if before and figure.at == 1 and mention.indicator == DIALOGUES and row.clause.tokens[0].has(Tag.AND):
        return row.clause.joined  # "chủ quán với 12 nhân viên ngồi đối thoại"
    return not before or figure.is_of(Tag.ATTENDEE) or figure.stands(Tag.ATTENDING)


def _is_of_committee(figure: Figure, row: Row) -> bool:
    """Tell whether "BCH lâm thời 3 đồng chí" counts the committee of a new union."""
    return any(token.has(Tag.UNION_OTHER) for token in row.clause.tokens[: figure.at])


def _is_said_to_attend(figure: Figure, row: Row) -> bool:
    """Tell whether "đủ 115/120" or "số người dự hội nghị 3/4: 66" counts those present."""
    before = row.clause.tokens[: figure.at]
    if not before:
        return False
    headed = before[-1].text == ":" and any(token.has(Tag.ATTENDING, Tag.ATTENDEE) for token in before)
    return before[-1].key in _FULL or headed


def _makes_up(figure: Figure, row: Row) -> bool:
    """Tell whether "gồm 19 cô" says who they are, and not a part of them."""
    before = row.clause.tokens[figure.at - 1] if figure.at else None
    return before is not None and (before.key in _MADE_UP_OF or before.kind is Kind.PLACE)
