"""A spreadsheet as rows of cells: .xlsx through openpyxl, or text with separators."""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from zipfile import ZipFile

from bot.documents.files import decode_text, inspect
from bot.documents.office_files import office_kind
from domain.errors import InputError

MAX_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 30_000_000
MAX_ROWS = 10_000
_MAX_COLUMNS = 100
_MAX_SHEETS = 10
_EXCEL_ROWS = 1_048_576  # No sheet of Excel has more; a file may lie about it.
_MAX_MERGED = 200_000
_SEPARATORS = (",", ";", "\t")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*>")
_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^<>]*\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"'
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ENTITY = re.compile(rb"<!\s*(DOCTYPE|ENTITY)|^(\xff\xfe|\xfe\xff)", re.IGNORECASE)


class Odd(Enum):
    """A cell whose value cannot be known."""

    UNCOMPUTED = "uncomputed"  # a formula that was saved without its result
    ERROR = "error"  # a formula that failed: #REF!


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell below the first one of cells merged into one; `value` is that of the first."""

    value: object


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet; row 1 is `rows[0]`. `hidden` are the numbers of rows that are not shown."""

    rows: tuple[tuple[object, ...], ...]
    hidden: tuple[int, ...] = ()


def read_tables(name: str, content: bytes) -> list[Table]:
    """Return the visible sheets of a workbook, or a text file cut by each separator in turn.

    Formulas count by the result saved with them; text that looks like one is text.
    Raises: InputError unknown-file, unreadable-file, unsafe-file or file-too-large.
    """
    kind = inspect(name, content, MAX_BYTES).extension
    if kind == "xlsx":
        return _workbook(name, content)
    if kind not in ("csv", "txt"):
        raise InputError("unknown-file", name=name)
    return _text_tables(name, decode_text(content) or "")


def column_letter(index: int) -> str:
    """Return the letter of the column with this index: 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def _text_tables(name: str, text: str) -> list[Table]:
    # Excel may name its separator in a first line of its own, which is no heading and stays.
    tables = []
    for separator in _SEPARATORS:
        # With the wrong separator a quote may swallow the file; the right one still reads it.
        with suppress(csv.Error):
            tables.append(Table(_limited(name, iter(_separated(text, separator)))))
    if not tables:
        raise InputError("unreadable-file", name=name)
    return tables


def _separated(text: str, separator: str) -> tuple[tuple[object, ...], ...]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    return tuple(tuple(row[:_MAX_COLUMNS]) for row in reader)


def _limited(name: str, rows: Iterator[tuple[object, ...]]) -> tuple[tuple[object, ...], ...]:
    kept: list[tuple[object, ...]] = []
    filled = 0
    for position, row in enumerate(islice(rows, _EXCEL_ROWS)):
        if all(cell is None or cell == "" for cell in row):
            continue
        filled += 1
        # The heading and a few lines above it come on top.
        if filled > MAX_ROWS + 20 or position > 2 * MAX_ROWS:
            raise InputError("file-too-large", name=name, rows=MAX_ROWS)
        kept.extend(() for _ in range(position - len(kept)))
        kept.append(row)
    return tuple(kept)


def _workbook(name: str, content: bytes) -> list[Table]:
    office_kind(name, content, MAX_UNPACKED_BYTES)
    with ZipFile(BytesIO(content)) as package:
        parts = {part: package.read(part) for part in package.namelist() if part.endswith((".xml", ".rels"))}
    if any(_ENTITY.search(part) for part in parts.values()):
        raise InputError("unsafe-file", name=name)
    try:
        return _sheets(name, content, parts)
    except InputError:
        raise
    except Exception as error:
        # A damaged workbook makes openpyxl raise whatever it stumbles over: KeyError, TypeError, XML errors.
        raise InputError("unreadable-file", name=name) from error


def _sheets(name: str, content: bytes, parts: dict[str, bytes]) -> list[Table]:
    # openpyxl takes a third of a second to load; only an import of units needs it.
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # It warns of drawings and lists that it drops, which nobody wants here.
        warnings.simplefilter("ignore")
        values = load_workbook(BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(BytesIO(content), read_only=True)
        pairs = zip(values.worksheets, formulas.worksheets, strict=True)
        shown = [pair for pair in pairs if pair[0].sheet_state == "visible"][:_MAX_SHEETS]
        return [_sheet(name, value, formula, parts) for value, formula in shown]


def _sheet(name: str, values: Any, formulas: Any, parts: Mapping[str, bytes]) -> Table:
    part = parts[values._worksheet_path]
    computed = _cells(values)
    cells = _with_uncomputed(computed, formulas) if _FORMULA.search(part) else computed
    rows = [list(row) for row in _limited(name, cells)]
    _fill_merged(name, rows, part)
    hidden = (_NUMBER.search(row) for row in _ROW.findall(part) if _HIDDEN.search(row))
    return Table(tuple(map(tuple, rows)), tuple(int(found[1]) for found in hidden if found))


def _cells(sheet: Any) -> Iterator[tuple[object, ...]]:
    before: object = None
    for row in _all_rows(sheet):
        # openpyxl gives one and the same row for a gap, and a gap may be a million rows long.
        yield (
            () if row is before else tuple(Odd.ERROR if cell.data_type == "e" else cell.value for cell in row)
        )
        before = row


def _with_uncomputed(computed: Iterator[tuple[object, ...]], formulas: Any) -> Iterator[tuple[object, ...]]:
    for values, written in zip(computed, _all_rows(formulas), strict=True):
        yield tuple(
            Odd.UNCOMPUTED if value is None and cell.data_type == "f" else value
            for value, cell in zip(values, written, strict=False)
        )


def _all_rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # The size that a sheet declares is often wrong; without it every row is read.
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_col=_MAX_COLUMNS)
    return rows


def _fill_merged(name: str, rows: list[list[object]], part: bytes) -> None:
    ranges = [(_column_index(first[1]), int(first[2]), int(first[3])) for first in _MERGE.finditer(part)]
    if sum(max(0, min(last, len(rows)) - top) for _, top, last in ranges) > _MAX_MERGED:
        raise InputError("file-too-large", name=name)
    for column, top, last in ranges:
        for below in rows[top : min(last, len(rows))]:
            if column < len(below) and column < len(rows[top - 1]):
                below[column] = Merged(rows[top - 1][column])


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - ord("A") + 1
    return index - 1
