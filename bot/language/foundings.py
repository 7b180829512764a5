"""Where a line says that a union was founded: "thành lập" beside a union, or a union counted by class."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token, around

_FAR = 60  # Tokens; a bound, so that a page without an end is read in linear time.
_NEAR = 10
_ENDS = frozenset(".!?;")
_SURE = ("ra mat", "thanh lap", "lam le", "le ra mat")
_BEHIND = tags("done filler intro held")


def names_founding(tokens: Sequence[Token], at: int) -> bool:
    """A founding verb with a union in its sentence, or a union that is counted by class."""
    token = tokens[at]
    if token.has(Tag.FOUND) and not (token.has(Tag.WORKER) and not _is_decided(tokens, at)):
        clause = around(tokens, at, _FAR, _FAR)
        behind = [other for other in tokens[at + 1 : at + 4] if not other.has(Tag.INTRO)]
        thing = any(other.has(Tag.THING) for other in behind[:1])
        if len(behind) > 1 and behind[0].kind is Kind.NOISE and behind[1].key.startswith(("nam", "thang")):
            return False  # "thành lập được 5 năm"
        named = any(other.has(Tag.UNION) for other in clause) or _is_of_union_before(tokens, at)
        return named and not thing and not _near_committee(tokens, at)
    if not token.has(Tag.UNION):
        return False
    if _is_mended(tokens, at):
        return True
    near = around(tokens, at, 2, 4)
    return any(other.has(Tag.CLASS_SMALL, Tag.CLASS_LARGE) for other in near)


def _is_of_union_before(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "ra mắt" tells of a union named before it: "CĐCS cty Yến Vàng, 20 lđ, ra mắt 30/10"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    ends = after is None or after.kind in (Kind.SIGN, Kind.BREAK, Kind.DATE) or bool(after.tags & _BEHIND)
    if not ends or not tokens[at].key.endswith(_SURE):
        return False
    placed = False
    for back in range(at - 1, max(-1, at - _FAR), -1):
        token = tokens[back]
        if token.kind is Kind.BREAK or token.text in _ENDS or token.has(Tag.BULLET):
            break
        if token.has(Tag.FOUND, Tag.SENT):
            return False
        named = tokens[back + 1].kind is Kind.PLACE or tokens[back + 1].key in ("moi", "ms")
        placed = placed or (token.has(Tag.UNION) and named)
    return placed


def _is_mended(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the head count of a new union is corrected: "CĐCS cty A sửa lại: 44 lao động"."""
    near = tokens[at + 1 : at + _NEAR]
    counted = any(one.kind is Kind.NUMBER and two.has(Tag.WORKER) for one, two in pairwise(near))
    placed = bool(near) and near[0].kind is Kind.PLACE
    return placed and counted and any(token.has(Tag.MEND) for token in near)


def _is_decided(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "cong nhan" without accents is công nhận, not công nhân."""
    return at > 0 and (tokens[at - 1].has(Tag.DOCUMENT) or tokens[at - 1].key == "duoc")


def _near_committee(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether what is founded is a section union or a committee."""
    ahead = [token for token in around(tokens, at, 1, 4) if token.has(Tag.UNION, Tag.UNION_OTHER)]
    return bool(ahead) and ahead[0].has(Tag.UNION_OTHER)
