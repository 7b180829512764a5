"""A document as a list of paragraphs, whatever file it came in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bot.planreader.markers import Kind, marker_of
from bot.planreader.vocabulary import HEAD_SIDE, LABEL, STANDALONE
from bot.planreader.words import compose, fold, squeeze

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\u0085\u2028\u2029]")
_MARKDOWN_BOLD = re.compile(r"\*\*|__+")
_ORNAMENT = re.compile(r"[\W_]*")
_COLUMNS = re.compile(r"\t+| {3,}")
_HEAD_LINES = 20
_LONG_LINE = 60


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

    `is_top` when these are the first lines of the document, where a letter head may have two columns.
    """
    joined: list[list[str]] = []
    above = ""
    for line in _one_column(lines) if is_top else map(squeeze, lines):
        if _ORNAMENT.fullmatch(line):
            above = ""
        elif above and continues(above, line):
            joined[-1].append(line)
            above = line
        else:
            joined.append([line])
            above = line
    return tuple(Paragraph(" ".join(pieces)) for pieces in joined)


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
    if STANDALONE.match(fold(above)) or above[-1] in ".;":
        return False
    return line[0].islower() or line[0].isdigit() or (len(above) >= _LONG_LINE and above[-1] not in ":!?/")


def begins_anew(above: str, line: str) -> bool:
    """Tell whether a line has a mark or a label, and cannot be a part of the one above."""
    folded = fold(line)
    if above[-1:].isdigit() and re.match(r"[-–] ?(?:duoi )?\d", folded):
        return False
    if re.search(r"\b(?:thang|quy|ngay|nam|tu|den|so)$", fold(above)) and not folded.startswith("-"):
        return False
    return (
        marker_of(line).kind is not Kind.NONE
        or LABEL.match(folded) is not None
        or STANDALONE.match(folded) is not None
    )
