"""The list of units as a spreadsheet, read row by row: the units, and what is wrong in which cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TypeVar

from bot.documents import sheet_words as words
from bot.documents.sheet_layout import Layout, find_layout, heading_faults, heading_notes, line, no_heading
from bot.documents.sheet_layout import SheetFault as SheetFault
from bot.documents.sheet_words import Column
from bot.documents.tables import Merged, Odd, Table, read_tables
from bot.documents.units_template import write_template as write_template
from domain.people import UnitKind, UnitLevel
from domain.plan import Indicator
from messages_vi.catalogue import _
from messages_vi.formats import number, parse_count
from messages_vi.indicators import STANDING

_LONGEST = 200
_LONGEST_CODE = 64
_LARGEST_COUNT = 10_000_000
_PHONE = re.compile(r"0\d{8,10}")
# A spreadsheet takes a phone number for a number and drops its first zero.
_PHONE_WITHOUT_ZERO = re.compile(r"[35789]\d{8}|2\d{9}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as the sheet names it; `row` is its row there.

    `code_is_derived` tells that the sheet gave no code and `code` was made from the name. `shares` are
    (indicator code, share) for the shares that were filled in.
    """

    row: int
    code: str
    name: str
    level: UnitLevel
    kind: UnitKind
    groups: tuple[str, ...] = ()
    sector: str = ""
    workers: int | None = None
    members: int | None = None
    shares: tuple[tuple[str, int], ...] = ()
    chair_name: str = ""
    chair_address: str = ""
    chair_phone: str = ""
    code_is_derived: bool = False


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """The sound rows of a sheet in its order. With any fault nothing should be imported.

    `notes` are doubts that do not stand in the way, such as hidden rows that were read.
    """

    rows: tuple[UnitRow, ...]
    faults: tuple[SheetFault, ...]
    notes: tuple[str, ...] = ()


def read_units(name: str, content: bytes, indicators: Sequence[Indicator] = STANDING) -> UnitSheet:
    """Return the units of an .xlsx or .csv file; headings may come in any order, accents do not matter.

    Of several sheets the one that names most columns is read. Codes are unique, names are unique.
    Raises: InputError unknown-file, unreadable-file, unsafe-file or file-too-large, with `name`.
    """
    tables = read_tables(name, content)
    found = [(table, layout) for table in tables if (layout := find_layout(table, indicators))]
    if not found:
        return UnitSheet((), (no_heading(max(tables, key=lambda table: len(table.rows), default=Table(()))),))
    table, layout = max(found, key=lambda pair: len(pair[1].columns))
    reader = _Reader(layout)
    reader.faults.extend(heading_faults(layout, indicators))
    rows = reader.rows(table)
    if not rows and not reader.faults:
        reader.faults.append(SheetFault(0, "", _("There is no unit below the headings.")))
    notes = (*heading_notes(layout), *reader.notes, *_hidden_note(table, rows))
    return UnitSheet(rows, tuple(reader.faults), notes)


def _hidden_note(table: Table, rows: Sequence[UnitRow]) -> Iterator[str]:
    hidden = sorted({row.row for row in rows} & set(table.hidden))
    if hidden:
        shown = ", ".join(map(str, hidden[:10])) + ("…" if len(hidden) > 10 else "")
        yield _("Hidden rows were read too: {rows}.", rows=shown)


class _Reader:
    """Reads rows one by one and remembers what was wrong and which units it has seen."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.faults: list[SheetFault] = []
        self.notes: list[str] = []
        self._codes: dict[str, int] = {}
        self._names: dict[str, int] = {}

    def rows(self, table: Table) -> tuple[UnitRow, ...]:
        below = enumerate(table.rows[self.layout.row :], start=self.layout.row + 1)
        read = (_Row(self.layout, position, cells) for position, cells in below)
        units = [self._take(row) for row in read if row.is_unit()]
        return tuple(unit for unit in units if unit is not None)

    def _take(self, row: _Row) -> UnitRow | None:
        unit = row.unit()
        self._check_unique(row, unit)
        self._check_members(unit)
        self.faults.extend(row.faults)
        return None if row.faults else unit

    def _check_unique(self, row: _Row, unit: UnitRow) -> None:
        if not unit.name:
            return
        same_name = self._names.setdefault(unit.name.casefold(), unit.row)
        same_code = self._codes.setdefault(unit.code.casefold(), unit.row)
        if same_name != unit.row:
            row.fault(Column.NAME, _("the same name stands in row {row}", row=same_name))
        elif same_code != unit.row and unit.code_is_derived:
            row.fault(
                Column.NAME, _("nearly the same name stands in row {row}; give both a code", row=same_code)
            )
        if same_code != unit.row and not unit.code_is_derived:
            row.fault(Column.CODE, _("the same code stands in row {row}", row=same_code))

    def _check_members(self, unit: UnitRow) -> None:
        if unit.workers is not None and unit.members is not None and unit.members > unit.workers:
            self.notes.append(
                _(
                    "Row {row}: {name} has more members ({members}) than workers ({workers}).",
                    row=unit.row,
                    name=unit.name,
                    members=number(unit.members),
                    workers=number(unit.workers),
                )
            )


class _Row:
    """The cells of one row, read by what their columns hold."""

    def __init__(self, layout: Layout, position: int, cells: Sequence[object]) -> None:
        self.layout = layout
        self.position = position
        self.cells = cells
        self.faults: list[SheetFault] = []

    def is_unit(self) -> bool:
        """Tell whether the row names a unit: it is no blank, no example and no sum."""
        known = (*self.layout.columns.values(), *self.layout.shares.values())
        if all(self._at(index) in (None, "") or isinstance(self._at(index), Merged) for index in known):
            return False
        marks = [line(self._cell(column)) for column in (Column.CODE, Column.NAME)]
        first = line(next((cell for cell in self.cells if cell not in (None, "")), ""))
        return not any(map(words.is_example, marks)) and not any(map(words.is_total, (*marks, first)))

    def unit(self) -> UnitRow:
        """Return the unit; what could not be read is blank and stands in `faults`."""
        name = self._text(Column.NAME)
        if not name and not self.faults:
            self.fault(Column.NAME, _("the name is missing"))
        code = self._text(Column.CODE, _LONGEST_CODE)
        level = self._choice(Column.LEVEL, words.level_of) or UnitLevel.GRASSROOTS
        chair = self._text(Column.CHAIR_NAME)
        address, phone = self._choice(Column.CHAIR_ADDRESS, words.address_of), self._phone()
        if (phone or address) and not chair:
            self.fault(Column.CHAIR_NAME, _("the chair's name is missing"))
        return UnitRow(
            row=self.position,
            code=code or words.slug(name),
            name=name,
            level=level,
            kind=self._kind(level),
            groups=self._groups(),
            sector=self._text(Column.SECTOR, merged=True),
            workers=self._count(self.layout.columns.get(Column.WORKERS)),
            members=self._count(self.layout.columns.get(Column.MEMBERS)),
            shares=self._shares(),
            chair_name=chair,
            chair_address=address or "",
            chair_phone=phone,
            code_is_derived=not code,
        )

    def fault(self, column: Column, what: str) -> None:
        """Note a fault in a column; one that the sheet does not have stands for its name's."""
        columns = self.layout.columns
        self._fault(columns.get(column, columns[Column.NAME]), what)

    def _fault(self, index: int, what: str) -> None:
        self.faults.append(self.layout.fault(self.position, index, what))

    def _at(self, index: int | None) -> object:
        return self.cells[index] if index is not None and index < len(self.cells) else None

    def _cell(self, column: Column) -> object:
        return self._at(self.layout.columns.get(column))

    def _plain(self, index: int, merged: bool = False) -> object:
        """Return the value of a cell, or None with a fault when it cannot be known."""
        value = self._at(index)
        if isinstance(value, Merged) and merged:
            value = value.value
        if isinstance(value, Merged) and value.value not in (None, ""):
            self._fault(index, _("this cell is merged with the one above; split them"))
        elif value is Odd.UNCOMPUTED:
            self._fault(index, _("the formula has no result; open the file in Excel and save it again"))
        elif value is Odd.ERROR:
            self._fault(index, _("the formula shows an error"))
        else:
            return None if isinstance(value, Merged) else value
        return None

    def _text(self, column: Column, longest: int = _LONGEST, merged: bool = False) -> str:
        index = self.layout.columns.get(column)
        if index is None:
            return ""
        value = self._plain(index, merged)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = line(value)
        if len(text) > longest:
            self._fault(index, _("this is longer than {limit} characters", limit=longest))
            return ""
        return text

    def _choice(self, column: Column, find: Callable[[str], T | None]) -> T | None:
        text = self._text(column, merged=True)
        found = find(text) if text else None
        if text and found is None:
            options = ", ".join(words.choices(column))
            self.fault(
                column, _("I do not know {word}; choose one of: {options}", word=text, options=options)
            )
        return found

    def _kind(self, level: UnitLevel) -> UnitKind:
        before = len(self.faults)
        kind = self._choice(Column.KIND, words.kind_of)
        if kind is not None:
            return kind
        if (
            level is UnitLevel.GRASSROOTS
            and Column.KIND in self.layout.columns
            and len(self.faults) == before
        ):
            options = ", ".join(words.choices(Column.KIND))
            self.fault(Column.KIND, _("this is missing; choose one of: {options}", options=options))
        return UnitKind.ENTERPRISE

    def _groups(self) -> tuple[str, ...]:
        parts = (part.strip() for part in re.split("[;,]", self._text(Column.GROUPS, merged=True)))
        return tuple(dict.fromkeys(part for part in parts if part))

    def _shares(self) -> tuple[tuple[str, int], ...]:
        read = ((code, self._count(index)) for code, index in self.layout.shares.items())
        return tuple((code, share) for code, share in read if share is not None)

    def _count(self, index: int | None) -> int | None:
        value = None if index is None else self._plain(index)
        if index is None or value is None or value == "":
            return None
        try:
            count = _whole(value)
        except ValueError:
            self._fault(index, _("{value} is not a whole number such as 1.250", value=_shown(value)))
            return None
        if not 0 <= count <= _LARGEST_COUNT:
            self._fault(index, _("{value} cannot be right", value=_shown(value)))
            return None
        return count

    def _phone(self) -> str:
        digits = re.sub(r"[\s.()-]", "", self._text(Column.CHAIR_PHONE))
        digits = re.sub(r"^\+84", "0", digits)
        if _PHONE_WITHOUT_ZERO.fullmatch(digits):
            digits = "0" + digits
        if digits and not _PHONE.fullmatch(digits):
            self.fault(Column.CHAIR_PHONE, _("this is not a phone number"))
            return ""
        return digits


def _whole(value: object) -> int:
    """Return the whole number in a cell: a number of Excel, or text written the Vietnamese way."""
    if isinstance(value, bool | date | time):
        raise ValueError(value)
    if isinstance(value, int | float):
        if value != int(value):
            raise ValueError(value)
        return int(value)
    return parse_count(line(value))


def _shown(value: object) -> str:
    return number(Decimal(str(value))) if isinstance(value, float) else line(value)[:40]
