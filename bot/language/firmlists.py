"""Firms named without a type word, in a list that has said what they are: "2 doanh nghiệp: Minh Tâm 22 lao
động, Hải Long 40 lao động"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.lexicon import Lexicon
from bot.language.tags import Tag, tags
from bot.language.tokens import Kind, Token, merged

_HEADS = tags("firm union")
_INDICATORS = tags("admit join new_member dialogue conference agreement")
_OPENS = frozenset({":"})
_SEPARATES = frozenset({":", ",", ";", "-", "+", "(", "\n"})
_SHORTEST = 2
_LONGEST = 5
_NO_NAME = tags("firm place_type union found worker event agreement sign admit new_member member dialogue")
_NO_NAME |= tags("label person conference attendee male female total")


def name_firms(tokens: list[Token], text: str, words: Lexicon) -> list[Token]:
    """Return the tokens with the capitals that begin a point of such a list merged into one place."""
    opened, counted = _opening(tokens, words)
    if opened is None:
        return tokens
    named, points = _named(tokens, opened + 1, text, words)
    return [*tokens[: opened + 1], *named] if counted or points >= _SHORTEST else tokens


def _named(tokens: list[Token], at: int, text: str, words: Lexicon) -> tuple[list[Token], int]:
    """Return the tokens from `at` on with the names of a list merged, and how many they are."""
    named: list[Token] = []
    points = 0
    while at < len(tokens):
        end = _end_of_name(tokens, at, words)
        if end is None:
            named.append(tokens[at])
            at += 1
        else:
            named.append(merged(tokens[at:end], text, Kind.PLACE))
            points += 1
            at = end
    return named, points


def _opening(tokens: Sequence[Token], words: Lexicon) -> tuple[int | None, bool]:
    """Return the colon behind "2 doanh nghiệp ..." or behind an indicator, and whether firms were counted."""
    counted = named = False
    for at, token in enumerate(tokens):
        if token.text in _OPENS and (counted or named):
            return at, counted
        if token.kind is Kind.WORD and (match := words.match(tokens, at)) is not None:
            named = named or bool(match.tags & _INDICATORS)
        if token.kind is Kind.NUMBER and (token.value or 0) > 1 and at + 1 < len(tokens):
            match = words.match(tokens, at + 1) if tokens[at + 1].kind is Kind.WORD else None
            counted = counted or (match is not None and bool(match.tags & _HEADS))
        elif token.kind is Kind.BREAK:
            counted = named = False
    return None, False


def _end_of_name(tokens: Sequence[Token], at: int, words: Lexicon) -> int | None:
    """Return where a name ends that begins a point of the list, before a number, a day or a bracket."""
    before = tokens[at - 1]
    if before.text not in _SEPARATES and before.key not in ("va", "voi", "gom", "la"):
        return None
    end = at
    while end < len(tokens) and tokens[end].kind is Kind.WORD and tokens[end].text[0].isupper():
        end += 1
    if not _SHORTEST <= end - at <= _LONGEST or end == len(tokens):
        return None
    if tokens[end].kind not in (Kind.NUMBER, Kind.PAIR) and tokens[end].text != "(":
        return None
    known = [match for index in range(at, end) if (match := words.match(tokens, index)) is not None]
    return None if any(match.tags & _NO_NAME and Tag.TRADE not in match.tags for match in known) else end
