"""The list of units: what is read, in which forms, and how a fault is named by row and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.tables import column_letter
from bot.documents.units_sheet import SheetFault, UnitRow, read_units
from domain.errors import InputError
from domain.people import UnitKind, UnitLevel
from domain.plan import Indicator, Measure
from messages_vi.formats import number
from messages_vi.indicators import STANDING
from tests.bot.documents.sheets import (
    FACTORY,
    HEAD,
    SCHOOL,
    archive,
    book,
    csv_text,
    saved,
    with_part,
    xlsx,
)

EXAMPLE = Path(__file__).parents[3] / "examples" / "don-vi.csv"
SCHOOL_ROW = UnitRow(
    2,
    "TH1",
    "CĐCS Trường Tiểu học Cầu Khởi",
    UnitLevel.GRASSROOTS,
    UnitKind.SCHOOL,
    workers=42,
    members=40,
)
FACTORY_ROW = UnitRow(
    3,
    "HD1",
    "CĐCS Công ty TNHH Hạt điều Phước Minh",
    UnitLevel.GRASSROOTS,
    UnitKind.ENTERPRISE,
    workers=320,
    members=248,
)
FIRST_SHEET = "xl/worksheets/sheet1.xml"


def faults(*rows: tuple[object, ...], head: tuple[object, ...] = HEAD) -> list[str]:
    sheet = read_units("don-vi.xlsx", xlsx(head, *rows))
    assert sheet.faults == read_units("don-vi.csv", csv_text(head, *rows).encode()).faults
    return [fault.text for fault in sheet.faults]


def only(*row: object, head: tuple[object, ...]) -> UnitRow:
    sheet = read_units("don-vi.xlsx", xlsx(head, row))
    assert sheet.faults == ()
    return sheet.rows[0]


def refused(name: str, content: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_units(name, content)
    assert caught.value.values["name"] == name
    return caught.value.code


def test_it_reads_units_from_excel() -> None:
    sheet = read_units("don-vi.xlsx", xlsx(HEAD, SCHOOL, FACTORY))
    assert sheet.rows == (SCHOOL_ROW, FACTORY_ROW)
    assert sheet.faults == ()
    assert sheet.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_it_reads_units_from_text_in_any_encoding_and_separator(encoding: str, separator: str) -> None:
    content = csv_text(HEAD, SCHOOL, FACTORY, separator=separator).encode(encoding)
    assert read_units("don-vi.csv", content).rows == (SCHOOL_ROW, FACTORY_ROW)


def test_it_reads_text_of_the_old_vietnamese_code_page() -> None:
    head = "Tên đơn vi\u0323,Loa\u0323i hi\u0300nh\r\n"
    row = "CĐCS Trươ\u0300ng Tiê\u0309u ho\u0323c Câ\u0300u Khơ\u0309i,Trươ\u0300ng ho\u0323c\r\n"
    (unit,) = read_units("don-vi.csv", (head + row).encode("cp1258")).rows
    assert unit.name == "CĐCS Trường Tiểu học Cầu Khởi"


def test_it_reads_a_separator_line_and_quoted_line_breaks() -> None:
    text = 'sep=;\r\nTên đơn vị;Loại hình\r\n"CĐCS\nTrường ""A""; B";trường\r\nCĐCS C;dn\r\n'
    assert [(unit.row, unit.name) for unit in read_units("a.csv", text.encode()).rows] == [
        (3, 'CĐCS Trường "A"; B'),
        (4, "CĐCS C"),
    ]


def test_headings_match_in_any_order_case_and_without_accents() -> None:
    head = ("so LAO dong", "LOAI", "ten don vi (đầy đủ)*", "SĐT", "họ và tên", "xưng hô")
    unit = only(42, "truong hoc", "CĐCS Trường A", 912345678, "Lê Thị Mai", "Cô", head=head)
    assert (unit.name, unit.kind, unit.workers) == ("CĐCS Trường A", UnitKind.SCHOOL, 42)
    assert (unit.chair_name, unit.chair_address, unit.chair_phone) == ("Lê Thị Mai", "chị", "0912345678")


def test_a_title_above_and_sums_below_the_list_are_passed_over() -> None:
    rows = [("DANH SÁCH ĐƠN VỊ NĂM 2026",), (), HEAD, SCHOOL, (), ("", "Tổng cộng", "", 42, 40)]
    sheet = read_units("a.xlsx", xlsx(*rows))
    assert [(unit.row, unit.code) for unit in sheet.rows] == [(4, "TH1")]
    assert sheet.faults == ()


def test_unknown_columns_are_named_and_left_alone() -> None:
    sheet = read_units("a.xlsx", xlsx(("STT", *HEAD, "Ghi chú"), (1, *SCHOOL, "mới")))
    assert sheet.notes == ("Các cột không dùng tới: STT, Ghi chú.",)
    assert sheet.rows == (SCHOOL_ROW,)


def test_a_workplace_without_union_is_a_prospect_and_an_enterprise() -> None:
    unit = only("Công ty A", "chưa có công đoàn", None, head=("Tên đơn vị", "Cấp", "Loại hình"))
    assert (unit.level, unit.kind) == (UnitLevel.PROSPECT, UnitKind.ENTERPRISE)


def test_a_name_is_one_composed_line_without_invisible_characters() -> None:
    unit = only("\ufeff CĐCS\u200b Tru\u031bo\u031b\u0300ng\u00a0 A\n", "trường", head=("Tên", "Loại"))
    assert unit.name == "CĐCS Trường A"


def test_groups_are_split_and_each_counts_once() -> None:
    unit = only("CĐCS A", "khác", "Cụm 1; Ngoài nhà nước;;Cụm 1", head=("Tên", "Loại", "Nhóm"))
    assert unit.groups == ("Cụm 1", "Ngoài nhà nước")


def test_shares_are_read_by_the_name_or_code_of_their_indicator() -> None:
    head = ("Tên", "Loại", "Giao chỉ tiêu: đoàn viên mới", "Chỉ tiêu doi_thoai", "Giao: đối thoại thêm")
    own = Indicator("them", "đối thoại thêm", "cuộc", Measure.SUM)
    standing = (*STANDING, own)
    sheet = read_units("a.xlsx", xlsx(head, ("CĐCS A", "khác", "1.250", None, 0)), standing)
    assert sheet.rows[0].shares == (("doan_vien_moi", 1250), ("them", 0))


def test_a_unit_without_code_gets_one_from_its_name_that_stays_the_same() -> None:
    head = ("Tên đơn vị", "Loại hình")
    first = only("CĐCS Trường Tiểu học Cầu Khởi", "trường", head=head)
    again = only("  cđcs  TRƯỜNG tiểu học Cầu Khởi ", "trường", head=head)
    assert first.code == again.code == "cdcs-truong-tieu-hoc-cau-khoi"
    assert first.code_is_derived


@pytest.mark.parametrize(
    ("cell", "count"),
    [(12, 12), (12.0, 12), ("12", 12), ("1.250", 1250), (" 1.250 ", 1250), ("1.250.000", 1_250_000), (0, 0)],
)
def test_it_reads_whole_numbers_the_vietnamese_way(cell: object, count: int) -> None:
    assert only("CĐCS A", "dn", cell, head=("Tên", "Loại", "Số lao động")).workers == count


@given(st.integers(0, 9_999_999))
def test_a_number_written_for_people_is_read_back(value: int) -> None:
    text = csv_text(("Tên", "Loại", "Số lao động"), ("CĐCS A", "dn", number(value)))
    assert read_units("a.csv", text.encode()).rows[0].workers == value


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (12.5, "“12,5” chưa phải số nguyên, cách ghi đúng: 1250 hoặc 1.250"),
        ("1.5", "“1.5” chưa phải số nguyên, cách ghi đúng: 1250 hoặc 1.250"),
        ("1,200", "“1,200” chưa phải số nguyên, cách ghi đúng: 1250 hoặc 1.250"),
        ("12 người", "“12 người” chưa phải số nguyên, cách ghi đúng: 1250 hoặc 1.250"),
        (True, "“True” chưa phải số nguyên, cách ghi đúng: 1250 hoặc 1.250"),
        (date(2026, 4, 12), "“2026-04-12 00:00:00” chưa phải số nguyên, cách ghi đúng: 1250 hoặc 1.250"),
        (-3, "“-3” không thể là số đúng"),
        (99_999_999, "“99999999” không thể là số đúng"),
    ],
)
def test_it_names_the_cell_of_a_figure_it_cannot_take(cell: object, said: str) -> None:
    sheet = read_units("a.xlsx", xlsx(HEAD, SCHOOL, (*FACTORY[:3], cell, 248)))
    assert sheet.faults == (SheetFault(3, "D", f"Dòng 3, cột D (Số lao động): {said}."),)
    assert sheet.rows == (SCHOOL_ROW,)


def test_it_names_all_faults_of_all_rows() -> None:
    head = (*HEAD, "Cấp", "Chủ tịch", "Điện thoại")
    rows = [
        ("A", None, "Trường học", 1, 1),
        ("B", "CĐCS B", None, "x", 1),
        ("C", "CĐCS C", "nhà máy", 1, 1, "xí nghiệp", "Lê Mai", "12"),
        ("D", "CĐCS D", "khác", 1, 1, None, None, "0912345678"),
        ("E", "CĐCS " + "E" * 200, "khác", 1, 1),
    ]
    assert faults(*rows, head=head) == [
        "Dòng 2, cột B (Tên đơn vị): thiếu tên đơn vị.",
        "Dòng 3, cột C (Loại hình): còn trống; "
        "chọn một trong: Doanh nghiệp, Trường học, Y tế, Cơ quan, Khác.",
        "Dòng 3, cột D (Số lao động): “x” chưa phải số nguyên, cách ghi đúng: 1250 hoặc 1.250.",
        "Dòng 4, cột F (Cấp): chưa hiểu “xí nghiệp”; chọn một trong: CĐCS, Chưa có công đoàn.",
        "Dòng 4, cột H (Điện thoại): chưa phải số điện thoại.",
        "Dòng 4, cột C (Loại hình): chưa hiểu “nhà máy”; "
        "chọn một trong: Doanh nghiệp, Trường học, Y tế, Cơ quan, Khác.",
        "Dòng 5, cột G (Chủ tịch): thiếu họ tên chủ tịch.",
        "Dòng 6, cột B (Tên đơn vị): dài hơn 200 ký tự.",
    ]


def test_the_same_code_or_name_twice_is_a_fault() -> None:
    assert faults(SCHOOL, ("th1", "CĐCS Trường khác", "trường"), ("X", SCHOOL[1].upper(), "trường")) == [
        "Dòng 3, cột A (Mã đơn vị): trùng mã với dòng 2.",
        "Dòng 4, cột B (Tên đơn vị): trùng tên với dòng 2.",
    ]


def test_names_that_differ_by_accents_alone_need_codes() -> None:
    head = ("Tên đơn vị", "Loại hình")
    assert faults(("CĐCS Bàu Nâng", "khác"), ("CĐCS Bầu Nắng", "khác"), head=head) == [
        "Dòng 3, cột A (Tên đơn vị): tên gần như trùng với dòng 2; hãy ghi mã riêng cho cả hai."
    ]


def test_headings_that_cannot_be_used_are_faults() -> None:
    head = ("Tên đơn vị", "Mã", "Mã số", "Giao chỉ tiêu: trồng cây")
    assert faults(("CĐCS A", "A"), head=head) == [
        "Dòng 1: thiếu cột “Loại hình”.",
        "Dòng 1, cột C (Mã số): cột này có hai lần trong tệp, chỉ giữ một.",
        "Dòng 1, cột D (Giao chỉ tiêu: trồng cây): kế hoạch không có chỉ tiêu này.",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (xlsx(), "Tệp không có dữ liệu."),
        (xlsx(HEAD), "Chưa có đơn vị nào dưới dòng tiêu đề."),
        (
            xlsx(("a", "b"), (1, 2)),
            "Em không thấy dòng tiêu đề có cột “Tên đơn vị”. "
            "Anh/chị dùng tệp mẫu hoặc thêm dòng tiêu đề giúp em.",
        ),
    ],
)
def test_a_sheet_without_units_says_so(content: bytes, said: str) -> None:
    assert read_units("a.xlsx", content).faults == (SheetFault(0, "", said),)


def test_a_formula_counts_by_its_saved_result() -> None:
    content = xlsx(HEAD, (*SCHOOL[:3], "=40+2", 40))
    computed = with_part(content, FIRST_SHEET, b"<f>40+2</f><v></v>", b"<f>40+2</f><v>42</v>")
    assert read_units("a.xlsx", computed).rows == (SCHOOL_ROW,)


def test_a_formula_without_result_or_with_an_error_is_a_fault() -> None:
    content = xlsx(HEAD, (*SCHOOL[:3], "=40+2", 40), (*FACTORY[:3], "#REF!", 248))
    assert [fault.text for fault in read_units("a.xlsx", content).faults] == [
        "Dòng 2, cột D (Số lao động): công thức chưa có kết quả; mở tệp bằng Excel rồi lưu lại.",
        "Dòng 3, cột D (Số lao động): công thức đang báo lỗi.",
    ]


def test_a_row_of_formulas_without_results_is_not_passed_over() -> None:
    content = xlsx(HEAD, ("=A9", "=B9", "=C9"))
    assert [fault.column for fault in read_units("a.xlsx", content).faults] == ["B", "A", "C"]


def test_text_that_looks_like_a_formula_is_a_name() -> None:
    text = csv_text(("Tên", "Loại"), ('=HYPERLINK("http://x")', "khác"))
    assert read_units("a.csv", text.encode()).rows[0].name == '=HYPERLINK("http://x")'


def test_merged_words_count_for_every_row_and_merged_figures_are_faults() -> None:
    made = book(("Tên", "Loại", "Nhóm", "Số lao động"), ("CĐCS A", "khác", "Cụm 1", 7), ("CĐCS B", "khác"))
    made.active.merge_cells("C2:C3")
    assert [unit.groups for unit in read_units("a.xlsx", saved(made)).rows] == [("Cụm 1",), ("Cụm 1",)]
    made.active.merge_cells("D2:D3")
    assert [fault.text for fault in read_units("a.xlsx", saved(made)).faults] == [
        "Dòng 3, cột D (Số lao động): ô này đang gộp với ô phía trên; hãy tách ra và ghi riêng từng dòng."
    ]


def test_hidden_rows_are_read_and_named() -> None:
    made = book(HEAD, SCHOOL, FACTORY)
    made.active.row_dimensions[3].hidden = True
    sheet = read_units("a.xlsx", saved(made))
    assert len(sheet.rows) == 2
    assert sheet.notes == ("Các dòng đang ẩn cũng được đọc: 3.",)


def test_more_members_than_workers_is_a_doubt_and_not_a_fault() -> None:
    sheet = read_units("a.xlsx", xlsx(HEAD, ("A", "CĐCS A", "khác", 1200, 1250)))
    assert sheet.faults == ()
    assert sheet.notes == (
        "Dòng 2: CĐCS A có số đoàn viên (1.250) nhiều hơn số lao động (1.200), anh/chị xem lại giúp em.",
    )


def test_of_several_sheets_the_list_is_found_and_a_hidden_one_is_not_read() -> None:
    made = book(("Hướng dẫn",), ("Tên đơn vị là tên đầy đủ",))
    shown = made.create_sheet("ds")
    hidden = made.create_sheet("cũ")
    hidden.sheet_state = "hidden"
    for sheet, unit in ((shown, SCHOOL), (hidden, FACTORY)):
        sheet.append(HEAD)
        sheet.append(unit)
    assert read_units("a.xlsx", saved(made)).rows == (SCHOOL_ROW,)


def test_a_sheet_that_declares_a_wrong_size_is_read_whole() -> None:
    content = with_part(
        xlsx(HEAD, SCHOOL, FACTORY), FIRST_SHEET, b'<dimension ref="A1:E3"/>', b'<dimension ref="A1"/>'
    )
    assert read_units("a.xlsx", content).rows == (SCHOOL_ROW, FACTORY_ROW)


def test_a_large_list_is_read_and_a_larger_one_refused() -> None:
    rows = [(f"Đơn vị số {position}", "khác") for position in range(10_000)]
    content = csv_text(("Tên", "Loại"), *rows).encode()
    assert len(read_units("a.csv", content).rows) == 10_000
    more = csv_text(*[(f"Đơn vị thêm {position}", "khác") for position in range(50)]).encode()
    assert refused("a.csv", content + more) == "file-too-large"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("anh.xlsx", b"\x89PNG\r\n\x1a\n\x00", "unknown-file"),
        ("cu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "unknown-file"),
        ("rong.csv", b"", "unknown-file"),
        ("trang.xls", b"<html><table></table></html>", "unsafe-file"),
        ("nen.zip", archive({"a.csv": b"Ten"}), "unsafe-file"),
        ("macro.xlsx", with_part(xlsx(HEAD), "xl/vbaProject.bin", None, b"x"), "unsafe-file"),
        ("cat.xlsx", xlsx(HEAD)[:-100], "unreadable-file"),
        (
            "hong.xlsx",
            with_part(xlsx(HEAD), FIRST_SHEET, b"<sheetData>", b"<sheetData><c"),
            "unreadable-file",
        ),
        (
            "thieu.xlsx",
            with_part(xlsx(HEAD), "xl/workbook.xml", b'name="Sheet"', b""),
            "unreadable-file",
        ),
        (
            "thuc-the.xlsx",
            with_part(xlsx(HEAD), FIRST_SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
            "unsafe-file",
        ),
        ("bom.xlsx", with_part(xlsx(HEAD), "xl/media/a.bmp", None, bytes(31_000_000)), "file-too-large"),
        (
            "gop.xlsx",
            with_part(
                xlsx(*[HEAD] * 3000),
                FIRST_SHEET,
                b"</sheetData>",
                b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576" />' * 100 + b"</mergeCells>",
            ),
            "file-too-large",
        ),
        ("nang.csv", b"Ten\n" * 1_500_000, "file-too-large"),
    ],
)
def test_files_that_cannot_be_used_are_refused_by_name(name: str, content: bytes, code: str) -> None:
    assert refused(name, content) == code


def test_a_row_far_below_does_not_fill_the_memory() -> None:
    far = with_part(xlsx(HEAD, SCHOOL, FACTORY), FIRST_SHEET, b'<row r="3"', b'<row r="999999999999"')
    assert read_units("a.xlsx", far).rows == (SCHOOL_ROW,)


def test_the_example_list_is_sound_and_shares_out_the_whole_target() -> None:
    sheet = read_units(EXAMPLE.name, EXAMPLE.read_bytes())
    assert sheet.faults == ()
    assert sheet.notes == ()
    assert sum(dict(unit.shares).get("doan_vien_moi", 0) for unit in sheet.rows) == 106
    prospects = [unit.workers for unit in sheet.rows if unit.level is UnitLevel.PROSPECT]
    assert (len(sheet.rows), prospects) == (12, [12, 26, 40])


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_columns_are_named_as_excel_does(index: int, letter: str) -> None:
    assert column_letter(index) == letter
