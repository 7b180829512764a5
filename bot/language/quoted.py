"""Questions that a message repeats only to answer them: "> đv mới tháng này? / 16", "Kết nạp mấy? - 12".

The question becomes what it is about, and the answer stands right behind it: "đv mới tháng này 16".
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token

_ABOUT = tags("admit join new_member member dialogue conference conference_short agreement union found")
_ASKING = tags("asking asking_end many progress checking")
_QUOTES = frozenset("\"'>")
_STARTS = _QUOTES | frozenset("?.;:")
_RULES = frozenset({"can", "phai", "toi thieu", "bat buoc", "nen", "neu", "duoc khong"})
_SKIPPED = frozenset({"thi", "tra", "loi", "tra loi", "dap", "la", "xin", "-", ":", ")", "=", "*"}) | _QUOTES
_ASKED_BY = frozenset({"hoi", "cau hoi", "tra loi", "cau", "tra", "loi", "cua", "bot", "he thong", "cho"})
_YES = frozenset({"co", "da", "roi", "duoc", "da co"})
_LONGEST_ANSWER = 12


def answered(tokens: list[Token]) -> list[Token]:
    """Return the tokens of a line with each question that is answered in place turned into its topic."""
    if not any(token.text == "?" for token in tokens[:-1]):
        return tokens
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        answer = _answer_at(tokens, at) if tokens[at].text == "?" else None
        start = _start(found) if answer is not None else 0
        if answer is None or not _is_of_form(found[start:]):
            found.append(tokens[at])
            at += 1
            continue
        topic = [token for token in found[start:] if token.tags & _ABOUT or not _only_asks(token)]
        del found[_lead(found, start) :]
        found += [*topic, tokens[at]._replace(text=":", low=":", key=":")]
        if tokens[answer].key in _YES and tokens[answer + 1 : answer + 2] and tokens[answer + 1].text == ",":
            found.append(tokens[answer])
            answer += 2
        at = answer
    return found


def _only_asks(token: Token) -> bool:
    return bool(token.tags & _ASKING) or token.key in _YES


def _start(found: Sequence[Token]) -> int:
    """Return where the question begins that ends here."""
    start = len(found)
    while start and found[start - 1].text not in _STARTS and found[start - 1].kind is not Kind.BREAK:
        start -= 1
    return start


def _lead(found: Sequence[Token], start: int) -> int:
    """Return where the words begin that only say that somebody asked: "bot hỏi", a sign of quoting."""
    while start and (
        found[start - 1].text in _QUOTES
        or found[start - 1].text == ":"
        or found[start - 1].key in _ASKED_BY
        or found[start - 1].has(Tag.KIN, Tag.SENT)
    ):
        start -= 1
    return start


def _is_of_form(question: Sequence[Token]) -> bool:
    """Tell whether an indicator is asked for, without a figure or a rule: a form's question."""
    if not any(token.tags & _ABOUT for token in question):
        return False
    return not any(token.kind in (Kind.NUMBER, Kind.NOISE) or token.key in _RULES for token in question)


def _answer_at(tokens: Sequence[Token], mark: int) -> int | None:
    """Return where the answer behind a question mark begins: a number, "có, 7 người", "không"."""
    at = mark + 1
    while at < len(tokens) and (
        tokens[at].key in _SKIPPED
        or tokens[at].kind is Kind.BREAK
        or (tokens[at].has(Tag.FILLER, Tag.OWN, Tag.KIN) and not tokens[at].has(Tag.NO))
    ):
        at += 1
    if at >= len(tokens) or not _answers(tokens[at]):
        return None
    for token in tokens[at : at + _LONGEST_ANSWER]:
        if token.kind is Kind.BREAK or token.text in (".", ";"):
            break
        if token.text == "?":
            return None
    return at


def _answers(token: Token) -> bool:
    return token.kind is Kind.NUMBER or token.key in _YES or token.has(Tag.NO, Tag.NOT_YET, Tag.NIL)
