"""A table as lines of text: rows of a work table become bullets with their time and people below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.planreader.markers import Kind, marker_of
from bot.planreader.paragraphs import Paragraph
from bot.planreader.vocabulary import (
    COLUMN_GOAL,
    COLUMN_NUMBER,
    COLUMN_TARGET,
    COLUMN_TASK,
    COLUMN_TIME,
    COLUMN_UNIT,
    COLUMN_WHO,
)
from bot.planreader.words import fold, squeeze

Row = list[list[Paragraph]]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a table keeps what; None where it has no such column."""

    what: int
    number: int | None
    when: int | None
    who: tuple[int, ...]
    goal: int | None
    unit: int | None


def lines_of_table(rows: list[Row]) -> Iterator[Paragraph]:
    """Yield a table's lines; one without known column heads gives its cells' paragraphs in order."""
    for index, row in enumerate(rows):
        columns = _columns([fold(_text(cell)) for cell in row])
        if columns is not None:
            for below in rows[index + 1 :]:
                yield from _row_lines(below, columns)
            return
        yield from (paragraph for cell in row for paragraph in cell)


def _columns(heads: list[str]) -> _Columns | None:
    when, unit = _first(heads, COLUMN_TIME), _first(heads, COLUMN_UNIT)
    number = _first(heads, COLUMN_NUMBER, whole=True)
    who = tuple(i for i, head in enumerate(heads) if COLUMN_WHO.search(head) and i not in (when, unit))
    taken = {number, when, unit, *who}
    what = _first(heads, COLUMN_TASK, taken)
    if what is not None and (when is not None or who):
        return _Columns(what, number, when, who, None, None)
    what = _first(heads, COLUMN_TARGET, taken)
    goal = _first(heads, COLUMN_GOAL, taken | {what})
    return _Columns(what, number, None, (), goal, unit) if what is not None and goal is not None else None


def _first(
    heads: list[str], words: re.Pattern[str], taken: set[int | None] | None = None, *, whole: bool = False
) -> int | None:
    match = words.fullmatch if whole else words.search
    return next((i for i, head in enumerate(heads) if i not in (taken or set()) and match(head)), None)


def _row_lines(row: Row, columns: _Columns) -> Iterator[Paragraph]:
    what = _cell(row, columns.what)
    filled = [_text(cell) for cell in row if _text(cell)]
    number = _cell(row, columns.number)
    if not what or len(filled) == 1 or (len(filled) == 2 and number and not _looks_like_row(row, columns)):
        yield from _title_lines(filled, number)
        return
    if columns.goal is not None:
        text = f"{what.rstrip(':.; ')}: {_cell(row, columns.goal)} {_cell(row, columns.unit)}"
        yield _line(_bullet(squeeze(text)))
        return
    # One line for the whole row: what a row leaves empty must not be filled from the row below.
    names = [_cell(row, column) for column in columns.who if _cell(row, column)]
    pieces = [
        _bullet(what),
        f"Thời gian thực hiện: {_cell(row, columns.when)}" if _cell(row, columns.when) else "",
        f"Đơn vị thực hiện: {'; '.join(names)}" if names else "",
    ]
    yield _line("; ".join(filter(None, pieces)))


def _looks_like_row(row: Row, columns: _Columns) -> bool:
    return any(_cell(row, column) for column in (columns.when, *columns.who, columns.goal))


def _title_lines(filled: list[str], number: str) -> Iterator[Paragraph]:
    """Yield a row that spans the table: a heading, with its number where it has one."""
    text = " ".join(part for part in filled if part != number)
    if number and text:
        text = f"{number.rstrip('.')}. {text}"
    if text:
        yield _line(text)


def _line(text: str) -> Paragraph:
    return Paragraph(text, in_table=True)


def _bullet(text: str) -> str:
    """Return `text` as one bullet, whatever mark stood before it."""
    marker = marker_of(text)
    return f"- {marker.rest if marker.kind is not Kind.NONE else text}"


def _cell(row: Row, column: int | None) -> str:
    return _text(row[column]) if column is not None and column < len(row) else ""


def _text(cell: list[Paragraph]) -> str:
    return squeeze(" ".join(paragraph.text for paragraph in cell))
