"""Where the headings of a units sheet stand, which column holds what, and what is wrong with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents import sheet_words as words
from bot.documents.sheet_words import Column
from bot.documents.tables import Table, column_letter
from domain.plan import Indicator
from messages_vi.catalogue import _, join

_HEADING_ROWS = 20


@dataclass(frozen=True, slots=True)
class SheetFault:
    """What is wrong where: row 0 is the whole sheet, column "" the whole row; `text` names the place too."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The row of headings and the index of each known column; `shares` are by indicator code."""

    row: int
    headings: tuple[str, ...]
    columns: dict[Column, int]
    shares: dict[str, int]

    def fault(self, row: int, index: int, what: str) -> SheetFault:
        """Return the fault of one cell; `what` says in a few words what is wrong with it."""
        letter = column_letter(index)
        text = _(
            "Row {row}, column {column} ({heading}): {what}.",
            row=row,
            column=letter,
            heading=self.headings[index],
            what=what,
        )
        return SheetFault(row, letter, text)


def find_layout(table: Table, indicators: Sequence[Indicator]) -> Layout | None:
    """Return the layout by the row that names most columns, the first of equals; None without names."""
    rows = enumerate(table.rows[:_HEADING_ROWS], start=1)
    layouts = (_layout(position, row, indicators) for position, row in rows)
    named = (layout for layout in layouts if Column.NAME in layout.columns)
    return max(named, key=lambda layout: len(layout.columns), default=None)


def heading_faults(layout: Layout, indicators: Sequence[Indicator]) -> Iterator[SheetFault]:
    """Yield what makes the headings unusable: a needed column missing, one twice, an unknown target."""
    if Column.KIND not in layout.columns:
        heading = words.heading(Column.KIND)
        text = _("Row {row}: there is no column {heading}.", row=layout.row, heading=heading)
        yield SheetFault(layout.row, "", text)
    for index in _unused(layout):
        heading = layout.headings[index]
        if words.column_of(heading) or words.share_of(heading, indicators):
            yield layout.fault(layout.row, index, _("this column stands in the sheet twice"))
        elif words.is_share(heading):
            yield layout.fault(layout.row, index, _("the plan has no such target"))


def heading_notes(layout: Layout) -> Iterator[str]:
    """Yield one sentence that names the columns of which nothing was read."""
    unused = [layout.headings[index] for index in _unused(layout)]
    if unused:
        yield _("I did not use these columns: {columns}.", columns=join(unused, ", "))


def no_heading(table: Table) -> SheetFault:
    """Return what is said of a sheet without headings."""
    if not any(table.rows):
        return SheetFault(0, "", _("The sheet is empty."))
    heading = words.heading(Column.NAME)
    return SheetFault(0, "", _("I found no row of headings with a column {heading}.", heading=heading))


def line(value: object) -> str:
    """Return the text of a cell on one line, composed, without odd spaces and invisible characters."""
    text = unicodedata.normalize("NFC", "" if value is None else str(value))
    return " ".join("".join(map(_visible, text)).split())


def _visible(letter: str) -> str:
    instead = {"Cc": " ", "Cf": ""}
    return instead.get(unicodedata.category(letter), letter)


def _layout(position: int, row: Sequence[object], indicators: Sequence[Indicator]) -> Layout:
    headings = tuple(map(line, row))
    layout = Layout(position, headings, {}, {})
    for index, heading in enumerate(headings):
        if column := words.column_of(heading):
            layout.columns.setdefault(column, index)
        elif indicator := words.share_of(heading, indicators):
            layout.shares.setdefault(indicator.code, index)
    return layout


def _unused(layout: Layout) -> list[int]:
    used = {*layout.columns.values(), *layout.shares.values()}
    return [index for index, heading in enumerate(layout.headings) if heading and index not in used]
