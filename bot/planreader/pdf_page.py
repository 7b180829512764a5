"""A page of a PDF: letters and ruled lines, and the lines of text they make. Points, origin upper left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from bot.planreader.words import compose

_SPACE = 0.15
"""Share of a letter's height: a wider gap between two letters is a space."""
_GULF = 1.6
"""Share of a letter's height: a wider gap divides columns."""

_LIGATURES = str.maketrans({"\ufb01": "fi", "\ufb02": "fl", "\ufb00": "ff", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter and its box."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    bold: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """A ruled line: level or upright, at `at`, from `start` to `end`."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """One page as drawn."""

    width: float
    height: float
    letters: list[Letter] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and its box; columns divided by a gulf stand three spaces apart.

    `first_word` is how wide its first word is.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    bold: bool
    first_word: float


def lines_of(letters: Iterable[Letter]) -> list[Line]:
    """Return the lines that letters make, from top to bottom, each from left to right."""
    rows: list[list[Letter]] = []
    for letter in sorted((one for one in letters if one.text), key=lambda one: (one.middle[1], one.x0)):
        if not letter.text.strip():
            continue
        if rows and _same_row(rows[-1], letter):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [_line(sorted(row, key=lambda one: one.x0)) for row in rows]


def _same_row(row: Sequence[Letter], letter: Letter) -> bool:
    last = row[-1]
    height = max(min(last.y1 - last.y0, letter.y1 - letter.y0), 1.0)
    return abs(last.middle[1] - letter.middle[1]) < height * 0.5


def _line(row: Sequence[Letter]) -> Line:
    height = max(median(letter.y1 - letter.y0 for letter in row), 1.0)
    text, first_word = row[0].text, row[0].x1 - row[0].x0
    inside_first = True
    for before, letter in pairwise(row):
        if letter.text == before.text and letter.x0 - before.x0 < height * _SPACE:
            continue  # Drawn twice, a little apart: that is how some programs make bold letters.
        gap = letter.x0 - before.x1
        space = "   " if gap > height * _GULF else " " if gap > height * _SPACE else ""
        text += space + letter.text
        inside_first = inside_first and not space
        if inside_first:
            first_word = letter.x1 - row[0].x0
    bold = sum(letter.bold for letter in row) * 2 > len(row)
    return Line(
        compose(text.translate(_LIGATURES)).strip(),
        row[0].x0,
        min(letter.y0 for letter in row),
        max(letter.x1 for letter in row),
        max(letter.y1 for letter in row),
        bold,
        first_word,
    )
