"""Figures that a line takes back: "5 thành 7", "32 không phải 23", "hai mươi mốt à không hai mươi hai"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.language.strikes import (
    adds_up,
    faults,
    last_number,
    next_figure,
    next_number,
    sent_a_while_ago,
    strike_old,
    strike_slips,
    undate_messages,
)
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token
from bot.language.withdrawals import indicators_in, withdrawn

_NEAR = 4
_ADMITTED = (Tag.ADMIT, Tag.JOIN, Tag.NEW_MEMBER)
_MENDED = tags("new_member member dialogue conference conference_short agreement union sent kin")
_INDICATORS = tags("admit new_member dialogue conference agreement")
_SHORT = 6
_REPLACING = frozenset({"doi", "thay", "the"})
_UNSURE_WITHOUT_ACCENTS = frozenset({"lon", "nham", "sot", "chinh", "sua"})
_OMITTED = frozenset({"sot", "quen", "thieu"})
_ADDED_TO = ("so", "bao cao", "bc", "tin")
_TAKING_OFF = ("bot", "tru", "loai", "bo ra", "giam")
_SETTLING = ("chot", "dung ra", "le ra", "so dung")
_HELPING = frozenset({"giup", "gium", "dum", "ho", "di", "ra", "cho", "lai"})
_FIGURE = frozenset({Kind.NUMBER, Kind.DATE})
_PERIODS = (Tag.QUARTER, Tag.MONTH_NAMED)
_SOFT = frozenset(
    {"bao lai", "chinh", "chinh lai", "sai", "sot", "con sot", "dieu chinh", "cap nhat lai", "chot lai la"}
)


class Corrected(NamedTuple):
    """The tokens with the figures taken back struck out, and what kind of correction it is.

    `delta` is +1 for "thêm 2 nữa", -1 for "bớt 1": the number is added to what was sent before. `dropped`
    are the indicators that a withdrawal names.
    """

    tokens: list[Token]
    correcting: bool = False
    withdrawn: bool = False
    delta: int = 0
    dropped: tuple[str, ...] = ()


def strike(tokens: Sequence[Token]) -> Corrected:
    """Return the tokens of a line with every figure that it takes back turned into noise."""
    line = strike_slips(list(tokens))
    dropped = withdrawn(line)
    if dropped is not None:
        line = undate_messages(line)
        return Corrected(line, correcting=True, withdrawn=True, dropped=dropped)
    delta = _delta(line)
    if not delta and not _is_correction(line):
        return Corrected(line)
    return Corrected(strike_old(line), correcting=True, delta=delta)


def old_values(tokens: Sequence[Token]) -> list[int]:
    """Return the numbers that were struck out, in order."""
    return [token.value for token in tokens if token.has(Tag.OLD) and token.value is not None]


def named_indicator(tokens: Sequence[Token]) -> str | None:
    """Return the one indicator that a correction names, if only by its word: "bớt 1 đoàn viên"."""
    named = indicators_in(tokens)
    return named[0] if len(named) == 1 else None


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
    if _is_starred(tokens) or _is_arrowed(tokens) or _is_settled(tokens) or faults(tokens):
        return True
    if adds_up(tokens) is not None and not indicators_in(tokens):
        return True
    if _sent_then_changed(tokens) or sent_a_while_ago(tokens) is not None:
        return True
    return any(
        token.has(Tag.NOT_BUT)
        and (next_figure(tokens, at) is not None or _is_renamed(tokens, at) or _denies_period(tokens, at))
        for at, token in enumerate(tokens)
    )


def _is_settled(tokens: Sequence[Token]) -> bool:
    """Tell whether a figure is called the right one: "20 mới đúng", "chốt lại 20 nha"."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.RATHER):
            continue
        if token.key.startswith("moi "):
            near = tokens[max(0, at - _NEAR) : at]
            if any(other.kind is Kind.NUMBER or other.on is not None for other in near):
                return True
        elif token.key.startswith(_SETTLING) and next_number(tokens, at) is not None:
            return not indicators_in(tokens)
    return False


def _is_starred(tokens: Sequence[Token]) -> bool:
    """Tell whether the line is "*26" or "*đối thoại 2", the chat's way to mend the line before."""
    if len(tokens) < 2 or tokens[0].text != "*" or tokens[1].start != tokens[0].end:
        return False
    alone = sum(token.text == "*" for token in tokens) == 1 and len(tokens) <= _SHORT
    return tokens[1].kind is Kind.NUMBER or (alone and any(token.kind is Kind.NUMBER for token in tokens))


def _is_arrowed(tokens: Sequence[Token]) -> bool:
    """Tell whether an arrow stands between two numbers of an indicator: "ĐV mới 41 => 14"; stocks grow so."""
    if any(token.has(Tag.STOCK, Tag.RENEW) for token in tokens):
        return False
    named = any(token.tags & _INDICATORS for token in tokens)
    return named and any(
        token.text == ">"
        and last_number(tokens, at, 2) is not None
        and at + 1 < len(tokens)
        and tokens[at + 1].kind is Kind.NUMBER
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
                later.has(Tag.FEWER, Tag.RATHER) and next_number(tokens, at + ahead) is not None
                for ahead, later in enumerate(tokens[at:])
            )
    return False


def _mends(tokens: Sequence[Token], at: int, figures: bool) -> bool:
    """Tell whether the word at `at` takes something back. "Sửa" alone must stand near what it mends."""
    token = tokens[at]
    if token.key in _REPLACING:
        replaces = any(other.has(Tag.INTO) for other in tokens[at + 2 : at + 7])
        return replaces and any(
            other.kind is Kind.NUMBER or other.on is not None for other in tokens[at + 1 : at + 3]
        )
    if token.key == "sua":
        near = _rest_of_clause(tokens, at)[:5]
        named = any(other.kind is Kind.NUMBER or other.on or other.tags & _MENDED for other in near)
        return token.has(Tag.MEND) and named
    if token.has(Tag.SLIP) and "quen" not in token.key and figures and last_number(tokens, at, at) is None:
        return True
    if not token.has(Tag.MEND) or _is_another_word(tokens, at):
        return False
    if token.key.endswith("sot") and any(other.has(Tag.LEFT) for other in tokens[at + 1 : at + _NEAR + 1]):
        return False  # "còn sót 1 bạn nghỉ thai sản" says who was not admitted.
    return figures or token.key not in _SOFT


def _rest_of_clause(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    end = next((ahead for ahead in range(at + 1, len(tokens)) if tokens[ahead].text in ",.;"), len(tokens))
    return tokens[at + 1 : end]


def _is_another_word(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "lon" or "nham" without accents is lớn or nhằm: nobody speaks of a slip around it."""
    token = tokens[at]
    if token.low != token.key or token.key not in _UNSURE_WITHOUT_ACCENTS or at == 0:
        return False
    if any(other.low != other.key for other in tokens):
        return True  # Who types accents would have typed them here.
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return not (
        after is None
        or after.kind in (Kind.SIGN, Kind.NUMBER)
        or after.has(Tag.FILLER, Tag.DONE, Tag.MESSAGE, Tag.KIN, Tag.INTO)
        or tokens[at - 1].has(Tag.SENT)
    )


def _delta(tokens: Sequence[Token]) -> int:
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
    return any(  # "2 bạn nghỉ rồi, bớt ra cho em"
        token.has(Tag.FEWER)
        and token.key.startswith(_TAKING_OFF)
        and any(other.key in _HELPING or other.has(Tag.OWN) for other in tokens[ahead + 1 : ahead + 3])
        for ahead, token in enumerate(tokens)
        if ahead > at
    )


def _is_added(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a number is added to what was sent: said to have been left out, or "thêm ... nữa"."""
    if not any(token.has(Tag.MORE) or token.text == "+" for token in _words_before(tokens, at)):
        return False
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
        if token.low in ("vô", "vào", "vo") and any(
            near.key.startswith(_ADDED_TO) for near in tokens[at + 1 : at + 2]
        ):
            return True
    return False


def _ends_part(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether nothing but a title or a "nha" follows up to the next sign: "thêm 2, hồi sáng sót"."""
    for token in tokens[at + 1 :]:
        if token.kind in (Kind.SIGN, Kind.BREAK):
            return True
        if not token.has(Tag.FILLER, Tag.KIN, Tag.OWN, Tag.DONE):
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
