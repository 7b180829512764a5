"""A document as a list of paragraphs, whatever file it came in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.planreader.markers import Kind, marker_of
from bot.planreader.vocabulary import HEAD_SIDE, LABEL, STANDALONE
from bot.planreader.words import compose, fold, squeeze

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\u0085\u2028\u2029]")
_MARKDOWN_BOLD = re.compile(r"\*\*|__+")
_ORNAMENT = re.compile(r"[\W_]*")
_COLUMNS = re.compile(r"\t+| {3,}")
_HEAD_LINES = 20
_LONG_LINE = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, its number or bullet included.

    `strong` when it is a heading by its style, all bold, or centred; `in_table` for a row of a work table.
    """

    text: str
    strong: bool = False
    in_table: bool = False


def from_text(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a plain text; lines that were wrapped by hand are joined again."""
    lines = _MARKDOWN_BOLD.sub("", _LINE_ENDS.sub("\n", compose(text))).split("\n")
    joined: list[list[str]] = []
    above = ""
    for line in _one_column(lines):
        if _ORNAMENT.fullmatch(line):
            above = ""
        elif above and _continues(above, line):
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
        pieces = [squeeze(piece) for piece in _COLUMNS.split(line.strip(), maxsplit=1)]
        is_head = len(pieces) == 2 and number < _HEAD_LINES and HEAD_SIDE.search(fold(pieces[1]))
        left += pieces if is_head else [squeeze(line)]
    return left


def _continues(above: str, line: str) -> bool:
    """Tell whether `line` goes on where the line right above it broke off."""
    folded = fold(line)
    if above[-1].isdigit() and re.match(r"[-–] ?(?:duoi )?\d", folded):
        return True
    if marker_of(line).kind is not Kind.NONE or LABEL.match(folded) or STANDALONE.match(folded):
        return False
    if STANDALONE.match(fold(above)) or above[-1] in ".;":
        return False
    return line[0].islower() or line[0].isdigit() or (len(above) >= _LONG_LINE and above[-1] not in ":!?/")
