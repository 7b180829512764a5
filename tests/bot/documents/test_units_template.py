"""The template: what an office sees, and that it reads back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from bot.documents.units_sheet import read_units, write_template
from domain.people import UnitKind, UnitLevel
from domain.plan import Indicator, Measure
from messages_vi.indicators import STANDING
from tests.bot.documents.sheets import saved

HEADINGS = [
    "Mã đơn vị",
    "Tên đơn vị",
    "Loại hình",
    "Cấp",
    "Nhóm",
    "Ngành",
    "Số lao động",
    "Số đoàn viên",
    "Chủ tịch: họ tên",
    "Chủ tịch: xưng hô",
    "Chủ tịch: điện thoại",
    "Giao chỉ tiêu: đoàn viên mới",
    "Giao chỉ tiêu: thỏa ước lao động tập thể ký mới",
    "Giao chỉ tiêu: hội nghị người lao động",
    "Giao chỉ tiêu: đối thoại",
]


def template() -> Any:
    return load_workbook(BytesIO(write_template(STANDING)))


def test_it_has_a_heading_with_a_hint_for_every_column() -> None:
    row = template()["Đơn vị"][3]
    assert [cell.value for cell in row] == HEADINGS
    assert all(cell.comment.text for cell in row)


def test_it_offers_lists_to_choose_from() -> None:
    rules = template()["Đơn vị"].data_validations.dataValidation
    assert {str(rule.sqref): rule.formula1 for rule in rules} == {
        "C4:C1000": '"Doanh nghiệp,Trường học,Y tế,Cơ quan,Khác"',
        "D4:D1000": '"CĐCS,Chưa có công đoàn"',
        "J4:J1000": '"anh,chị"',
    }


def test_untouched_it_holds_no_unit() -> None:
    sheet = read_units("mau.xlsx", write_template(STANDING))
    assert sheet.rows == ()
    assert sheet.notes == ()
    assert [fault.text for fault in sheet.faults] == ["Chưa có đơn vị nào dưới dòng tiêu đề."]


def test_filled_in_below_the_example_it_reads_back() -> None:
    made = template()
    values = ["001", "CĐCS A", "Y tế", "CĐCS", "Cụm 1", "y tế", 14, 13, "Võ Minh Tâm", "anh", "0912345678", 1]
    for column, value in enumerate(values, start=1):
        made["Đơn vị"].cell(5, column).value = value
    sheet = read_units("mau.xlsx", saved(made))
    assert sheet.faults == ()
    (unit,) = sheet.rows
    assert (unit.code, unit.level, unit.kind) == ("001", UnitLevel.GRASSROOTS, UnitKind.HEALTH)
    assert (unit.chair_address, unit.chair_phone) == ("anh", "0912345678")
    assert unit.shares == (("doan_vien_moi", 1),)


def test_the_name_of_an_indicator_is_never_a_formula() -> None:
    odd = Indicator("x", '=HYPERLINK("http://x")', "cuộc", Measure.SUM)
    made = load_workbook(BytesIO(write_template([odd])))
    types = {cell.data_type for sheet in made for row in sheet.iter_rows() for cell in row}
    assert "f" not in types
