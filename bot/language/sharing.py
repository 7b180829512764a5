"""What is said once for several indicators of a line: a day, the people of one meeting, that it was held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from bot.language.anchors import MEMBERS, UNIONS
from bot.language.clauses import Clause
from bot.language.mentions import Mention, Row, gather
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token

_TOGETHER = ("ket hop", "long ghep", "song song", "cung luc", "chung")


def mentions_of(clauses: Sequence[Clause]) -> list[Mention]:
    """Return the mentions of a line in order, each with what other clauses say for it too."""
    mentions = gather(clauses)
    _share_day_of_all(mentions)
    for founding, members in pairwise(mentions):
        _share_founding_day(founding, members)
    _share_evidence(mentions)
    return mentions


def _share_day_of_all(mentions: Sequence[Mention]) -> None:
    """Give "kết nạp 13, đối thoại 1, cả hai việc đều trong ngày 9/10" its day on all that have none."""
    for mention in mentions:
        for row in mention.rows:
            on = row.on
            if on is None or not _is_of_all(row):
                continue
            row.dates = []
            for other in mentions:
                if all(one.on is None for one in other.rows):
                    other.head_on = other.head_on or on


def _is_of_all(row: Row) -> bool:
    """Tell whether a clause gives one day to all: "đều ra mắt hôm 21/5", "trong cùng ngày 11/9"."""
    if len({token.on for token in row.dates if token.on is not None}) != 1:
        return False
    if any(_is_same(day) and after.on is not None for day, after in pairwise(row.clause.tokens)):
        return True
    return row.clause.has(Tag.ALL_ALIKE)


def _is_same(token: Token) -> bool:
    return token.kind is Kind.DATE and token.has(Tag.SAME_DAY)


def _share_founding_day(founding: Mention, members: Mention) -> None:
    """Give "thành lập CĐCS và kết nạp 16 đoàn viên ngày 7/6" its day on both."""
    if members.indicator != MEMBERS or founding.indicator != UNIONS:
        return
    if members.first.clause.joined and founding.head_on is None:
        founding.head_on = members.first.on
    founded_on = _first_day(founding)
    if founded_on is None and founding.head_on is None:
        founding.head_on = _day_of_ceremony(members)
    if members.head_on is None and members.first.clause.sentence == founding.first.clause.sentence:
        members.head_on = founded_on


def _day_of_ceremony(members: Mention) -> date | None:
    """Return the day of "..., kết nạp luôn 30 đoàn viên, làm lễ ngày 3/9"."""
    rows = [row for row in members.rows[1:] if row.on is not None and not row.figures]
    return rows[0].on if rows and rows[0].clause.has(Tag.FOUND, Tag.HELD) else None


def _first_day(mention: Mention) -> date | None:
    return next((row.on for row in mention.rows if row.on is not None), None)


def _share_evidence(mentions: list[Mention]) -> None:
    """Give "HN NLĐ + đối thoại làm chung 22/3" its day on both: the first has nothing of its own."""
    for first, second in pairwise(mentions):
        if not second.first.clause.joined or first.indicator in (MEMBERS,):
            continue
        if _has_evidence(first):
            _share_people(first, second)
            continue
        if first.denied or first.indicator == second.indicator:
            continue
        first.head_on = first.head_on or _first_day(second) or second.head_on
        first.planned = first.planned or second.planned
        first.denied = first.denied or second.denied
        first.rows.append(
            Row(
                Clause([token for token in second.first.clause.tokens if token.has(Tag.DONE, Tag.HELD)]),
                [],
                [],
                [],
            )
        )
        if _are_one_meeting(second.first.clause):
            first.rows.extend(second.rows[1:])
        if not second.head_place:
            second.head_place = first.head_place


def _share_people(first: Mention, second: Mention) -> None:
    """Give "HN NLĐ 4/4 kết hợp đối thoại, 77 người dự" its people on both."""
    counted = any(row.figures for row in first.rows)
    if not counted and _are_one_meeting(second.first.clause) and not second.first.figures:
        second.head_on = second.head_on or _first_day(second) or _first_day(first)
        first.rows.extend(row for row in second.rows[1:] if not row.dates and not row.places)


def _are_one_meeting(second: Clause) -> bool:
    """Tell whether two events were held as one, so that the same people came to both: "HNNLĐ + ĐT"."""
    return not second.tokens[0].has(Tag.AND) or second.tokens[0].key.startswith(_TOGETHER)


def _has_evidence(mention: Mention) -> bool:
    return any(row.figures or row.dates for row in mention.rows) or mention.has(Tag.DONE)
