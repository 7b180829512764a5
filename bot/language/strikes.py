"""Which figures of a correction are taken back: each rule turns the old number or day into noise marked OLD.

"5 thành 7", "32 không phải 23", "em ghi lộn 13/3", "số 83 là sai", "24 (đã báo 42)". The last live figure of
its sort is never struck: what stays is the value after the correction.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.earlier import (
    NEAR,
    WRITING,
    adds_up,
    denies_class,
    has_other,
    last_number,
    live,
    next_figure,
    next_number,
    of_another_period,
    says_fault,
    sent_a_while_ago,
    wrong_at,
)
from bot.language.tags import Tag
from bot.language.tokens import NO_TAGS, Kind, Token
from bot.language.withdrawals import indicators_in

_SETTING = ("sua", "chinh", "dieu chinh", "cap nhat", "doi")
_LEADING = frozenset({"la", "con", "thanh", "giup", "gium", "dum", "em", "lai", "so", "ve", ":"})

_HESITATING = frozenset({"à", "ủa", "ý", "í", "á", "ờ", "quên", "ui", "ah", "ấy"})
_FINAL = frozenset({"thoi", "thui", "moi dung", "chu", "moi phai"})


def strike_slips(tokens: list[Token]) -> list[Token]:
    """Strike what is corrected within the same breath, and hush the word that did it."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.SLIP):
            continue
        days = live(tokens, at, at - NEAR, days=True), live(tokens, at + NEAR, at, days=True)
        old = last_number(tokens, at, NEAR)
        new = next_number(tokens, at)
        if old is not None and new is not None:
            tokens[old] = struck(tokens[old])
            tokens[at] = token._replace(tags=NO_TAGS)
        elif days[0] is not None and days[1] is not None:
            tokens[days[0]] = struck(tokens[days[0]])
            tokens[at] = token._replace(tags=NO_TAGS)
    return _strike_retold(tokens)


def _strike_retold(tokens: list[Token]) -> list[Token]:
    """Strike a list that is told again in one number: "2 kho, 1 vp, 2 bảo vệ, à 4 bạn thôi"."""
    for at in range(1, len(tokens) - 1):
        if tokens[at].low not in _HESITATING or tokens[at - 1].kind not in (Kind.SIGN, Kind.BREAK):
            continue
        new = next_number(tokens, at)
        before = [back for back in range(at) if tokens[back].kind is Kind.NUMBER]
        if new is None or not before or not _is_final(tokens, new):
            continue
        for back in before:
            tokens[back] = struck(tokens[back])
    return tokens


def _is_final(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "thôi" or "mới đúng" says that the number is the last word."""
    return any(token.key in _FINAL for token in tokens[at + 1 : at + NEAR])


def strike_old(tokens: list[Token]) -> list[Token]:
    """Strike every figure that a line known to be a correction takes back."""
    for rule in (
        _joined,
        _strike_denied,
        _strike_cited,
        _strike_set_anew,
        _strike_added,
        _strike_faulty,
        _strike_replaced,
        _strike_sent,
        _strike_outdone,
        _strike_replaced_days,
    ):
        tokens = rule(tokens)
    return tokens


def _joined(tokens: list[Token]) -> list[Token]:
    """Keep "số người dự còn 88" in one clause: before its number "còn" is no "but"."""
    for at, token in enumerate(tokens[:-1]):
        gives = token.has(Tag.BUT) and token.has(Tag.RATHER) and tokens[at + 1].kind is Kind.NUMBER
        if gives and at and tokens[at - 1].kind is Kind.WORD:
            tokens[at] = token._replace(tags=token.tags - {Tag.BUT})
    return tokens


def undate_messages(tokens: list[Token]) -> list[Token]:
    """Take the day from "em báo hôm qua": it is when the old figure was sent."""
    for at, token in enumerate(tokens):
        if token.on is not None and _is_of_message(tokens, at):
            tokens[at] = token._replace(on=None, tags=frozenset({Tag.VAGUE}))
    return tokens


def struck(token: Token, *, old: bool = True) -> Token:
    """Return the token as noise; `old` keeps that it was the value before."""
    return token._replace(kind=Kind.NOISE, on=None, tags=frozenset({Tag.OLD}) if old else NO_TAGS)


def _strike_denied(tokens: list[Token]) -> list[Token]:
    for at, token in enumerate(tokens):
        denied = next_figure(tokens, at) if token.has(Tag.NOT_BUT) else None
        if denied is not None:
            tokens[denied] = struck(tokens[denied])
        elif denies_class(tokens, at):
            tokens[at + 1] = struck(tokens[at + 1])
    return tokens


def _strike_cited(tokens: list[Token]) -> list[Token]:
    for found in (sent_a_while_ago(tokens), of_another_period(tokens)):
        if found is not None:
            tokens[found] = struck(tokens[found])
    return undate_messages(tokens)


def _is_of_message(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a relative day is when the old figure was sent: "em báo hôm qua", "hồi nãy e bấm 21"."""
    if any(letter.isdigit() for letter in tokens[at].text):
        return False
    if at and tokens[at - 1].has(Tag.SENT):
        return True
    after = tokens[at + 1 : at + 4]
    return any(token.key in WRITING for token in after) and any(token.has(Tag.OLD) for token in after)


def _strike_set_anew(tokens: list[Token]) -> list[Token]:
    """Strike all that stands before "sửa lại 15", where one indicator at most is spoken of."""
    new = [
        ahead
        for at, token in enumerate(tokens)
        if token.has(Tag.MEND)
        and token.key.startswith(_SETTING)
        and (ahead := _set_to(tokens, at)) is not None
    ]
    if len(new) != 1 or len(indicators_in(tokens)) > 1:
        return tokens
    for at, token in enumerate(tokens):
        if at < new[0] and token.kind is Kind.NUMBER and not _is_attended(tokens, at):
            tokens[at] = struck(token)
    return tokens


def _set_to(tokens: Sequence[Token], at: int) -> int | None:
    """Return the number right behind "sửa lại" or "sửa thành"."""
    ahead = at + 1
    while ahead < len(tokens) and (tokens[ahead].key in _LEADING or tokens[ahead].has(Tag.INTO)):
        ahead += 1
    return ahead if ahead < len(tokens) and tokens[ahead].kind is Kind.NUMBER else None


def _is_attended(tokens: Sequence[Token], at: int) -> bool:
    return any(token.has(Tag.ATTENDEE, Tag.ATTENDING) for token in tokens[max(0, at - 1) : at + 3])


def _strike_added(tokens: list[Token]) -> list[Token]:
    part = adds_up(tokens)
    if part is not None and sum(token.kind is Kind.NUMBER for token in tokens) == 2:
        tokens[part] = struck(tokens[part], old=False)
    return tokens


def _strike_faulty(tokens: list[Token]) -> list[Token]:
    """Strike the object of "em ghi lộn 13/3", else the figure of "số 83 em gửi là sai", "số 41 bỏ nha"."""
    for at, token in enumerate(tokens):
        if not says_fault(token) and not token.has(Tag.FAULT, Tag.DROP, Tag.WITHDRAW):
            continue
        wrong = wrong_at(tokens, at)
        if wrong is not None and has_other(tokens, wrong):
            tokens[wrong] = struck(tokens[wrong])
    return tokens


def _strike_replaced(tokens: list[Token]) -> list[Token]:
    """Strike the first of "5 thành 7"; up to two words may stand on either side of "thành"."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.INTO) or (at and says_fault(tokens[at - 1])):
            continue
        old, new = last_number(tokens, at, 3), next_number(tokens, at)
        if old is not None and new is not None and not tokens[old].has(Tag.OLD):
            tokens[old] = struck(tokens[old])
    return tokens


def _strike_replaced_days(tokens: list[Token]) -> list[Token]:
    for at, token in enumerate(tokens):
        days = [
            near for near in range(max(0, at - 2), min(at + 3, len(tokens))) if tokens[near].on is not None
        ]
        if (
            days and days[-1] == at and len(days) == 2 and token.low.startswith("sang ")
        ):  # "từ 13/3 sang 18/3"
            tokens[days[0]] = struck(tokens[days[0]])
        elif token.has(Tag.INTO) and len(days) == 2 and days[0] < at < days[1]:
            tokens[days[0]] = struck(tokens[days[0]])
    return tokens


def _strike_sent(tokens: list[Token]) -> list[Token]:
    """Strike "em báo 5" when a later number follows; with "sót 2" or "trùng 1" alone, reckon the new one."""
    for at, token in enumerate(tokens):
        if token.kind is not Kind.NUMBER or not any(
            near.has(Tag.SENT) for near in tokens[max(0, at - NEAR) : at]
        ):
            continue
        later = [ahead for ahead in range(at + 1, len(tokens)) if tokens[ahead].kind is Kind.NUMBER]
        changes = [ahead for ahead in later if _sign(tokens, ahead)]
        if len(later) > len(changes):
            tokens[at] = struck(token)
        elif changes:
            value = (token.value or 0) + sum(
                _sign(tokens, ahead) * (tokens[ahead].value or 0) for ahead in changes
            )
            tokens[at] = token._replace(value=max(0, value))
        for ahead in changes:
            tokens[ahead] = struck(tokens[ahead], old=False)
        break
    return tokens


def _strike_outdone(tokens: list[Token]) -> list[Token]:
    """Strike the number before "đúng ra là 7", "còn 7 thôi", "tổng cộng là 7"; and before "7 mới đúng"."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.RATHER, Tag.TOTAL):
            continue
        new = last_number(tokens, at, NEAR) if token.key.startswith("moi ") else next_number(tokens, at)
        if new is None:
            continue
        old = last_number(tokens, min(at, new), len(tokens))
        if old is not None and not _indicator_between(tokens, at, new):
            tokens[old] = struck(tokens[old])
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
