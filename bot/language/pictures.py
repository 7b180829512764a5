"""Little pictures that carry a meaning: 5👩 3👨 counts, "12 ❌ 13 ✅" corrects, "HNNLĐ ✅" tells of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tokens import Kind, Token
from messages_vi.folding import bare

_WOMEN, _MEN, _RIGHT, _WRONG = "👩👧🚺♀", "👨👦🚹♂", "✅✔☑", "❌✖❎"
PICTURES = _WOMEN + _MEN + _RIGHT + _WRONG


def spell(tokens: list[Token]) -> list[Token]:
    """Return the tokens with each picture as the word that it stands for, without those that adorn."""
    if not any(token.text in PICTURES for token in tokens):
        return tokens
    spelt = [_spelt(tokens, at) for at in range(len(tokens))]
    return [token for token in spelt if token is not None]


def _spelt(tokens: Sequence[Token], at: int) -> Token | None:
    token = tokens[at]
    if token.kind is not Kind.SIGN or token.text not in PICTURES:
        return token
    word = _word(tokens, at)
    return token._replace(low=word, key=bare(word), kind=Kind.WORD) if word else None


def _word(tokens: Sequence[Token], at: int) -> str:
    text = tokens[at].text
    if text in _WOMEN + _MEN:
        beside = any(other.kind is Kind.NUMBER for other in tokens[max(0, at - 1) : at + 2])
        return ("nữ" if text in _WOMEN else "nam") if beside else ""
    counted = at > 0 and tokens[at - 1].kind is Kind.NUMBER
    if text in _WRONG:
        mended = any(
            other.text in _RIGHT and tokens[where].kind is Kind.NUMBER
            for where, other in enumerate(tokens[1:])
            if other.kind is Kind.SIGN
        )
        return "sai" if counted and mended else "không"
    begins = at == 0 or tokens[at - 1].kind is not Kind.WORD
    return "" if begins or counted else "rồi"
