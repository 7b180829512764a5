"""What stands before a line: a section's letter or Roman numeral, a number, a letter, a bullet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """What a line begins with, outermost first."""

    CHAPTER = 0  # "A.", "Phần I"
    ROMAN = 1  # "III."
    NUMBER = 2  # "1.", "1.2."
    LETTER = 3  # "a)"
    BULLET = 4  # "-"
    SUB_BULLET = 5  # "+"
    NONE = 6


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark of a line, its number as written without punctuation ("1.2"), and the text after it."""

    kind: Kind
    number: str
    rest: str


_SHAPES = (
    (Kind.CHAPTER, re.compile(r"Phần (?:thứ )?(?P<number>\w+)\s*[.:\-–/)]\s*(?P<rest>.+)", re.IGNORECASE)),
    (Kind.ROMAN, re.compile(r"(?P<number>[IVX]{1,5})\s*[.:\-–/)]+\s*(?P<rest>[^\W\d_].*)")),
    (Kind.CHAPTER, re.compile(r"(?P<number>[A-H])\s*[./)]\s+(?P<rest>.+)")),
    (
        Kind.NUMBER,
        re.compile(
            r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\s*[./)]\s*(?:[-–]\s+)?(?P<rest>[^\W\d_].*|[\"“(].+)"
        ),
    ),
    (Kind.NUMBER, re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\s+(?P<rest>[^\W\d_].+)")),
    (Kind.NUMBER, re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.)]\s+(?P<rest>\d.+)")),
    (Kind.NUMBER, re.compile(r"(?P<number>\d{1,2})\s*[-–]\s+(?P<rest>[A-ZÀ-ỸĐ].*)")),
    (Kind.LETTER, re.compile(r"(?P<number>[a-zđ])\s*[.)]\s+(?P<rest>.+)")),
    (Kind.SUB_BULLET, re.compile(r"(?P<number>)[+]\s*(?P<rest>.+)")),
    (Kind.BULLET, re.compile(r"(?P<number>)[-–—−•●○▪■□♦❖➢➤✓*·\uf0b7\uf02d\uf0a7\uf0d8]+\s*(?P<rest>.+)")),
)


def marker_of(text: str) -> Marker:
    """Return the marker of a line and what follows it."""
    for kind, shape in _SHAPES:
        found = shape.fullmatch(text)
        if found:
            return Marker(kind, found["number"], found["rest"].strip())
    return Marker(Kind.NONE, "", text)
