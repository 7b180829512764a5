"""Figures without a name: the six answers of the form in its order, and "vô 9 ra 4"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.language import asks
from bot.language.anchors import FORM, MEMBERS
from bot.language.clauses import Clause
from bot.language.figures import Figure, figures
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token
from domain.understanding import Ask, Item

_LONGEST = 14
_SHIFTS = frozenset({"ca", "lam", "viec", "xuong", "vien"})  # "vô ca" is no joining.
_GROUPS = frozenset({"bên", "ben"})
_COLONS = frozenset({":", "=", "-"})
_UNSURE = tags("future planned applied aside no not_yet foreign left stock asking attending")


def form_answers(tokens: Sequence[Token]) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return the items and the nil indicators of "1. 12 / 2. 0 / ... / 6. 1": six in the form's order."""
    values: list[tuple[int, tuple[int, int]]] = []
    expected = 1
    for at, token in enumerate(tokens):
        if not token.has(Tag.BULLET):
            continue
        answer = tokens[at + 2] if at + 2 < len(tokens) else None
        if (
            token.value != expected
            or answer is None
            or answer.kind is not Kind.NUMBER
            or answer.value is None
        ):
            return (), ()
        values.append((answer.value, (answer.start, answer.end)))
        expected += 1
    if len(values) != len(FORM) or any(token.kind is Kind.WORD and not token.tags for token in tokens):
        return (), ()
    answered = list(zip(FORM, values, strict=True))
    items = tuple(Item(code, value, spans=(span,)) for code, (value, span) in answered if value)
    return items, tuple(code for code, (value, _span) in answered if not value)


def unnamed_items(clauses: Sequence[Clause]) -> tuple[tuple[Item, ...], Ask | None]:
    """Return the members that "vô 9 ra 4" or "tăng 5 giảm 2" may mean, with the question whether they do."""
    if sum(len(clause.tokens) for clause in clauses) > _LONGEST and not _come_and_go(clauses):
        return (), None
    leaving = any(clause.has(Tag.LEFT) for clause in clauses)
    for clause in clauses:
        added = _added(clause)
        if clause.asked or _is_of_other_news(clause):
            continue
        value = _entered(clause) or added or (_grown(clause) if leaving else None)
        if value is not None:
            on = next((token.on for token in clause.tokens if token.on is not None), None)
            place = next((token.text for token in clause.tokens if token.kind is Kind.PLACE), None)
            items = (Item(MEMBERS, value[0], on, place, spans=(value[1],)),)
            return items, asks.which_indicator(items)
    return (), None


def _come_and_go(clauses: Sequence[Clause]) -> bool:
    """Tell whether some came and some went, in a breath: "tháng này vô được bảy mà ra hết hai, cô để ..."."""
    return any(
        _entered(clause) is not None
        and any(token.has(Tag.LEFT) for token in (*clause.tokens, *after.tokens[:4]))
        for clause, after in pairwise(clauses)
    )


def grouped_members(tokens: Sequence[Token]) -> tuple[tuple[Item, ...], Ask | None]:
    """Return the figures of "bên may 5 bên bao bì 2 đv" and "May: 5 đv; điều: 2 đv", with the question whose
    they are. "Bên may" is no named workplace: it may be another unit of the same chair, or a part of one.
    """
    heads = [at for at in range(len(tokens)) if _heads_group(tokens, at)]
    numbers = figures(tokens)
    if len(heads) < 2 or len(numbers) != len(heads) or len(tokens) > _LONGEST or _is_unsure(tokens):
        return (), None
    in_turn = all(head < figure.at for head, figure in zip(heads, numbers, strict=True)) and all(
        figure.at < head for figure, head in zip(numbers, heads[1:], strict=False)
    )
    named = all(tokens[at].low in _GROUPS for at in heads) or any(token.has(Tag.MEMBER) for token in tokens)
    counted = all(_counts_group(figure, tokens) for figure in numbers)
    if not in_turn or not named or not counted:
        return (), None
    on = next((token.on for token in tokens if token.on is not None), None)
    items = tuple(Item(MEMBERS, figure.value, on, spans=(figure.span,)) for figure in numbers if figure.value)
    return items, asks.of_two_units(items) if items else None


def _heads_group(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "bên" stands here, or a trade that begins a part and has its number behind it."""
    if tokens[at].low in _GROUPS:
        return True
    begins = (
        at == 0 or tokens[at - 1].kind in (Kind.SIGN, Kind.BREAK) or tokens[at - 1].has(Tag.AND, Tag.MEMBER)
    )
    if not tokens[at].has(Tag.TRADE) or not begins or at + 1 == len(tokens):
        return False
    return tokens[at + 1].text in _COLONS or tokens[at + 1].kind is Kind.NUMBER


def _counts_group(figure: Figure, tokens: Sequence[Token]) -> bool:
    if figure.is_of(Tag.MEMBER, Tag.FILLER) or figure.unit_key in _GROUPS:
        return True
    return figure.at + 1 < len(tokens) and tokens[figure.at + 1].has(Tag.TRADE)  # "may 5 điều 2 đv"


def _is_unsure(tokens: Sequence[Token]) -> bool:
    return any(token.text == "?" or token.has(*_UNSURE) for token in tokens)


def _added(clause: Clause) -> tuple[int, tuple[int, int]] | None:
    """Return the number of "tháng này +8": something has grown by it."""
    tokens = clause.tokens
    for at, token in enumerate(tokens[:-1]):
        after = tokens[at + 1]
        if token.text == "+" and after.kind is Kind.NUMBER and token.end == after.start and after.value:
            return after.value, (after.start, after.end)
    return None


def _grown(clause: Clause) -> tuple[int, tuple[int, int]] | None:
    """Return the number of "tăng 5" in "tăng 5 giảm 2": whose growth it is, is not said."""
    words = [at for at, token in enumerate(clause.tokens) if token.kind is not Kind.DATE]
    if not words or not (verb := clause.tokens[words[0]]).has(Tag.GROW) or not verb.key.startswith("tang"):
        return None
    for figure in figures(clause.tokens):
        beside = all(clause.tokens[at].text in ":=" for at in range(words[0] + 1, figure.at))
        if beside and figure.is_of(Tag.FILLER, Tag.PERSON, Tag.TITLE) and figure.value:
            return figure.value, figure.span
    return None


def _is_of_other_news(clause: Clause) -> bool:
    """Tell whether a clause tells of something else or of what is to come; "tang 4" may be tăng as tặng."""
    return clause.has(Tag.FUTURE, Tag.PLANNED, Tag.APPLIED, Tag.NO, Tag.NOT_YET, Tag.FOREIGN) or any(
        token.has(Tag.ASIDE) and not token.has(Tag.GROW) for token in clause.tokens
    )


def _entered(clause: Clause) -> tuple[int, tuple[int, int]] | None:
    at = next((at for at, token in enumerate(clause.tokens) if token.has(Tag.ENTER)), None)
    if at is None or (at + 1 < len(clause.tokens) and _is_shift(clause.tokens[at + 1])):
        return None
    for figure in figures(clause.tokens):
        heads = clause.tokens[at + 1].text == ":" if at + 1 < len(clause.tokens) else False
        near = figure.at == at + 1 + int(heads) or (
            figure.at < at and figure.at >= at - 3 and figure.is_of(Tag.PERSON, Tag.TITLE)
        )
        if near and not figure.is_of(Tag.THING) and figure.value:
            return figure.value, figure.span
    return None


def _is_shift(token: Token) -> bool:
    return token.key in _SHIFTS or token.has(Tag.SHIFT)
