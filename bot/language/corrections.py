"""Figures that a line takes back: "5 thành 7", "32 không phải 23", "hai mươi mốt à không hai mươi hai"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.language.additions import delta
from bot.language.earlier import (
    adds_up,
    denies_class,
    faults,
    last_number,
    next_figure,
    next_number,
    sent_a_while_ago,
)
from bot.language.periodmoves import moves_period
from bot.language.strikes import strike_old, strike_slips, undate_messages
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token
from bot.language.withdrawals import indicators_in, withdrawn

_NEAR = 4
_MENDED = tags("new_member member dialogue conference conference_short agreement union sent")
_INDICATORS = tags("admit new_member dialogue conference conference_short agreement")
_SHORT = 6
_REPLACING = frozenset({"doi", "thay", "the"})
_UNSURE_WITHOUT_ACCENTS = frozenset({"lon", "nham", "sot", "chinh", "sua"})
_PAPERS = frozenset(
    {"ten", "file", "anh", "hinh", "mau", "link", "mail", "email", "chu", "ho ten", "danh sach", "nhom"}
)
_ARTICLES = frozenset({"dieu", "khoan", "phu luc", "muc", "tien", "tien an", "muc an", "thoi han", "phan"})
_IN_FULL = frozenset({"day du", "day", "chi tiet", "cu the", "theo", "cho du", "tung"})
_DENIED_FAULTS = frozenset({"sai", "sot", "nham", "lon", "trung", "bi trung", "con sot", "bi sot"})
_SETTING = frozenset(
    {"tang len", "giam xuong", "giam xuong con", "nang len", "ha xuong", "ha xuong con", "giam con"}
)
_SETTLING = ("chot", "dung ra", "le ra", "so dung", "dem lai", "that ra la", "thuc ra la", "kiem lai")
_FIGURE = frozenset({Kind.NUMBER, Kind.DATE})
_PERIODS = (Tag.QUARTER, Tag.MONTH_NAMED)
_SOFT = frozenset(
    {
        "bao lai",
        "doi lai",
        "doi thanh",
        "chinh",
        "chinh lai",
        "sai",
        "sot",
        "con sot",
        "dieu chinh",
        "cap nhat lai",
        "chot lai la",
    }
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
    line = strike_slips(_without_lookalikes(tokens))
    dropped = withdrawn(line)
    if (
        dropped is not None and delta(line) >= 0
    ):  # "trừ 3 bạn ra, đừng tính" takes off, and withdraws nothing.
        line = undate_messages(line)
        return Corrected(line, correcting=True, withdrawn=True, dropped=dropped)
    change = delta(line)
    if not change and not _is_correction(line):
        return Corrected(line)
    return Corrected(strike_old(line), correcting=True, delta=change)


def old_values(tokens: Sequence[Token]) -> list[int]:
    """Return the numbers that were struck out, in order."""
    return [token.value for token in tokens if token.has(Tag.OLD) and token.value is not None]


def named_indicator(tokens: Sequence[Token]) -> str | None:
    """Return the one indicator that a correction names, if only by its word: "bớt 1 đoàn viên"."""
    named = indicators_in(tokens)
    return named[0] if len(named) == 1 else None


def old_days(before: Sequence[Token], after: Sequence[Token]) -> list[date]:
    """Return the days that were struck out of `before`, in order."""
    return [was.on for was, now in zip(before, after, strict=True) if was.on is not None and now.has(Tag.OLD)]


def _is_correction(tokens: Sequence[Token]) -> bool:
    figures = any(token.kind in _FIGURE and (token.kind is Kind.NUMBER or token.on) for token in tokens)
    if any(_mends(tokens, at, figures) for at in range(len(tokens))):
        return True
    if renamed(tokens) is not None:
        return True
    if _is_starred(tokens) or _is_arrowed(tokens) or _is_settled(tokens) or faults(tokens):
        return True
    if adds_up(tokens) is not None and not indicators_in(tokens):
        return True
    if _sent_then_changed(tokens) or sent_a_while_ago(tokens) is not None or moves_period(tokens):
        return True
    return any(
        token.has(Tag.NOT_BUT)
        and (next_figure(tokens, at) is not None or denies_class(tokens, at) or _denies_period(tokens, at))
        for at, token in enumerate(tokens)
    )


def _is_settled(tokens: Sequence[Token]) -> bool:
    """Tell whether a figure is called the right one: "20 mới đúng", "chốt lại 20 nha"."""
    for at, token in enumerate(tokens):
        if not token.has(Tag.RATHER) and token.key not in _SETTING:
            continue
        if token.key.startswith("moi "):
            near = tokens[max(0, at - _NEAR) : at]
            if any(other.kind is Kind.NUMBER or other.on is not None for other in near):
                return True
        elif (token.key.startswith(_SETTLING) or token.key in _SETTING) and next_number(
            tokens, at
        ) is not None:
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


def renamed(tokens: Sequence[Token]) -> tuple[str, str] | None:
    """Return the indicator denied and the one named instead: "không phải đối thoại, là hội nghị"."""
    denied = next(
        (
            named[0]
            for at, token in enumerate(tokens)
            if token.has(Tag.NOT_BUT) and (named := indicators_in(tokens[at + 1 : at + 2]))
        ),
        None,
    )
    called = denied is not None and any(
        token.low in ("là", "la") and indicators_in(tokens[at + 1 : at + 3])
        for at, token in enumerate(tokens)
    )
    others = [code for code in indicators_in(tokens) if code != denied] if called else []
    return (denied, others[0]) if denied is not None and len(others) == 1 else None


def _denies_period(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a period is denied for another: "của quý I chứ không phải tháng 4"."""
    denied = any(token.has(*_PERIODS) for token in tokens[at + 1 : at + 3])
    return denied and any(token.has(*_PERIODS) for token in tokens[max(0, at - 3) : at])


def _sent_then_changed(tokens: Sequence[Token]) -> bool:
    """Tell whether a number said to be sent meets a later one that outdoes it: "em báo 8 ..., còn 7 thôi"."""
    for at, token in enumerate(tokens):
        if token.kind is Kind.NUMBER and any(near.has(Tag.SENT) for near in tokens[max(0, at - 3) : at]):
            return any(
                (later.has(Tag.FEWER, Tag.RATHER) and next_number(tokens, at + ahead) is not None)
                or (ahead > 0 and later.kind is Kind.NUMBER and _is_all(tokens, at + ahead))
                for ahead, later in enumerate(tokens[at:])
            )
    return False


def _is_all(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "mà có 1 thôi" stands here: less than what was sent."""
    led = any(
        token.key in ("ma", "ma co", "ma chi", "chi", "chi co") for token in tokens[max(0, at - 3) : at]
    )
    return led and any(token.key == "thoi" for token in tokens[at + 1 : at + 4])


def _mends(tokens: Sequence[Token], at: int, figures: bool) -> bool:
    """Tell whether the word at `at` takes something back. "Sửa" alone must stand near what it mends."""
    token = tokens[at]
    if token.key in _REPLACING:
        replaces = any(other.has(Tag.INTO) for other in tokens[at + 2 : at + 7])
        numbered = at + 2 < len(tokens) and tokens[at + 1].has(Tag.NUMBER_OF) and tokens[at + 2].value
        return replaces and bool(
            numbered
            or any(other.kind is Kind.NUMBER or other.on is not None for other in tokens[at + 1 : at + 3])
        )
    if token.key == "sua":
        near = _rest_of_clause(tokens, at)[:5]
        named = any(other.kind is Kind.NUMBER or other.on or other.tags & _MENDED for other in near)
        named = named or any(other.has(Tag.KIN) for other in near[:1])
        return token.has(Tag.MEND) and named
    if token.has(Tag.SLIP) and "quen" not in token.key and figures and last_number(tokens, at, at) is None:
        return True
    if not token.has(Tag.MEND):
        return False
    if _is_offered(tokens, at) or _is_of_agreement(tokens, at) or _is_told_again(tokens, at):
        return False
    if (
        token.key.endswith(" du")
        and token.low == token.key
        and any(other.has(Tag.DONE, Tag.FINISHED) for other in tokens[at + 1 : at + 3])
    ):
        return False  # "gui du roi" is đủ.
    if at and tokens[at - 1].has(Tag.NO) and token.key in _DENIED_FAULTS:
        return False  # "không sót ai"
    if figures and any(other.key in _PAPERS for other in tokens[at + 1 : at + 3]):
        return False
    if token.key.endswith("sot") and any(other.has(Tag.LEFT) for other in tokens[at + 1 : at + _NEAR + 1]):
        return False  # "còn sót 1 bạn nghỉ thai sản" says who was not admitted.
    return figures or token.key not in _SOFT


def _is_of_agreement(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether an article of an agreement is changed: "thỏa ước sửa lại điều 5"."""
    return any(token.has(Tag.AGREEMENT) for token in tokens[:at]) and any(
        token.key in _ARTICLES for token in tokens[at + 1 : at + _NEAR]
    )


def _is_told_again(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "báo lại" only answers: "chị hỏi nên em báo lại luôn", "em báo lại đầy đủ"."""
    if tokens[at].key != "bao lai":
        return False
    asked = any(
        token.key.partition(" ")[0] in ("hoi", "nhac") for token in tokens[max(0, at - 2 * _NEAR) : at]
    )
    return asked or any(token.key in _IN_FULL for token in tokens[at + 1 : at + 3])


def _is_offered(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the writer only offers to correct: "có sai gì chị nói em chỉnh"."""
    for back in range(at - 1, max(-1, at - 2 * _NEAR), -1):
        if tokens[back].text in ",.;\n":
            return False
        if tokens[back].has(Tag.CHECKING):
            return True
    return False


def _without_lookalikes(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens, words that only look like a slip without their accents as plain words."""
    accented = any(token.low != token.key for token in tokens)
    return [
        token._replace(tags=token.tags - {Tag.MEND, Tag.SLIP, Tag.FAULT})
        if token.has(Tag.MEND, Tag.SLIP) and _is_another_word(tokens, at, accented)
        else token
        for at, token in enumerate(tokens)
    ]


def _rest_of_clause(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    end = next((ahead for ahead in range(at + 1, len(tokens)) if tokens[ahead].text in ",.;"), len(tokens))
    return tokens[at + 1 : end]


def _is_another_word(tokens: Sequence[Token], at: int, accented: bool) -> bool:
    """Tell whether "lon" or "nham" without accents is lớn or nhằm: nobody speaks of a slip around it."""
    token = tokens[at]
    if token.low != token.key or token.key.partition(" ")[0] not in _UNSURE_WITHOUT_ACCENTS or at == 0:
        return False
    if accented:
        return True  # Who types accents would have typed them here.
    if at > 1 and tokens[at - 2].kind is Kind.NUMBER and tokens[at - 1].has(Tag.PERSON, Tag.TITLE):
        return True  # "5 ban lon tuoi"
    before, after = tokens[at - 1], tokens[at + 1] if at + 1 < len(tokens) else None
    spoken = (
        before.kind is Kind.SIGN or before.has(Tag.SENT, Tag.OWN, Tag.KIN, Tag.FILLER) or before.key == "bi"
    )
    return not (spoken or (after is not None and after.has(Tag.DONE, Tag.MESSAGE)))
