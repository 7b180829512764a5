"""What a unit has now against what it had: "tổng đv giờ 128, hồi đầu năm 120" may mean 8 new members.

A stock is not a flow, so the difference is only proposed, and asked about.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.language import asks
from bot.language.anchors import MEMBERS
from bot.language.clauses import Clause
from bot.language.figures import Figure, figures
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token
from domain.understanding import Ask, Item

_COUNTED = tags("member person filler new_member")
_UNSURE = tags(
    "future planned applied aside no not_yet foreign attending left conference dialogue union agreement"
)
_CUMULATED = "luy ke"
_SINCE_JANUARY = ("luy ke", "cong don", "tu dau nam", "tinh tu dau nam", "ke tu dau nam")
_NEAR = 4


def growth(tokens: Sequence[Token]) -> tuple[tuple[Item, ...], Ask | None]:
    """Return the members by which a stock has grown, with the question whether they are new; else nothing.

    A sum since the year's beginning ("lũy kế 21, tháng rồi 12") may be the new figure itself as well.
    """
    spoken = any(token.has(Tag.MEMBER, Tag.STOCK) for token in tokens)
    numbers = figures(tokens)
    if not spoken or any(token.text == "?" or token.has(*_UNSURE) for token in tokens):
        return (), None
    if len(numbers) != 2 or not all(figure.unit in _COUNTED and not figure.gender for figure in numbers):
        return (), None
    pair = _before_and_now(tokens, *numbers)
    if pair is None or pair[0].value >= pair[1].value:
        return (), None
    before, now = pair
    item = Item(MEMBERS, now.value - before.value, spans=(before.span, now.span))
    cumulated = any(token.key.startswith(_CUMULATED) for token in tokens)
    return (item,), asks.grown(item, now.value if cumulated else None)


def is_since_january(clause: Clause) -> bool:
    """Tell whether the members of a clause are the sum of the year: part of them was reported before."""
    return clause.indicator == MEMBERS and any(
        token.key.startswith(_SINCE_JANUARY) for token in clause.tokens
    )


def beside_old(tokens: Sequence[Token]) -> tuple[Item, ...]:
    """Return the new members of "Mới: 30 đv. Cũ: 412. Tổng: 442.", told apart from those that were there."""
    spoken = any(token.has(Tag.MEMBER) for token in tokens)
    numbers = figures(tokens)
    if any(token.text == "?" or token.has(*_UNSURE) for token in tokens) or len(numbers) not in (2, 3):
        return ()
    new = [figure for figure in numbers if _heading(tokens, figure) in ("moi", "ms")]
    old = [figure for figure in numbers if _heading(tokens, figure) == "cu"]
    if len(new) != 1 or len(old) != 1 or not new[0].value:
        return ()
    adds_up = any(figure.value == new[0].value + old[0].value for figure in numbers)
    return (Item(MEMBERS, new[0].value, spans=(new[0].span,)),) if spoken or adds_up else ()


def _heading(tokens: Sequence[Token], figure: Figure) -> str:
    back = figure.at - 1
    while back > 0 and tokens[back].text in (":", "=", "-"):
        back -= 1
    if back < 0:
        return ""
    return tokens[back].key.rpartition(" ")[2] if tokens[back].kind is Kind.WORD else ""


def _before_and_now(tokens: Sequence[Token], first: Figure, second: Figure) -> tuple[Figure, Figure] | None:
    """Return the earlier stock and the present one: "từ 120 lên 128", "giờ 128, đầu năm 120"."""
    if any(token.has(Tag.INTO) for token in tokens[first.at : second.at]):
        return first, second
    old = [figure for figure in (first, second) if _is_of_the_past(tokens, figure)]
    if len(old) != 1:
        return None
    return (first, second) if old[0] is first else (second, first)


def _is_of_the_past(tokens: Sequence[Token], figure: Figure) -> bool:
    """Tell whether "đầu năm", "tháng rồi" or "cũ" stands near the number, in its clause."""
    near = [figure.at]
    for step in (-1, 1):
        at = figure.at + step
        while 0 <= at < len(tokens) and abs(at - figure.at) <= _NEAR and tokens[at].text not in ",;.\n":
            if tokens[at].kind is Kind.NUMBER:
                break
            near.append(at)
            at += step
    return any(
        (tokens[at].kind is Kind.DATE and not tokens[at].key.endswith(("nay", "toi gio", "nay")))
        or tokens[at].low == "cũ"
        for at in near
    )
