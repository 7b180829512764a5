"""Counts, not names: what of a text must not be kept, and a text without it.

Source: DESIGN.md section 6, promise 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bot.language.normalise import fold
from messages_vi.vocabulary import answers

_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){8,}")
_ID_NUMBER = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?")
_LONGEST = 5  # Words of a name; a longer run of capitals is a heading.
_LIST = 2  # From so many names on they are a list.
_LOOK_BACK = 4

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Private:
    """What of a text is about persons: how many are named, and whether numbers of their papers are there."""

    names: int = 0
    papers: int = 0

    @property
    def is_list(self) -> bool:
        """Whether the text lists persons, or tells the number of somebody's papers."""
        return self.names >= _LIST or self.papers > 0

    @property
    def persons(self) -> int:
        """How many persons the list seems to hold."""
        return max(self.names, self.papers)


def private_in(text: str) -> Private:
    """Return how many persons a text names, and how many ID numbers stand in it."""
    return Private(len(_names(text)), len(_ID_NUMBER.findall(text)))


def speaks_of_id_cards(text: str) -> bool:
    """Tell whether a text speaks of identity cards: the photo beside it must not be kept."""
    line = f" {' '.join(_WORD.findall(fold(text)))} "
    return any(f" {fold(words)} " in line for words in answers()["id_cards"])


def masked(text: str) -> str:
    """Return `text` without telephone and ID-card numbers, and without the names of persons.

    Nine digits or more in a row become "…", and so does a name. Names of workplaces and streets stay.
    Source: DESIGN.md section 6, promise 6.
    """
    return _LONG_NUMBER.sub("…", _without_names(text))


def masked_but_telephone(text: str) -> str:
    """Return `text` without ID-card numbers and names, but with a number that may be called at once."""
    return _ID_NUMBER.sub("…", _without_names(text))


def _without_names(text: str) -> str:
    for start, end in reversed(_names(text)):
        text = f"{text[:start]}…{text[end:]}"
    return text


def _names(text: str) -> list[Span]:
    """Return where persons are named: in full, or by a title where there are several."""
    words = list(_WORD.finditer(text))
    full = list(_full_names(text, words))
    called = [span for span in _called_names(text, words) if not any(_touch(span, one) for one in full)]
    return sorted([*full, *called]) if len(full) + len(called) >= _LIST else full


def _full_names(text: str, words: Sequence[re.Match[str]]) -> Iterator[Span]:
    shouted = text.upper() == text
    at = 0
    while at < len(words):
        length = _name_length(text, words, at, shouted)
        if length and not _is_of_place(text, words, at):
            yield words[at].start(), words[at + length - 1].end()
        at += length or 1


def _name_length(text: str, words: Sequence[re.Match[str]], at: int, shouted: bool) -> int:
    """Return how many words the name that begins here has, 0 for none."""
    if fold(words[at][0]) not in _table("surnames"):
        return 0
    run = 1
    while at + run < len(words) and run < _LONGEST and _beside(text, words, at + run - 1):
        if not words[at + run][0][0].isupper():
            break
        run += 1
    if run > 1 and words[at][0][0].isupper() and not shouted:
        return run
    middle = at + 2 < len(words) and fold(words[at + 1][0]) in _table("middle_names")
    together = middle and _beside(text, words, at) and _beside(text, words, at + 1)
    return max(run, 3) if together and (shouted or _has_middle(words, at)) else 0


def _has_middle(words: Sequence[re.Match[str]], at: int) -> bool:
    """Tell whether a name in small letters is sure: "thị" and "văn" stand in nothing else."""
    return fold(words[at + 1][0]) in ("thi", "van")


def _called_names(text: str, words: Sequence[re.Match[str]]) -> Iterator[Span]:
    for at, (title, name) in enumerate(pairwise(words)):
        if fold(title[0]) in _table("titles") and _beside(text, words, at) and name[0][0].isupper():
            yield name.start(), name.end()


def _is_of_place(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Tell whether the words before say that this names a workplace, a street or a commune."""
    first = at
    while first > 0 and at - first < _LOOK_BACK and _beside(text, words, first - 1):
        first -= 1
    before = [fold(word[0]) for word in words[first:at]]
    line = f" {' '.join(before)} "
    return any(f" {place} " in line for place in _table("named_places"))


def _beside(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    return text[words[at].end() : words[at + 1].start()].strip(" ") == ""


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in answers()[name])
