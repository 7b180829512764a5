"""A document as a list of paragraphs, whatever file it came in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from bot.planreader.markers import Kind, marker_of
from bot.planreader.vocabulary import HEAD_SIDE, LABEL, STANDALONE
from bot.planreader.words import compose, fold, squeeze

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\u0085\u2028\u2029]")
_MARKDOWN_BOLD = re.compile(r"\*\*|__+")
_ORNAMENT = re.compile(r"[\W_]*")
_COLUMNS = re.compile(r"\t+| {3,}")
_HEAD_LINES = 20
_LONG_LINE = 60
_FEWEST_BROKEN = 6
_PAGE_NUMBER = re.compile(r"[-–—]?\s*\d{1,3}\s*[-–—]?|trang \d{1,3}(?:\s*[/-]\s*\d{1,3})?")
_DANGLES = re.compile(r"\b(?:thang|quy|ngay|nam|tu|den)$")


class RowRole(Enum):
    """What a row of a table is."""

    TASK = "task"
    GOAL = "goal"
    TITLE = "title"  # the name of the group of rows below it


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a table says about one of its rows: its role, the time and the people in columns of their own."""

    role: RowRole
    when: str | None = None
    who: tuple[str, ...] = ()
    is_goal: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, its number or bullet included.

    `strong` when it is a heading by its style, all bold, or centred; `row` where it is a row of a table
    whose columns are known.
    """

    text: str
    strong: bool = False
    row: TableRow | None = None


def text_lines(text: str) -> list[str]:
    """Return the lines of a plain text, composed, without marks of bold type."""
    return _MARKDOWN_BOLD.sub("", _LINE_ENDS.sub("\n", compose(text))).split("\n")


def from_lines(lines: list[str], *, is_top: bool = True) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a plain text's lines; those that were wrapped by hand are joined again.

    `is_top` when these are the first lines of the document, where a letter head may have two columns. A text
    copied out of a PDF breaks anywhere: there a line goes on until a sentence ends.
    """
    lines = _one_column(lines) if is_top else [squeeze(line) for line in lines]
    copied = _is_copied(lines)
    joined: list[list[str]] = []
    above = ""
    for line in _without_page_numbers(lines) if copied else lines:
        if _ORNAMENT.fullmatch(line):
            above = ""
        elif above and (continues(above, line) or (copied and _goes_on(joined[-1], line))):
            joined[-1].append(line)
            above = line
        else:
            joined.append([line])
            above = line
    return tuple(Paragraph(" ".join(pieces)) for pieces in joined)


def _is_copied(lines: list[str]) -> bool:
    """Tell whether many lines begin in the middle of a sentence, right below lines that end in one."""
    filled = [line for line in lines if line]
    broken = sum(1 for a, b in pairwise(lines) if a and b and b[0].islower() and a[-1] not in ".;:,")
    return broken >= _FEWEST_BROKEN and broken * 8 >= len(filled)


def _without_page_numbers(lines: list[str]) -> list[str]:
    """Leave out page numbers that stand alone, with the blank lines around them."""
    kept: list[str] = []
    after_number = False
    for line in lines:
        if _PAGE_NUMBER.fullmatch(fold(line)):
            while kept and not kept[-1]:
                kept.pop()
            after_number = True
        elif line or not after_number:
            kept.append(line)
            after_number = False
    return kept


def _goes_on(pieces: list[str], line: str) -> bool:
    """Tell whether a line of a copied text goes on with the paragraph above it."""
    above, text = pieces[-1], " ".join(pieces)
    if begins_anew(above, line) or above[-1] in ".;:" or STANDALONE.match(fold(text)):
        return False
    marker = marker_of(pieces[0])
    is_open = marker.kind is not Kind.NONE or LABEL.match(fold(text)) is not None or len(pieces) > 1
    return is_open and not text.isupper() and not (marker.rest.isupper() and not line.isupper())


def _one_column(lines: list[str]) -> list[str]:
    """Put the two columns of a letter head under one another; the left one names the issuer."""
    left: list[str] = []
    for number, line in enumerate(lines):
        left += head_columns(line) if number < _HEAD_LINES else [squeeze(line)]
    return left


def head_columns(line: str) -> list[str]:
    """Return the two sides of a line of a letter head, or the line as it is."""
    pieces = [squeeze(piece) for piece in _COLUMNS.split(line.strip(), maxsplit=1)]
    return pieces if len(pieces) == 2 and HEAD_SIDE.search(fold(pieces[1])) else [squeeze(line)]


def continues(above: str, line: str) -> bool:
    """Tell whether `line` goes on where the line right above it broke off."""
    if begins_anew(above, line):
        return False
    if _DANGLES.search(fold(above)) and re.match(r"(?:[ivx]{1,4}|\d{1,2})\b", fold(line)):
        return True
    if STANDALONE.match(fold(above)) or above[-1] in ".;":
        return False
    return line[0].islower() or line[0].isdigit() or (len(above) >= _LONG_LINE and above[-1] not in ":!?/")


def begins_anew(above: str, line: str) -> bool:
    """Tell whether a line has a mark or a label, and cannot be a part of the one above."""
    folded = fold(line)
    if above[-1:].isdigit() and re.match(r"[-–] ?(?:duoi )?\d", folded):
        return False
    return (
        marker_of(line).kind is not Kind.NONE
        or LABEL.match(folded) is not None
        or STANDALONE.match(folded) is not None
    )
