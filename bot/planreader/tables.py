"""A table as paragraphs: a row of work is a task with its time and people, a row of figures a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.planreader.columns import Columns, columns_of
from bot.planreader.markers import Kind, marker_of
from bot.planreader.paragraphs import Paragraph, RowRole, TableRow
from bot.planreader.people import helpers, leaders_and_helpers, without_repeats
from bot.planreader.words import fold, squeeze, without_ending

_MOST_HEAD_ROWS = 3
_BARE = re.compile(r"[\dIVX]{1,4}(?:\s*[-–,;&+]\s*[\dIVX]{1,4})*(?:/\d{4})?")
_ROMAN = re.compile(r"[IVX]{1,5}\.?|[A-H]\.?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its paragraphs and how many columns it is wide; 0 for a place that its neighbour covers."""

    paragraphs: tuple[Paragraph, ...] = ()
    width: int = 1

    @property
    def text(self) -> str:
        """All of it on one line."""
        return squeeze(" ".join(paragraph.text for paragraph in self.paragraphs))


Row = Sequence[Cell]


def lines_of_table(rows: Sequence[Row]) -> Iterator[Paragraph]:
    """Yield a table's lines; one without known column heads gives its cells' paragraphs in order.

    Heads may take two rows ("Phân công" above "Chủ trì" and "Phối hợp"), and stand again on every page.
    """
    for index in range(len(rows)):
        columns, below = _head_at(rows, index)
        if columns is not None:
            if columns.is_scoring:
                return
            yield from _body(rows[index:below], rows[below:], columns)
            return
        yield from (paragraph for cell in rows[index] for paragraph in cell.paragraphs)


def _head_at(rows: Sequence[Row], index: int) -> tuple[Columns | None, int]:
    """Return the columns that the rows from `index` on name, and where the body begins."""
    heads = [fold(cell.text) for cell in _spread(rows[index])]
    columns = columns_of(heads)
    above = heads
    for last in range(index + 1, min(index + _MOST_HEAD_ROWS, len(rows))):
        own = [fold(cell.text) for cell in _spread(rows[last])]
        if not _completes(above, own, rows[index]):
            break
        above = [
            head if head == cell else f"{cell} {head}".strip() for head, cell in zip(above, own, strict=False)
        ]
        fuller = columns_of([cell or head for head, cell in zip(heads, own, strict=False)])
        columns = fuller or columns
        index = last
    return columns, index + 1


def _completes(heads: list[str], own: list[str], first: Row) -> bool:
    """Tell whether a row goes on with the heads above: it divides a wide head and repeats the others."""
    wide = any(cell.width > 1 for cell in first)
    repeats = sum(1 for head, cell in zip(heads, own, strict=False) if head and head == cell)
    only_numbers = all(re.fullmatch(r"\(?\d{1,2}\)?(?: ?= ?.*)?|[a-z]?", cell) for cell in own) and any(own)
    return only_numbers or (wide and repeats > 0) or (wide and sum(1 for cell in own if cell) < len(own) - 1)


def _spread(row: Row) -> list[Cell]:
    """Return a row with a wide cell standing in each of its places."""
    spread: list[Cell] = []
    for cell in row:
        spread.append(spread[-1] if cell.width == 0 and spread else cell)
    return spread


def _body(heads: Sequence[Row], rows: Sequence[Row], columns: Columns) -> Iterator[Paragraph]:
    said = {tuple(fold(cell.text) for cell in row) for row in heads}
    kept = [
        row for row in rows if tuple(fold(cell.text) for cell in row) not in said and any(c.text for c in row)
    ]
    numbers = [_cell(row, columns.number).rstrip(".") for row in kept]
    kept = _times_filled(kept, columns)
    for place, row in enumerate(kept):
        following = numbers[place + 1] if place + 1 < len(kept) else ""
        yield from _field(row, columns, kept[place - 1] if place else None)
        if _is_title(row, columns, following):
            yield from _title(row, columns)
        elif columns.goal is not None:
            yield from _goal_line(row, columns)
        else:
            yield from _task_lines(row, columns)


def _field(row: Row, columns: Columns, above: Row | None) -> Iterator[Paragraph]:
    """Yield the name of a row's field as the title of its group, where it is another one than above."""
    field = _cell(row, columns.group)
    if field and _cell(row, columns.what) and (above is None or field != _cell(above, columns.group)):
        yield Paragraph(field, row=TableRow(RowRole.TITLE))


def _times_filled(rows: list[Row], columns: Columns) -> list[Row]:
    """Return the rows with an empty time taken from above, where the times stand left of the tasks.

    There the column groups the rows, whether or not its cells are merged.
    """
    if columns.when is None or columns.when > columns.what:
        return rows
    filled: list[Row] = []
    last: Cell | None = None
    for row in rows:
        own = row[columns.when] if columns.when < len(row) else Cell()
        if not own.text and last is not None and _cell(row, columns.what):
            row = [*row[: columns.when], last, *row[columns.when + 1 :]]
        last = own if own.text else last if _cell(row, columns.what) else None
        filled.append(row)
    return filled


def _is_title(row: Row, columns: Columns, following: str) -> bool:
    """Tell whether a row names the group of those below it.

    It says nothing but a name, and says it wide, strong, in capitals, or with the number of a group.
    """
    number, what = _cell(row, columns.number), _cell(row, columns.what)
    filled = [cell for cell in row if cell.text]
    if any(_cell(row, column) for column in columns.filled if column != columns.what):
        return bool(len(filled) == 1 and filled[0].width > 1)
    if any(cell.width > 2 for cell in filled) or not what:
        return True
    if columns.number is None and len(filled) > 1:
        return False
    strong = any(paragraph.strong for cell in filled for paragraph in cell.paragraphs)
    is_group = _ROMAN.fullmatch(number) is not None or following.startswith(f"{number.rstrip('.')}.")
    return is_group or what.isupper() or strong or any(cell.width > 1 for cell in filled)


def _title(row: Row, columns: Columns) -> Iterator[Paragraph]:
    number = _cell(row, columns.number)
    texts = [cell.text for cell in row if cell.text and cell.text != number]
    text = " ".join(texts) or number
    if number and texts:
        text = f"{number.rstrip('.)')}. {text}"
    if text:
        yield Paragraph(text, row=TableRow(RowRole.TITLE, is_goal=columns.goal is not None))


def _goal_line(row: Row, columns: Columns) -> Iterator[Paragraph]:
    what, goal, unit = _cell(row, columns.what), _cell(row, columns.goal), _cell(row, columns.unit)
    if not what:
        return
    unit = "" if "%" in goal else unit
    text = f"- {without_ending(_unmarked(what)).rstrip(':')}: {goal} {unit}"
    yield Paragraph(squeeze(text), row=TableRow(RowRole.GOAL, is_goal=True))


def _task_lines(row: Row, columns: Columns) -> Iterator[Paragraph]:
    what = row[columns.what].paragraphs if columns.what < len(row) else ()
    if not what:
        return
    times = _times(row, columns)
    leads = [name for column in columns.leads for name in leaders_and_helpers(_lines(row, column))]
    joins = [name for column in columns.joins for name in helpers(_lines(row, column))]
    who = without_repeats((*leads, *joins))
    texts = [_unmarked(paragraph.text) for paragraph in what]
    bulleted = all(marker_of(paragraph.text).kind is not Kind.NONE for paragraph in what)
    if len(texts) > 1 and bulleted and len(times) == len(texts):
        for text, when in zip(texts, times, strict=True):
            yield Paragraph(f"- {text}", row=TableRow(RowRole.TASK, when, who))
        return
    text = " + ".join(texts) if bulleted else squeeze(" ".join(texts))
    yield Paragraph(f"- {text}", row=TableRow(RowRole.TASK, squeeze(" ".join(times)) or None, who))


def _times(row: Row, columns: Columns) -> list[str]:
    if columns.marks:
        return [", ".join(head for column, head in columns.marks if _cell(row, column))]
    if columns.when is None or columns.when >= len(row):
        return []
    times = [_unmarked(paragraph.text) for paragraph in row[columns.when].paragraphs]
    bare = [columns.unit_of_time and _BARE.fullmatch(time) for time in times]
    return [
        f"{columns.unit_of_time} {time}" if is_bare else time
        for time, is_bare in zip(times, bare, strict=True)
    ]


def _unmarked(text: str) -> str:
    """Return `text` without a bullet; a number stays out too, for the row has its own."""
    marker = marker_of(text)
    return marker.rest if marker.kind is not Kind.NONE else text


def _lines(row: Row, column: int) -> str:
    return "\n".join(paragraph.text for paragraph in row[column].paragraphs) if column < len(row) else ""


def _cell(row: Row, column: int | None) -> str:
    return row[column].text if column is not None and column < len(row) else ""
