"""What a clause denies: "không kết nạp ai", "đối thoại thì chưa", but not "k có khiếu nại"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.clauses import Clause
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token

_EVER = ("lan nao", "bao gio", "khi nao", "nam nao", "nao")
_TRAILING = tags(
    "filler intro held done admit sign found event and new_member member asking_end no "
    "not_yet own but join first_time union person agreement deed sent past_vague"
)


def says_no(clause: Clause) -> bool:
    """Tell whether the clause denies its indicator: "không kết nạp ai", but not "k có khiếu nại"."""
    tokens, anchor = clause.tokens, clause.anchor
    for at, token in enumerate(tokens):
        if token.has(Tag.NIL):
            return True
        if not token.has(Tag.NO, Tag.NOT_YET) or _is_superlative(tokens, at) or _is_unsent(tokens, at):
            continue
        if at < anchor and not _given(tokens[anchor:]):
            return True
        if at >= anchor and _ends_denied(tokens, at, anchor):
            return True
    return False


def _is_unsent(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "chưa báo" only says that it was not told before: "đối thoại hôm 27/3 mà chưa báo"."""
    return tokens[at].has(Tag.NOT_YET) and at + 1 < len(tokens) and tokens[at + 1].has(Tag.SENT)


def _is_superlative(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "chưa lần nào đông như hôm thứ bảy" praises, and denies nothing."""
    ever = any(token.key.endswith(_EVER) for token in tokens[at : at + 4])
    return ever and any(token.key in ("nhu", "bang") for token in tokens[at:])


def _ends_denied(tokens: Sequence[Token], at: int, anchor: int) -> bool:
    before = tokens[anchor:at]
    if _given(before) or any(token.has(Tag.DONE) and not token.has(Tag.INTRO) for token in before):
        return False
    trailing = all(
        token.tags & _TRAILING or token.kind in (Kind.SIGN, Kind.DATE) for token in tokens[at + 1 :]
    )
    if tokens[at].has(Tag.NOT_YET) and not (_given(tokens[:anchor]) and not trailing):
        return not _given(tokens[at:])
    return trailing


def _given(tokens: Sequence[Token]) -> bool:
    return any(token.kind is Kind.NUMBER and token.value for token in tokens)


def denies_before(clause: Clause) -> bool:
    """Tell whether the denial stands before its indicator and so covers those that follow it."""
    end = clause.anchor if clause.anchor >= 0 else len(clause.tokens)
    return any(token.has(Tag.NO, Tag.NOT_YET, Tag.NIL) for token in clause.tokens[: end + 1])
