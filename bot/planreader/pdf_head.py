"""The letter head of a PDF's first page: its two columns, one under the other, each line whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.planreader.head import is_type_line
from bot.planreader.pdf_page import Letter, Line, lines_of
from bot.planreader.vocabulary import ISSUER
from bot.planreader.words import fold, squeeze

_MOST_LINES = 16
_GUTTER = 2.5
"""Points that must be free in every line; a narrow one counts for the many lines that it parts."""
_FEWEST_PARTED = 2
_GUTTERS = (0.3, 0.62)
"""Shares of the width between which the gutter is sought."""
_STARTS = re.compile(r"so\b|cong hoa|doc lap|dang cong")


def head_of(letters: Sequence[Letter], width: float) -> tuple[list[str], list[Letter]]:
    """Return the lines of the letter head, left column first, and the letters below it.

    There is none where no gutter parts the lines above the type of the document: ([], all letters).
    """
    rows = lines_of(letters)[:_MOST_LINES]
    end = next((i for i, line in enumerate(rows) if is_type_line(squeeze(line.text))), None)
    if end is None or end == 0:
        return [], list(letters)
    bottom = rows[end].y0
    above = [letter for letter in letters if letter.middle[1] < bottom]
    gutter = _gutter(above, width)
    if gutter is None:
        return [], list(letters)
    left = lines_of(letter for letter in above if letter.middle[0] < gutter)
    right = lines_of(letter for letter in above if letter.middle[0] >= gutter)
    parted = sum(1 for row in rows[:end] if row.x0 < gutter < row.x1)
    if parted < _FEWEST_PARTED:
        return [], list(letters)
    below = [letter for letter in letters if letter.middle[1] >= bottom]
    return [*_whole(left), *_whole(right)], below


def _gutter(letters: Sequence[Letter], width: float) -> float | None:
    """Return the middle of the widest upright stripe that no letter stands in, with text on both sides."""
    spans = sorted((letter.x0, letter.x1) for letter in letters if letter.text.strip())
    best: tuple[float, float] | None = None
    reached = 0.0
    for before, after in pairwise([(0.0, 0.0), *spans]):
        reached = max(reached, before[1])
        middle = (reached + after[0]) / 2
        gap = after[0] - reached
        inside = _GUTTERS[0] * width <= middle <= _GUTTERS[1] * width
        if inside and gap > _GUTTER and (best is None or gap > best[0]):
            best = (gap, middle)
    return best[1] if best else None


def _whole(lines: Sequence[Line]) -> list[str]:
    """Join the lines of one column that were broken for want of room."""
    texts: list[str] = []
    last: Line | None = None
    for line in lines:
        text = squeeze(line.text)
        if last is not None and texts and _goes_on(texts[-1], last, text, line):
            texts[-1] += f" {text}"
        else:
            texts.append(text)
        last = line
    return texts


def _goes_on(above: str, last: Line, text: str, line: Line) -> bool:
    folded = fold(text)
    if line.y0 - last.y1 > (last.y1 - last.y0) * 0.6 or _STARTS.match(folded) or not re.search(r"\w", text):
        return False
    if text[0].islower() or re.search(r"(?:thang \d{1,2}|nam)$", fold(above)):
        return True
    is_name = above.isupper() and text.isupper() and last.bold == line.bold
    return is_name and ISSUER.match(folded) is None and not above.startswith("Số")
