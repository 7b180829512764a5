"""What a reading would leave unexplained: a total that nothing adds up to, a count too large for its
event, sessions counted apart from the dialogue. Such a line is asked about, not recorded as it seems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.language import asks
from bot.language.anchors import CONFERENCES, DIALOGUES, FORM, MEMBERS
from bot.language.clauses import Clause
from bot.language.figures import Figure, figures
from bot.language.tags import Tag, tags
from domain.understanding import Ask, Item

_OTHER_MATTERS = tags(
    "aside foreign conference_other planned future task left applied stock not_yet subject complaint feast no"
)
_COUNTS_EVENTS = tags("event firm union agreement conference conference_short dialogue deed")
_EVENTS = frozenset(FORM) - {MEMBERS}
_MANY_EVENTS = 10  # More in one line come from an office that counts its enterprises, and names them so.
_MOST_SESSIONS = 9
_FAR = 3


class _Left(NamedTuple):
    """A number of a line that no item uses, with its clause."""

    figure: Figure
    clause: Clause


def unexplained(clauses: Sequence[Clause], items: tuple[Item, ...]) -> Ask | None:
    """Return the question about what the items of a line leave unexplained, or None.

    `items` are the figures earned, without a question of their own.
    """
    left = list(_left(clauses, items))
    return _other_total(left, items) or _too_many(clauses, items) or _counted_apart(left, items)


def _left(clauses: Sequence[Clause], items: Sequence[Item]) -> Iterator[_Left]:
    spans = [span for item in items for span in item.spans]
    known = {item.value for item in items} | {item.people for item in items} | {item.women for item in items}
    for clause in clauses:
        if clause.asked or clause.aside or clause.has(*_OTHER_MATTERS):
            continue
        for figure in figures(clause.tokens):
            used = any(start <= figure.span[0] < end for start, end in spans)
            if figure.value and not used and figure.value not in known:
                yield _Left(figure, clause)


def _other_total(left: Sequence[_Left], items: tuple[Item, ...]) -> Ask | None:
    """Ask about "kết nạp 10 ..., thêm 2 ..., tổng 12" where 12 was not come by."""
    members = [item for item in items if item.indicator == MEMBERS]
    if not members:
        return None
    totals = [one.figure for one in left if one.figure.stands(Tag.TOTAL) and not one.figure.is_of(Tag.EVENT)]
    if not totals or len(members) > 1:
        return None
    total, value = totals[0].value, members[0].value
    parts = sum(one.figure.value for one in left if one.figure not in totals)
    if total == sum(item.value for item in items) or (total > _FAR * value and total != value + parts):
        return None  # "đoàn viên: 4 mới, tổng 96": all that the unit has.
    rest = tuple(item for item in items if item.indicator != MEMBERS)
    return asks.which_value(members[0], (total,), rest)


def _too_many(clauses: Sequence[Clause], items: tuple[Item, ...]) -> Ask | None:
    """Ask about "ký thỏa ước ..., áp dụng: 875": so many events are only counted by their own word."""
    for at, item in enumerate(items):
        if item.indicator not in _EVENTS or item.value < _MANY_EVENTS or not item.spans:
            continue
        start = item.spans[0][0]
        counted = any(
            figure.span[0] == start and figure.unit in _COUNTS_EVENTS
            for clause in clauses
            for figure in figures(clause.tokens)
        )
        if not counted:
            return asks.which_count(items, at, 1)
    return None


def _counted_apart(left: Sequence[_Left], items: tuple[Item, ...]) -> Ask | None:
    """Ask about "bên em hay đối thoại lắm, quý này làm được 3 buổi": one dialogue, or three?"""
    for at, item in enumerate(items):
        if item.indicator not in (DIALOGUES, CONFERENCES) or item.value != 1 or item.spans:
            continue
        for one in left:
            if one.figure.is_of(Tag.EVENT) and 1 < one.figure.value <= _MOST_SESSIONS:
                return asks.which_count(items, at, one.figure.value)
    return None
