"""Indicators that a new plan brings: "tặng 32 suất quà", "trồng 50 cây". Their words come with the lexicon.

A phrase of the indicator names it whole. So does a number with the indicator's unit ("50 cây") where the
other words of its name stand in the same clause ("trồng").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.language.figures import Figure
from bot.language.lexicon import Extra, Lexicon
from bot.language.mentions import Mention, Row
from bot.language.numerals import read_numeral
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token, merged
from domain.understanding import Item
from messages_vi.folding import bare

_EXTRA = frozenset({Tag.EXTRA})
_CUTS = frozenset(",.;()?!\n")
_BETWEEN = tags("intro done held into extra and filler")
_LONGEST_NUMERAL = 5


def name_extras(tokens: list[Token], text: str, words: Lexicon) -> list[Token]:
    """Return the tokens with what names an indicator of `words.extras` merged and bearing its code."""
    if not words.extras:
        return tokens
    return [token for clause in _clauses(tokens) for token in _named(clause, text, words)]


def counted(mention: Mention) -> tuple[Item, ...]:
    """Return the figure of a mention of such an indicator; without a number there is none."""
    row = mention.first
    found = [figure for figure in row.figures if _counts(row, figure, mention.indicator)]
    whole = [figure for figure in found if figure.stands(Tag.TOTAL)][:1]
    found = whole or [figure for figure in found if not figure.stands(Tag.PART, Tag.STOCK)]
    if not found:
        return ()
    on = next((row.on for row in mention.rows if row.on is not None), mention.head_on)
    place = next((row.place for row in mention.rows if row.place is not None), mention.head_place)
    spans = tuple(_span(row, figure) for figure in found)
    return (Item(mention.indicator, sum(figure.value for figure in found), on, place, spans=spans),)


def _span(row: Row, figure: Figure) -> tuple[int, int]:
    tokens = row.clause.tokens
    unit = tokens[figure.at + 1] if figure.at + 1 < len(tokens) else tokens[figure.at]
    return (figure.span[0], unit.end) if unit.code else figure.span


def _counts(row: Row, figure: Figure, code: str) -> bool:
    """Tell whether a number stands right before the indicator or its unit, or behind its name."""
    tokens, anchor = row.clause.tokens, row.clause.anchor
    if figure.at + 1 < len(tokens) and tokens[figure.at + 1].code == code:
        return True
    between = tokens[anchor + 1 : figure.at]
    counted_elsewhere = figure.is_of(Tag.THING) or figure.unit_key != ""
    return (
        figure.at > anchor
        and not counted_elsewhere
        and all(token.tags & _BETWEEN or token.text in (":", "=", "-") for token in between)
    )


def _clauses(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in tokens:
        clause.append(token)
        if token.text in _CUTS:
            yield clause
            clause = []
    yield clause


def _named(clause: list[Token], text: str, words: Lexicon) -> list[Token]:
    tokens = _with_phrases(clause, text, words)
    spoken = {word for token in clause for word in (token.low, token.key)}
    for extra in words.extras:
        known = any(token.code == extra.code for token in tokens)
        if known or (extra.keys and all(_is_spoken(word, spoken) for word in extra.keys)):
            tokens = _with_units(tokens, text, extra)
    return tokens


def _is_spoken(word: str, spoken: set[str]) -> bool:
    return word in spoken or bare(word) in spoken


def _with_phrases(clause: list[Token], text: str, words: Lexicon) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(clause):
        fitting = [one for one in words.naming(clause[at].key) if _fits(clause, at, one[0])]
        phrase, code = max(fitting, key=lambda one: len(one[0]), default=((), ""))
        found.append(_coded(clause[at : at + len(phrase)], text, code) if code else clause[at])
        at += len(phrase) or 1
    return found


def _with_units(clause: list[Token], text: str, extra: Extra) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(clause):
        fitting = [len(unit) for unit in extra.units if _fits(clause, at, unit)]
        length = max(fitting, default=0)
        if length and not clause[at].code and _ends_number(clause, at):
            found.append(_coded(clause[at : at + length], text, extra.code))
        else:
            length = 1
            found.append(clause[at])
        at += length
    return found


def _fits(clause: Sequence[Token], at: int, phrase: tuple[str, ...]) -> bool:
    """Tell whether the words stand at `at`, with their accents or with none at all."""
    tokens = clause[at : at + len(phrase)]
    if len(tokens) < len(phrase) or tokens[0].key != bare(phrase[0]):
        return False
    accented = any(token.low != token.key for token in tokens)
    return all(
        token.low == word or (not accented and token.key == bare(word))
        for token, word in zip(tokens, phrase, strict=True)
    )


def _ends_number(clause: Sequence[Token], at: int) -> bool:
    """Tell whether a number, in digits or in words, ends right before `at`."""
    if at and clause[at - 1].kind in (Kind.NUMBER, Kind.PAIR, Kind.NOISE):
        return True
    return any(
        (number := read_numeral(clause, start)) is not None and start + number.length == at
        for start in range(max(0, at - _LONGEST_NUMERAL), at)
    )


def _coded(tokens: list[Token], text: str, code: str) -> Token:
    return merged(tokens, text, Kind.WORD, _EXTRA)._replace(code=code)
