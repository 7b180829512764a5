"""What is withdrawn: "bỏ tin hồi nãy", "đối thoại thì bỏ ra nha, mới họp tổ", "hủy BC gửi lúc 9h15"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.language.anchors import AGREEMENTS, CONFERENCES, DIALOGUES, MEMBERS, UNIONS
from bot.language.patterns import says
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token

_NAMES = (
    (Tag.ADMIT, MEMBERS),
    (Tag.NEW_MEMBER, MEMBERS),
    (Tag.MEMBER, MEMBERS),
    (Tag.DIALOGUE, DIALOGUES),
    (Tag.CONFERENCE, CONFERENCES),
    (Tag.CONFERENCE_SHORT, CONFERENCES),
    (Tag.AGREEMENT, AGREEMENTS),
)
_NAMING = frozenset(tag for tag, _ in _NAMES)
_HELPING = frozenset({"giup", "gium", "dum", "ho", "di", "ra", "lai", "khoi", "het"})
_DIRECTING = frozenset({"ra", "di", "lai", "het", "bo"})
_ENDS = frozenset(",.;\n?!")
_NOT_MEANT = tags("planned future left asking applied")
_NEAR = 3


def indicators_in(tokens: Sequence[Token]) -> list[str]:
    """Return the indicators that tokens name, if only by their word, each once and in order."""
    named = [code for token in tokens if token.tags & _NAMING for tag, code in _NAMES if token.has(tag)]
    if any(token.has(Tag.FOUND) for token in tokens) and any(token.has(Tag.UNION) for token in tokens):
        named.append(UNIONS)
    return list(dict.fromkeys(named))


def withdrawn(tokens: Sequence[Token]) -> tuple[str, ...] | None:
    """Return the indicators that a line withdraws, nothing where it withdraws a whole message; else None.

    A number that is dropped for another one is a correction: "số 41 bỏ nha, lấy 14" gives None.
    """
    parts = list(_parts(tokens))
    for index, part in enumerate(parts):
        at = _withdrawing(part)
        if at is None and _only_directs(part) and index:
            sent = any(token.has(Tag.MESSAGE) for token in parts[index - 1])
            if sent or _meant(parts, index):
                return _meant(parts, index)
        if at is None:
            continue
        if _is_replaced(parts, index):
            return None
        return _meant(parts, index)
    if says("withdrawn", tokens) and not says("help", tokens):
        several = sum(token.kind is Kind.NUMBER for token in tokens) > 1
        return None if several else tuple(indicators_in(tokens))
    return _denied_event(tokens)


def _parts(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        if token.text in _ENDS or token.kind is Kind.BREAK:
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _withdrawing(part: Sequence[Token]) -> int | None:
    """Return where a part of a line takes something back, or None."""
    for at, token in enumerate(part):
        if token.has(Tag.WITHDRAW) and not _is_of_persons(part, at):
            return at
        if token.has(Tag.DROP) and _is_directed(part, at):
            return at
    return None


def _is_of_persons(part: Sequence[Token], at: int) -> bool:
    """Tell whether somebody counted takes himself out, not the writer his message: "1 bạn xin rút"."""
    return at > 1 and part[at - 1].has(Tag.PERSON, Tag.TITLE) and part[at - 2].kind is Kind.NUMBER


def _only_directs(part: Sequence[Token]) -> bool:
    """Tell whether a part says nothing but "bỏ ra giúp em nha": what it means stands before it."""
    return any(token.has(Tag.DROP) for token in part) and all(
        token.has(Tag.DROP, Tag.OWN, Tag.KIN, Tag.FILLER) or token.key in _HELPING for token in part
    )


def _is_directed(part: Sequence[Token], at: int) -> bool:
    """Tell whether bỏ or hủy is asked for, of a message or an indicator: "bỏ cái đối thoại ra giùm em"."""
    if any(token.tags & _NOT_MEANT for token in part[:at]):
        return False
    after = part[at + 1 : at + 1 + _NEAR]
    asked = bool(set(part[at].key.split()) & _DIRECTING - {"bo"}) or any(
        token.key in _HELPING for token in part[at + 1 :]
    )
    message = any(token.has(Tag.MESSAGE) for token in after) or any(
        token.has(Tag.MESSAGE, Tag.SENT) for token in part[:at]
    )
    if message:
        return asked or _begins(part, at) or any(token.has(Tag.SENT) for token in part)
    return asked and (bool(indicators_in(part)) or any(token.has(Tag.SENT) for token in part))


def _begins(part: Sequence[Token], at: int) -> bool:
    return all(
        token.has(Tag.OWN, Tag.KIN, Tag.FILLER, Tag.INTRO) or token.key in ("xin", "cho")
        for token in part[:at]
    )


def _is_replaced(parts: Sequence[Sequence[Token]], index: int) -> bool:
    """Tell whether a number is dropped here and another stands in a part of its own."""
    if not any(token.kind is Kind.NUMBER for token in parts[index]):
        return False
    others = [token for at, part in enumerate(parts) if at != index for token in part]
    return any(token.kind is Kind.NUMBER and token.value for token in others)


def _meant(parts: Sequence[Sequence[Token]], index: int) -> tuple[str, ...]:
    """Return the indicators of the part, else of the nearest part before it that names one."""
    for at in range(index, -1, -1):
        named = indicators_in(parts[at])
        if named:
            return tuple(named)
    return ()


def _denied_event(tokens: Sequence[Token]) -> tuple[str, ...] | None:
    """Return the event that was sent by mistake: "em báo đối thoại mà đó là họp tổ, không phải đối thoại"."""
    if not any(token.has(Tag.SENT) for token in tokens):
        return None
    for at, token in enumerate(tokens):
        denied = indicators_in(tokens[at + 1 : at + 2]) if token.has(Tag.NOT_BUT) else []
        if denied and denied == indicators_in(tokens[:at]) and not indicators_in(tokens[at + 2 :]):
            return tuple(denied)
    return None
