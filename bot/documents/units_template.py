"""The empty list of units that an office fills in, as an Excel file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from bot.documents import sheet_words as words
from bot.documents.sheet_words import Column
from domain.plan import Indicator, Measure
from messages_vi.catalogue import _, mark

_HEADING_ROW = 3
_LAST_ROW = 1_000
_SHARE_WIDTH = 18
_BLUE, _GREY = "FF1F5FA8", "FF7A7A7A"
_WIDTHS: Mapping[Column, int] = {
    Column.CODE: 14,
    Column.NAME: 48,
    Column.KIND: 15,
    Column.LEVEL: 18,
    Column.GROUPS: 18,
    Column.SECTOR: 18,
    Column.WORKERS: 12,
    Column.MEMBERS: 12,
    Column.CHAIR_NAME: 24,
    Column.CHAIR_ADDRESS: 12,
    Column.CHAIR_PHONE: 16,
}
_HINTS: Mapping[Column, str] = {
    Column.CODE: mark("The office's own short code. Left empty, one is made from the name."),
    Column.NAME: mark("The full name as it stands in reports. Needed, each name once."),
    Column.KIND: mark("Choose from the list; it decides which targets the unit is asked for. Needed."),
    Column.LEVEL: mark("Empty means a grassroots union. Workplaces without one count for founding targets."),
    Column.GROUPS: mark("Groups for sending messages, with semicolons between them."),
    Column.SECTOR: mark("The trade, such as garments or cashew nuts. May stay empty."),
    Column.WORKERS: mark("All workers, a whole number."),
    Column.MEMBERS: mark("Union members at the beginning of the year, a whole number."),
    Column.CHAIR_NAME: mark("The chair's full name; the bot uses the last word to address them."),
    Column.CHAIR_ADDRESS: mark("How the bot addresses the chair."),
    Column.CHAIR_PHONE: mark("Only for the office's own list. May stay empty."),
}
_EXAMPLE: Mapping[Column, str] = {
    Column.NAME: mark("example unit: name"),
    Column.GROUPS: mark("example unit: group"),
    Column.SECTOR: mark("example unit: sector"),
    Column.CHAIR_NAME: mark("example unit: chair"),
}
_EXAMPLE_COUNTS = {Column.WORKERS: 1250, Column.MEMBERS: 1180}


def write_template(indicators: Iterable[Indicator]) -> bytes:
    """Return an .xlsx with headings, hints, lists to choose from and one example row.

    There is a column for each unit's share of an indicator; a share of a percentage means nothing, so
    indicators measured that way have none. `read_units` passes over the example row.
    """
    # openpyxl takes a third of a second to load; only this command needs it.
    from openpyxl import Workbook

    shared = [one for one in indicators if one.measure is not Measure.SHARE_OF_ELIGIBLE]
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Units")
    _put(sheet, 1, 1, _("List of units"), bold=True, size=14)
    _put(
        sheet,
        2,
        1,
        _("Fill in from the row below the example. Nothing above or in it is imported."),
        grey=True,
    )
    _write_headings(sheet, shared)
    _write_example(sheet, shared)
    _add_lists(sheet)
    _set_page(sheet)
    _write_guide(book.create_sheet(_("Guide")), shared)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(
    sheet: Any, row: int, column: int, text: str, *, bold: bool = False, grey: bool = False, size: int = 11
) -> Any:
    from openpyxl.styles import Font

    cell = sheet.cell(row, column, text)
    # Whatever a name begins with, it is text and never a formula.
    cell.data_type = "s"
    cell.font = Font(bold=bold, italic=grey, size=size, color=_GREY if grey else None)
    return cell


def _write_headings(sheet: Any, shared: Sequence[Indicator]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    columns = [(words.heading(one), str(_(_HINTS[one])), _WIDTHS[one]) for one in Column]
    columns += [(words.share_heading(one), _share_hint(one), _SHARE_WIDTH) for one in shared]
    for position, (heading, hint, width) in enumerate(columns, start=1):
        cell = _put(sheet, _HEADING_ROW, position, heading)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", start_color=_BLUE)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.comment = Comment(hint, "tiendo", height=90, width=260)
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.row_dimensions[_HEADING_ROW].height = 48


def _share_hint(indicator: Indicator) -> str:
    return _(
        "This unit's share of the year's target, a whole number ({unit}). May stay empty.",
        unit=indicator.unit_word,
    )


def _write_example(sheet: Any, shared: Sequence[Indicator]) -> None:
    row = _HEADING_ROW + 1
    for position, column in enumerate(Column, start=1):
        if column in _EXAMPLE_COUNTS:
            text = str(_EXAMPLE_COUNTS[column])
        elif column is Column.CODE:
            text = words.example_word()
        else:
            options = words.choices(column)
            text = options[-1 if column is Column.CHAIR_ADDRESS else 0] if options else _example(column)
        _put(sheet, row, position, text, grey=True)
    for position in range(len(Column) + 1, len(Column) + len(shared) + 1):
        _put(sheet, row, position, "1", grey=True)


def _example(column: Column) -> str:
    return _(_EXAMPLE[column]) if column in _EXAMPLE else "0900000000"


def _add_lists(sheet: Any) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for position, column in enumerate(Column, start=1):
        letter = get_column_letter(position)
        if options := words.choices(column):
            rule = DataValidation(type="list", formula1=f'"{",".join(options)}"', allow_blank=True)
            rule.errorTitle, rule.error = words.heading(column), _("Choose from the list.")
            sheet.add_data_validation(rule)
            rule.add(f"{letter}{_HEADING_ROW + 1}:{letter}{_LAST_ROW}")
        if column in (Column.CODE, Column.CHAIR_PHONE):
            # As text a code or phone number keeps its first zero.
            for row in range(_HEADING_ROW + 1, _LAST_ROW + 1):
                sheet.cell(row, position).number_format = "@"


def _set_page(sheet: Any) -> None:
    sheet.freeze_panes = sheet.cell(_HEADING_ROW + 1, 3)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"


def _write_guide(sheet: Any, shared: Sequence[Indicator]) -> None:
    from openpyxl.styles import Alignment

    _put(sheet, 1, 1, _("What each column holds"), bold=True, size=14)
    lines = [(words.heading(one), str(_(_HINTS[one]))) for one in Column]
    lines += [(words.share_heading(one), _share_hint(one)) for one in shared]
    for row, (heading, hint) in enumerate(lines, start=3):
        _put(sheet, row, 1, heading, bold=True)
        _put(sheet, row, 2, hint).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 42
    sheet.column_dimensions["B"].width = 80
