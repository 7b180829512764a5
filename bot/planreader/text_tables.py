"""Tables inside a plain text: rows whose cells stand between "|" or tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.planreader.paragraphs import Paragraph, from_lines, text_lines
from bot.planreader.tables import Cell, lines_of_table
from bot.planreader.words import squeeze

_RULE = re.compile(r"[\s|+:=–—_-]+")
_FEWEST_CELLS = 2


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a plain text, those of its tables in their places."""
    found: list[Paragraph] = []
    begin = 0
    lines = text_lines(text)
    for first, last, separator in _tables(lines):
        found += from_lines(lines[begin:first], is_top=begin == 0)
        found += lines_of_table([_cells(line, separator) for line in _rows(lines[first:last], separator)])
        begin = last
    return (*found, *from_lines(lines[begin:], is_top=begin == 0))


def _tables(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the first line, the line behind the last, and the separator of each table."""
    index = 0
    while index < len(lines):
        separator = _separator(lines[index])
        if not separator:
            index += 1
            continue
        end = index + 1
        while end < len(lines) and _belongs(lines, index, end, separator):
            end += 1
        rows = [line for line in lines[index:end] if not _RULE.fullmatch(line)]
        if len(rows) > 1 and _head_looks_right(rows, separator):
            yield index, end, separator
        index = end


def _belongs(lines: Sequence[str], first: int, at: int, separator: str) -> bool:
    """Tell whether a line goes on with the table: a row, a ruled line, or a blank line between rows."""
    line = lines[at]
    if separator in line or (line.strip() and _RULE.fullmatch(line)):
        return True
    return (
        not line.strip() and at + 1 < len(lines) and _separator(lines[at + 1]) == separator and at - first > 0
    )


def _separator(line: str) -> str:
    if line.count("|") >= _FEWEST_CELLS or re.search(r"\S\s*\|\s*\S", line):
        return "|"
    cells = [cell for cell in re.split(r"\t+", line.strip()) if cell.strip()]
    return "\t" if len(cells) > _FEWEST_CELLS else ""


def _head_looks_right(rows: Sequence[str], separator: str) -> bool:
    return max(len(_cells(row, separator)) for row in rows) > 1


def _rows(lines: Sequence[str], separator: str) -> list[str]:
    """Return the rows without ruled lines; a row that goes on below, its first cells empty, is one row."""
    return [line for line in lines if line.strip() and not _RULE.fullmatch(line)]


def _cells(line: str, separator: str) -> list[Cell]:
    line = line.strip(" ") if separator == "\t" else line.strip().removeprefix("|").removesuffix("|")
    return [_cell(part) for part in line.split(separator)]


def _cell(text: str) -> Cell:
    lines = [squeeze(part) for part in re.split(r"<br ?/?>", text)]
    return Cell(tuple(Paragraph(line) for line in lines if line))
