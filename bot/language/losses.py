"""Members who left: "vô 5 ra 3", "giảm 6", "2 bạn nghỉ việc". They are kept apart from the new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bot.language.anchors import MEMBERS
from bot.language.clauses import Clause
from bot.language.figures import Figure, figures
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token
from domain.understanding import LOSSES, Item

_COUNTED = tags("filler member person title male female")
_AT_HAND = tags("admit join enter new_member member grow")
_CLAIMING = tags("admit join enter new_member grow")
_BETWEEN = tags("intro member person title about done filler own quarter month_named vague")
_UNSURE = tags("planned foreign applied urgent complaint contact no not_yet asking invited absent")
_FELL_SHORT = frozenset({"vuot", "vuot muc", "hut", "nghi thai san", "rut"})  # Of a target, or not for good.
_WEAK = frozenset({"nghi", "ra", "xin nghi", "nghi lam", "chuyen ra"})  # They need members beside them.
_AWHILE = frozenset(
    {"om", "benh", "phep", "le", "tet", "bu", "trua", "sinh", "mat", "he", "viec rieng", "thai san", "cuoi"}
)
_COMPARING = frozenset({"so", "so voi", "xuong", "con"})
_DISMISSED = ("cho thoi", "mat viec", "nghi viec", "thoi viec")
_REACH = 5


class _Loss(NamedTuple):
    """One number of members who left, with its day and place."""

    figure: Figure
    on: date | None
    place: str | None


def left(clauses: Sequence[Clause]) -> tuple[Item, ...]:
    """Return the members who left, one item for each day and place; a whole beside its parts counts once.

    "Nghỉ" and "ra" alone say so only where new or former members are spoken of beside them.
    """
    if not any(clause.has(Tag.LEFT) for clause in clauses):
        return ()
    at_hand = any(clause.has(*_AT_HAND) for clause in clauses)
    return _added_up(list(_losses(clauses, at_hand)))


def _losses(clauses: Sequence[Clause], at_hand: bool) -> Iterator[_Loss]:
    indicator: str | None = None
    found = -1
    for clause in clauses:
        indicator = clause.indicator or indicator
        if clause.asked or _is_unsure(clause) or indicator not in (None, MEMBERS):
            continue
        if clause.aside and found == clause.sentence:
            continue  # "giảm 6 (nghỉ việc 4, chuyển đi 2)"
        for loss in _of_clause(clause, at_hand):
            found = clause.sentence
            yield loss


def _is_unsure(clause: Clause) -> bool:
    """Tell whether a clause is no news of members, or still to come; "tang" may be tăng as well as tặng."""
    return clause.has(*_UNSURE) or any(
        (token.has(Tag.FUTURE) and not token.has(Tag.MONTH_NAMED))
        or (token.has(Tag.ASIDE) and not token.has(Tag.GROW))
        for token in clause.tokens
    )


def _of_clause(clause: Clause, at_hand: bool) -> Iterator[_Loss]:
    tokens = clause.tokens
    days = {token.on for token in tokens if token.on is not None}
    on = days.pop() if len(days) == 1 else None
    place = next((token.text for token in tokens if token.kind is Kind.PLACE), None)
    taken: set[int] = set()
    for figure in figures(tokens):
        verb = _verb_of(tokens, figure, taken)
        if verb is None or not figure.value:
            continue
        taken.add(verb)
        if _counts(clause, figure, tokens[verb], at_hand):
            yield _Loss(figure, on, place)


def _verb_of(tokens: Sequence[Token], figure: Figure, taken: set[int]) -> int | None:
    """Return the verb of leaving that a number belongs to: the one in front of it, else the one behind."""
    back = figure.at - 1
    while back >= max(0, figure.at - _REACH) and _may_stand_between(tokens[back]):
        back -= 1
    if back >= 0 and back not in taken and _leaves(tokens, back):
        return back
    if any(token.has(*_CLAIMING) for token in tokens[: figure.at]):
        return None  # "kết nạp 8 giảm 3"
    for ahead in range(figure.at + 1, min(len(tokens), figure.at + 1 + _REACH)):
        if _leaves(tokens, ahead):
            return ahead
        if tokens[ahead].kind in (Kind.NUMBER, Kind.SIGN) or tokens[ahead].has(*_CLAIMING):
            return None
    return None


def _may_stand_between(token: Token) -> bool:
    if token.has(Tag.LEFT):
        return False
    return token.text in (":", "=", "-") or (token.kind is Kind.DATE) or bool(token.tags & _BETWEEN)


def _leaves(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a verb says that somebody left for good, and compares no two numbers."""
    token = tokens[at]
    if not token.has(Tag.LEFT) or token.key in _FELL_SHORT:
        return False
    after = tokens[at + 1 : at + 2]
    return not (after and after[0].key in _AWHILE and after[0].kind is Kind.WORD)


def _counts(clause: Clause, figure: Figure, verb: Token, at_hand: bool) -> bool:
    """Tell whether the number counts members: workers do where members are spoken of."""
    behind = clause.tokens[figure.at + 1 : figure.at + 4]
    if any(token.key in _COMPARING for token in behind):
        return False  # "giảm 2 so với quý trước"
    if at_hand:
        return figure.unit in _COUNTED or figure.is_of(Tag.WORKER)
    dismissed = verb.key.startswith(_DISMISSED) and clause.has(Tag.FIRM, Tag.PLACE_TYPE)
    return figure.unit in _COUNTED and verb.key not in _WEAK and not dismissed


def _added_up(losses: Sequence[_Loss]) -> tuple[Item, ...]:
    values = [loss.figure.value for loss in losses]
    if len(values) > 2 and values[0] == sum(values[1:]):
        losses = losses[:1]
    groups: dict[tuple[date | None, str | None], list[Figure]] = {}
    for loss in losses:
        groups.setdefault((loss.on, loss.place), []).append(loss.figure)
    return tuple(
        Item(LOSSES, sum(one.value for one in some), on, place, spans=tuple(one.span for one in some))
        for (on, place), some in groups.items()
    )
