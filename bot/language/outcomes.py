"""What came of a plan: of "tính kết nạp 10 mà cuối cùng được 9" the 9 counts, nothing is planned."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tags import Tag, tags
from bot.language.tokens import NO_TAGS, Kind, Token

_PLANS = tags("planned target")
_PLANNING = frozenset({"kh", "ke hoach", "ct", "giao", "chi tieu", "muc tieu", "dinh", "tinh", "dang ky"})
_ACTUAL = frozenset(
    {
        "thuc te",
        "th",
        "thuc hien",
        "cuoi cung",
        "rot cuoc",
        "rut cuc",
        "rot cuc",
        "roi cuoc",
        "ket qua",
        "chot lai",
        "lam duoc",
        "da lam",
        "dat",
        "chi duoc",
        "chi co",
        "chi",
        "moi duoc",
        "dat duoc",
        "nhung duoc",
        "thuc hien duoc",
        "da thuc hien",
        "da ket nap",
        "da kn",
    }
)
_LIGHT = tags("intro done and admit join sent")
_NAMING = tags("member admit join new_member member dialogue conference agreement found")
_MEMBERS = frozenset({Tag.MEMBER})
_REACH = 8
_NEAR = 4


def settle_outcomes(tokens: list[Token]) -> list[Token]:
    """Return the tokens with a planned number turned into noise where what came of it is said behind."""
    for at, token in enumerate(tokens):
        if not (token.tags & _PLANS or token.key in _PLANNING) or token.kind is not Kind.WORD:
            continue
        aim = _number(tokens, at + 1, at + _REACH)
        if aim is None or _outcome(tokens, aim) is None or not any(one.tags & _NAMING for one in tokens):
            continue
        for plan in range(max(0, at - _NEAR), aim):
            if tokens[plan].tags & _PLANS:
                tokens[plan] = tokens[plan]._replace(tags=NO_TAGS)
        tokens[at] = token._replace(tags=NO_TAGS)
        if (
            aim + 1 < len(tokens) and tokens[aim + 1].tags & _MEMBERS
        ):  # A target of members is one of new ones.
            tokens[aim + 1] = tokens[aim + 1]._replace(tags=frozenset({Tag.NEW_MEMBER}))
        tokens[aim] = tokens[aim]._replace(kind=Kind.NOISE, tags=frozenset({Tag.OLD}))
    return tokens


def _number(tokens: Sequence[Token], start: int, stop: int) -> int | None:
    for at in range(start, min(stop, len(tokens))):
        if tokens[at].kind is Kind.NUMBER:
            return at
        if tokens[at].text in (".", ";", ",", "\n", "?") or tokens[at].tags & _PLANS:
            return None
    return None


def _outcome(tokens: Sequence[Token], aim: int) -> int | None:
    """Return the number of what was done, behind the planned one."""
    for at in range(aim + 1, min(aim + _REACH, len(tokens))):
        token = tokens[at]
        if token.text in ("?", "\n") or token.has(Tag.FUTURE):
            return None
        two = f"{token.key} {tokens[at + 1].key}" if at + 1 < len(tokens) else ""
        if two in _ACTUAL:
            return _said(tokens, at + 2)
        if token.key in _ACTUAL:
            return _said(tokens, at + 1)
    return None


def _said(tokens: Sequence[Token], at: int) -> int | None:
    for ahead in range(at, min(at + _NEAR, len(tokens))):
        if tokens[ahead].kind is Kind.NUMBER:
            return ahead
        if not (tokens[ahead].tags & _LIGHT or tokens[ahead].text == ":" or tokens[ahead].key == "cung"):
            return None
    return None
