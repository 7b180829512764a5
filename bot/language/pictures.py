"""Little pictures that carry a meaning: 5👩 3👨 counts, "12 ❌ 13 ✅" corrects, "HNNLĐ ✅" tells of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tags import Tag
from bot.language.tokens import Kind, Token
from messages_vi.folding import bare

_WOMEN, _MEN, _RIGHT, _WRONG = "👩👧🚺♀", "👨👦🚹♂", "✅✔☑", "❌✖❎"
PICTURES = _WOMEN + _MEN + _RIGHT + _WRONG


def spell(tokens: list[Token]) -> list[Token]:
    """Return the tokens with each picture as the word that it stands for, without those that adorn."""
    if not any(token.text in PICTURES for token in tokens):
        return tokens
    tokens = _crossed_out(tokens)
    spelt = [_spelt(tokens, at) for at in range(len(tokens))]
    return [token for token in spelt if token is not None]


def _crossed_out(tokens: list[Token]) -> list[Token]:
    """Strike the number with a cross beside one with a tick: "12 ❌ 13 ✅" or "❌ 12 ✅ 13"."""
    marks = [
        at for at, token in enumerate(tokens) if token.kind is Kind.SIGN and token.text in _RIGHT + _WRONG
    ]
    numbers = [at for at, token in enumerate(tokens) if token.kind is Kind.NUMBER]
    if len(marks) != 2 or len(numbers) != 2:
        return tokens
    step = 1 if marks[0] < numbers[0] else -1
    of_number = {mark + step: tokens[mark].text for mark in marks}
    signs = [of_number.get(number, "") for number in numbers]
    if not (set(signs) & set(_WRONG) and set(signs) & set(_RIGHT)) or numbers[1] - numbers[0] > 3:
        return tokens
    wrong = numbers[0] if signs[0] in _WRONG else numbers[1]
    struck = tokens[wrong]._replace(kind=Kind.NOISE, tags=frozenset({Tag.OLD, Tag.MEND}))
    return [struck if at == wrong else token for at, token in enumerate(tokens) if at not in marks]


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
        return "không"
    begins = at == 0 or tokens[at - 1].kind is not Kind.WORD
    return "" if begins or counted else "rồi"
