"""Corrections that only change what was sent: "thêm 2 nữa", "em đếm sót 3", "bớt 1 giùm em"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.earlier import next_number
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token

_NEAR = 4
_ADMITTED = (Tag.ADMIT, Tag.JOIN, Tag.NEW_MEMBER)
_OMITTED = frozenset({"sot", "quen", "thieu"})
_ADDED_TO = ("so", "bao cao", "bc", "tin")
_HELPING = frozenset({"giup", "gium", "dum", "ho", "di", "ra", "cho", "lai"})
_TAKING_OFF = ("bot ", "tru ", "loai ", "bo ra ", "giam ")


def delta(tokens: Sequence[Token]) -> int:
    """Return +1 for "thêm 2 nữa" and -1 for "bớt 1", where nothing says that they were newly admitted.

    The number may be said twice: "bớt 2 người, có 2 bạn rút đơn".
    """
    numbers = [at for at, token in enumerate(tokens) if token.kind is Kind.NUMBER]
    if not 0 < len(numbers) <= _NEAR or len({tokens[at].value for at in numbers}) != 1:
        return 0
    if any(_is_taken_off(tokens, at) for at in numbers):
        return -1
    return 1 if any(_is_added(tokens, at) for at in numbers) else 0


def _is_taken_off(tokens: Sequence[Token], at: int) -> bool:
    if _is_admitted_before(tokens, at):
        return False
    if any(token.has(Tag.FEWER) for token in _words_before(tokens, at)):
        return True
    verb = at - 2 if at > 1 and tokens[at - 1].key == "lai" else at - 1
    if (
        verb >= 0
        and tokens[verb].key == "giam"
        and any(other.key in _HELPING for other in tokens[at + 1 : at + 3])
    ):
        return True
    return any(  # "2 bạn nghỉ rồi, bớt ra cho em"
        token.has(Tag.FEWER)
        and f"{token.key} ".startswith(_TAKING_OFF)
        and any(other.key in _HELPING or other.has(Tag.OWN) for other in tokens[ahead + 1 : ahead + 3])
        for ahead, token in enumerate(tokens)
        if ahead > at
    )


def _is_added(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a number is added to what was sent: said to have been left out, or "thêm ... nữa"."""
    if not any(token.has(Tag.MORE) or token.text == "+" for token in _words_before(tokens, at)):
        still = at > 0 and tokens[at - 1].key == "con" and _is_said_again(tokens, at)
        return still and any(
            token.has(Tag.MORE) and _ends_part(tokens, one) for one, token in enumerate(tokens)
        )
    if _is_left_out(tokens) and not any(token.has(Tag.PLANNED, Tag.FUTURE) for token in tokens):
        return True
    if any(token.has(*_ADMITTED) or token.on is not None for token in tokens):
        return False
    return _is_said_again(tokens, at)


def _is_left_out(tokens: Sequence[Token]) -> bool:
    """Tell whether the line says that the last report lacked somebody: "em đếm sót", "cộng vô số đã báo"."""
    for at, token in enumerate(tokens):
        words = token.key.split()
        ahead = next_number(tokens, at)
        told = len(words) > 1 or ahead is not None or _ends_part(tokens, at)
        if token.has(Tag.MORE) and _OMITTED & set(words) and told:
            return len(words) > 1 or words[0] == "sot" or _is_mending(tokens)
        if token.low in ("vô", "vào", "vo", "vao") and any(
            near.key.startswith(_ADDED_TO) for near in tokens[at + 1 : at + 2]
        ):
            return True
    return False


def _ends_part(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether only titles or the name of a group follow up to the next sign: "hồi sáng sót ca 3"."""
    for token in tokens[at + 1 :]:
        if token.kind in (Kind.SIGN, Kind.BREAK):
            return True
        where = token.kind is Kind.NOISE or token.has(Tag.LABEL, Tag.SHIFT, Tag.TRADE, Tag.PERSON, Tag.TITLE)
        if not where and not token.has(Tag.FILLER, Tag.KIN, Tag.OWN, Tag.DONE):
            return False
    return True


def _is_mending(tokens: Sequence[Token]) -> bool:
    return any(token.key.startswith(("cong", "bo sung", "them")) or token.has(Tag.AGAIN) for token in tokens)


def _words_before(tokens: Sequence[Token], at: int) -> list[Token]:
    """Return the two words before a number, without those that only address or ask politely."""
    return [token for token in tokens[:at] if not token.has(Tag.OWN, Tag.KIN) and token.key not in _HELPING][
        -2:
    ]


def _is_said_again(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether nữa stands behind the number, in its clause: "thêm 3 bạn ca tối nữa"."""
    for token in tokens[at + 1 : at + 2 * _NEAR]:
        if token.has(Tag.AGAIN):
            return True
        if token.kind in (Kind.SIGN, Kind.BREAK):
            return False
    return False


def _is_admitted_before(tokens: Sequence[Token], at: int) -> bool:
    return any(token.has(*_ADMITTED) for token in tokens[:at])
