"""Persons named in full: "Nguyễn Thị Hoa 1990, Trần Văn Bình". They are counted, their names never kept.

A name is no workplace, and a number beside it is a year of birth, not a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.language.clauses import Clause
from bot.language.tags import Tag
from bot.language.tokens import NO_TAGS, Kind, Token, merged
from messages_vi.folding import bare
from messages_vi.vocabulary import answers

_NAMED = frozenset({Tag.FULL_NAME})
_SURE_MIDDLES = frozenset({"thi", "van"})  # "Thị" and "Văn" stand in the names of persons.
_LONGEST = 5
_LOOK_BACK = 4
_SURE = 3  # Words of a name that has such a middle.
_YEARS = range(40, 100)  # Of birth, in two digits.
_BESIDE = frozenset({"-", "(", ":", ",", "/"})
_BORN = frozenset({"sinh", "sn", "nam", "ns"})


def name_persons(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens with the full names of persons merged, and their years of birth as noise.

    One name alone may be that of a school; it is one where the line holds a second, or "kết nạp" before it.
    """
    ends = _names(tokens)
    sure = any(_is_sure(tokens[start:end]) for start, end in ends.items())
    if not sure or (len(ends) < 2 and not _is_admitted(tokens, next(iter(ends)))):
        return tokens
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        if at in ends:
            found.append(merged(tokens[at : ends[at]], text, Kind.WORD, _NAMED))
            at = ends[at]
        else:
            found.append(_unborn(tokens[at], found))
            at += 1
    return found


def full_names(clauses: Sequence[Clause]) -> int:
    """Return how many persons are named in full in a line, outside of its questions."""
    return sum(token.has(Tag.FULL_NAME) for clause in clauses if not clause.asked for token in clause.tokens)


def _names(tokens: Sequence[Token]) -> dict[int, int]:
    """Return where full names begin and end: a surname and the capitals behind it, not of a workplace."""
    ends: dict[int, int] = {}
    at = 0
    while at < len(tokens):
        end = at + 1
        if tokens[at].key in _table("surnames") and _is_capital(tokens[at]) and not _is_of_place(tokens, at):
            while end < len(tokens) and end - at < _LONGEST and _is_capital(tokens[end]):
                end += 1
            if end - at > 1:
                ends[at] = end
        at = end
    return ends


def _is_capital(token: Token) -> bool:
    return (
        token.kind is Kind.WORD and token.text[0].isupper() and (len(token.text) == 1 or token.text.istitle())
    )


def _is_sure(name: Sequence[Token]) -> bool:
    return len(name) >= _SURE and name[1].key in _SURE_MIDDLES


def _is_admitted(tokens: Sequence[Token], at: int) -> bool:
    return any(token.key in ("nap", "kn", "knap") for token in tokens[max(0, at - _LOOK_BACK) : at])


def _is_of_place(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the words before make it the name of a workplace or a street."""
    for back in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
        if tokens[back].kind is not Kind.WORD:
            return False
        pair = f"{tokens[back].key} {tokens[back + 1].key}" if back + 1 < at else tokens[back].key
        if tokens[back].key in _table("named_places") or pair in _table("named_places"):
            return True
    return False


def _unborn(token: Token, before: Sequence[Token]) -> Token:
    """Return the token as noise where it is the year of birth of the person named before it."""
    if token.kind is not Kind.NUMBER or not _stands_by_name(before):
        return token
    value = token.value or 0
    two_digits = len(token.text) == 2 and (value in _YEARS or token.text[0] == "0")
    born = two_digits or (len(token.text) == 4 and 1900 <= value <= 2099)
    return token._replace(kind=Kind.NOISE, tags=NO_TAGS) if born else token


def _stands_by_name(before: Sequence[Token]) -> bool:
    back = len(before) - 1
    while back >= 0 and (before[back].text in _BESIDE or before[back].key in _BORN):
        back -= 1
    return back >= 0 and before[back].has(Tag.FULL_NAME)


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(bare(word.lower()) for word in answers()[name])
