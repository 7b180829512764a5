"""Figures that a line takes back: "5 thành 7", "32 không phải 23", "hai mươi mốt à không hai mươi hai"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.language.anchors import AGREEMENTS, CONFERENCES, DIALOGUES, MEMBERS
from bot.language.tags import Tag, tags
from bot.language.tokens import NO_TAGS, Kind, Token

_NEAR = 4
_ADMITTED = (Tag.ADMIT, Tag.JOIN, Tag.NEW_MEMBER)
_MENDED = tags("new_member member dialogue conference conference_short agreement union sent kin")
_INDICATORS = tags("admit new_member dialogue conference agreement")
_NAMES = (
    (Tag.ADMIT, MEMBERS),
    (Tag.NEW_MEMBER, MEMBERS),
    (Tag.MEMBER, MEMBERS),
    (Tag.DIALOGUE, DIALOGUES),
    (Tag.CONFERENCE, CONFERENCES),
    (Tag.CONFERENCE_SHORT, CONFERENCES),
    (Tag.AGREEMENT, AGREEMENTS),
)
_HELPING = frozenset({"giup", "gium", "dum", "di", "ra"})
_FIGURE = frozenset({Kind.NUMBER, Kind.DATE})
_PERIODS = (Tag.QUARTER, Tag.MONTH_NAMED)
_SOFT = frozenset(
    {"bao lai", "chinh", "chinh lai", "sai", "sot", "con sot", "dieu chinh", "cap nhat lai", "chot lai la"}
)


class Corrected(NamedTuple):
    """The tokens with the figures taken back struck out, and what kind of correction it is.

    `delta` is +1 for "thêm 2 nữa", -1 for "bớt 1": the number is added to what was sent before.
    """

    tokens: list[Token]
    correcting: bool = False
    withdrawn: bool = False
    delta: int = 0


def strike(tokens: Sequence[Token]) -> Corrected:
    """Return the tokens of a line with every figure that it takes back turned into noise."""
    line = _strike_slips(list(tokens))
    if any(token.has(Tag.WITHDRAW) for token in line):
        return Corrected(line, correcting=True, withdrawn=True)
    delta = _delta(line)
    if not delta and not _is_correction(line):
        return Corrected(line)
    for strike_some in (
        _strike_denied,
        _strike_replaced,
        _strike_sent,
        _strike_outdone,
        _strike_replaced_days,
    ):
        line = strike_some(line)
    return Corrected(line, correcting=True, delta=delta)


def old_values(tokens: Sequence[Token]) -> list[int]:
    """Return the numbers that were struck out, in order."""
    return [token.value for token in tokens if token.has(Tag.OLD) and token.value is not None]


def named_indicator(tokens: Sequence[Token]) -> str | None:
    """Return the one indicator that a correction names, if only by its word: "bớt 1 đoàn viên"."""
    named = {code for token in tokens for tag, code in _NAMES if token.has(tag)}
    return named.pop() if len(named) == 1 else None


def moves_period(tokens: Sequence[Token]) -> bool:
    """Tell whether a line moves figures to another period: "của quý I chứ không phải tháng 4"."""
    return any(token.has(Tag.NOT_BUT) and _denies_period(tokens, at) for at, token in enumerate(tokens))


def old_days(before: Sequence[Token], after: Sequence[Token]) -> list[date]:
    """Return the days that were struck out of `before`, in order."""
    return [was.on for was, now in zip(before, after, strict=True) if was.on is not None and now.has(Tag.OLD)]


def _is_correction(tokens: Sequence[Token]) -> bool:
    figures = any(token.kind in _FIGURE and (token.kind is Kind.NUMBER or token.on) for token in tokens)
    if any(_mends(tokens, at, figures) for at in range(len(tokens))):
        return True
    if tokens and tokens[0].text == "*" and len(tokens) > 1 and tokens[1].kind is Kind.NUMBER:
        return True
    if _sent_then_changed(tokens) or _sent_a_while_ago(tokens) is not None:
        return True
    return any(
        token.has(Tag.NOT_BUT)
        and (_next_figure(tokens, at) is not None or _is_renamed(tokens, at) or _denies_period(tokens, at))
        for at, token in enumerate(tokens)
    )


def _is_renamed(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether another indicator is named instead: "không phải đối thoại, là hội nghị"."""
    denied = any(token.tags & _INDICATORS for token in tokens[at + 1 : at + 3])
    return denied and any(
        token.low == "là" and any(other.tags & _INDICATORS for other in tokens[ahead + 1 : ahead + 3])
        for ahead, token in enumerate(tokens)
    )


def _denies_period(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a period is denied for another: "của quý I chứ không phải tháng 4"."""
    denied = any(token.has(*_PERIODS) for token in tokens[at + 1 : at + 3])
    return denied and any(token.has(*_PERIODS) for token in tokens[max(0, at - 3) : at])


def _sent_then_changed(tokens: Sequence[Token]) -> bool:
    """Tell whether a number said to be sent meets a later one that outdoes it: "em báo 8 ..., còn 7 thôi"."""
    for at, token in enumerate(tokens):
        if token.kind is Kind.NUMBER and any(near.has(Tag.SENT) for near in tokens[max(0, at - 3) : at]):
            return any(
                later.has(Tag.FEWER, Tag.RATHER) and _next_number(tokens, at + ahead) is not None
                for ahead, later in enumerate(tokens[at:])
            )
    return False


def _mends(tokens: Sequence[Token], at: int, figures: bool) -> bool:
    """Tell whether the word at `at` takes something back. "Sửa" alone must stand near what it mends."""
    token = tokens[at]
    if token.key == "doi":
        replaces = any(other.has(Tag.INTO) for other in tokens[at + 2 : at + 6])
        return replaces and (tokens[at + 1].kind is Kind.NUMBER or tokens[at + 1].on is not None)
    if token.key == "sua":
        near = tokens[at + 1 : at + 6]
        named = any(other.kind is Kind.NUMBER or other.on or other.tags & _MENDED for other in near)
        return token.has(Tag.MEND) and named
    if token.has(Tag.SLIP) and "quen" not in token.key and figures and _last_number(tokens, at, at) is None:
        return True
    return token.has(Tag.MEND) and (figures or token.key not in _SOFT)


def _delta(tokens: Sequence[Token]) -> int:
    """Return +1 for "thêm 2 nữa" and -1 for "bớt 1", where nothing says that they were newly admitted."""
    numbers = [at for at, token in enumerate(tokens) if token.kind is Kind.NUMBER]
    if len(numbers) != 1:
        return 0
    at = numbers[0]
    before = [
        token for token in tokens[:at] if not token.has(Tag.OWN, Tag.KIN) and token.key not in _HELPING
    ][-2:]
    if any(token.has(Tag.FEWER) for token in before) and not _is_admitted_before(tokens, at):
        return -1
    if any(token.has(*_ADMITTED) or token.on is not None for token in tokens):
        return 0
    again = _is_said_again(tokens, at)
    return 1 if again and any(token.has(Tag.MORE) for token in before) else 0


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


def _strike_slips(tokens: list[Token]) -> list[Token]:
    """Strike what is corrected within the same breath, and hush the word that did it."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.SLIP):
            continue
        old = _last_number(tokens, at, _NEAR)
        new = next(
            (ahead for ahead in range(at + 1, min(at + 4, len(tokens))) if tokens[ahead].kind is Kind.NUMBER),
            None,
        )
        if old is not None and new is not None:
            tokens[old] = _struck(tokens[old])
            tokens[at] = token._replace(tags=NO_TAGS)
    return tokens


def _strike_denied(tokens: list[Token]) -> list[Token]:
    for at, token in enumerate(tokens):
        denied = _next_figure(tokens, at) if token.has(Tag.NOT_BUT) else None
        if denied is not None:
            tokens[denied] = _struck(tokens[denied])
    return tokens


def _strike_replaced(tokens: list[Token]) -> list[Token]:
    """Strike the first of "5 thành 7"; up to two words may stand on either side of "thành"."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.INTO):
            continue
        old, new = _last_number(tokens, at, 3), _next_number(tokens, at)
        if at and _is_slip(tokens[at - 1]):  # "em gõ nhầm thành 13": 13 is what was wrong.
            slipped = _next_figure(tokens, at)
            if slipped is not None and len(_figures_of(tokens)) > 1:
                tokens[slipped] = _struck(tokens[slipped])
            continue
        if old is not None and new is not None and not tokens[old].has(Tag.OLD):
            tokens[old] = _struck(tokens[old])
    return tokens


def _is_slip(token: Token) -> bool:
    return token.has(Tag.MEND) and bool({"nham", "lon", "sai"} & set(token.key.split()))


def _figures_of(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.kind is Kind.NUMBER or token.on is not None]


def _strike_replaced_days(tokens: list[Token]) -> list[Token]:
    for at, token in enumerate(tokens):
        days = [
            near for near in range(max(0, at - 2), min(at + 3, len(tokens))) if tokens[near].on is not None
        ]
        if token.has(Tag.INTO) and len(days) == 2 and days[0] < at < days[1]:
            tokens[days[0]] = _struck(tokens[days[0]])
    return tokens


def _sent_a_while_ago(tokens: Sequence[Token]) -> int | None:
    """Return the number behind "nãy em báo", where another stands before it: "2 cuộc nha, nãy em báo 1"."""
    for at, token in enumerate(tokens):
        if token.kind is not Kind.NUMBER or _last_number(tokens, at, at) is None:
            continue
        before = tokens[max(0, at - 4) : at]
        if any(near.has(Tag.SENT) for near in before) and any(_is_a_while_ago(near) for near in before):
            return at
    return None


def _is_a_while_ago(token: Token) -> bool:
    return token.kind is Kind.DATE and bool({"nay", "sang", "chieu", "trua"} & set(token.key.split()))


def _strike_sent(tokens: list[Token]) -> list[Token]:
    """Strike "em báo 5" when a later number follows; with "sót 2" or "trùng 1" alone, reckon the new one."""
    ago = _sent_a_while_ago(tokens)
    if ago is not None:
        tokens[ago] = _struck(tokens[ago])
    for at, token in enumerate(tokens):
        if token.kind is not Kind.NUMBER or not any(
            near.has(Tag.SENT) for near in tokens[max(0, at - 4) : at]
        ):
            continue
        later = [ahead for ahead in range(at + 1, len(tokens)) if tokens[ahead].kind is Kind.NUMBER]
        changes = [ahead for ahead in later if _sign(tokens, ahead)]
        if len(later) > len(changes):
            tokens[at] = _struck(token)
        elif changes:
            value = (token.value or 0) + sum(
                _sign(tokens, ahead) * (tokens[ahead].value or 0) for ahead in changes
            )
            tokens[at] = token._replace(value=max(0, value))
        for ahead in changes:
            tokens[ahead] = _struck(tokens[ahead], old=False)
        break
    return tokens


def _strike_outdone(tokens: list[Token]) -> list[Token]:
    """Strike the number before "đúng ra là 7", "còn 7 thôi", "tổng cộng là 7"."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.RATHER, Tag.TOTAL) or _next_number(tokens, at) is None:
            continue
        old = _last_number(tokens, at, len(tokens))
        if old is not None and not _indicator_between(tokens, at, _next_number(tokens, at) or at):
            tokens[old] = _struck(tokens[old])
    return tokens


def _indicator_between(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(
        token.has(Tag.ADMIT, Tag.DIALOGUE, Tag.CONFERENCE, Tag.AGREEMENT, Tag.FOUND)
        for token in tokens[start:end]
    )


def _sign(tokens: Sequence[Token], at: int) -> int:
    """Return how a number changes another: +1 behind "sót", -1 behind "trùng" or "dư", else 0."""
    for token in tokens[max(0, at - 2) : at]:
        if token.has(Tag.FEWER):
            return -1
        if token.has(Tag.MORE):
            return 1
    return 0


def _last_number(tokens: Sequence[Token], at: int, reach: int) -> int | None:
    for back in range(at - 1, max(-1, at - 1 - reach), -1):
        if tokens[back].kind is Kind.NUMBER:
            return back
    return None


def _next_number(tokens: Sequence[Token], at: int) -> int | None:
    return next(
        (ahead for ahead in range(at + 1, min(at + 4, len(tokens))) if tokens[ahead].kind is Kind.NUMBER),
        None,
    )


def _next_figure(tokens: Sequence[Token], at: int) -> int | None:
    for ahead in range(at + 1, min(at + 4, len(tokens))):
        if tokens[ahead].kind is Kind.NUMBER or tokens[ahead].on is not None:
            return ahead
        if tokens[ahead].kind is Kind.SIGN and tokens[ahead].text != ":":
            return None
    return None


def _struck(token: Token, *, old: bool = True) -> Token:
    return token._replace(kind=Kind.NOISE, on=None, tags=frozenset({Tag.OLD}) if old else NO_TAGS)
