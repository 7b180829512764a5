"""`tiendo units`: a template, a list brought in after a preview, and the units as they stand."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from domain.people import Membership, Person, Role
from tests.bot.commands.terminal import UNITS, Terminal

HEAD = "Mã đơn vị;Tên đơn vị;Loại hình;Số lao động;Chủ tịch: họ tên;Chủ tịch: xưng hô\n"
PHUOC_MINH = "HDPM;CĐCS Hạt điều Phước Minh;Doanh nghiệp;{workers};Nguyễn Thị Hoa;chị\n"
CAU_KHOI = "THCK;CĐCS Trường Tiểu học Cầu Khởi;Trường học;32;;\n"


@pytest.fixture
def union(terminal: Terminal) -> Terminal:
    """A terminal of an office with one union."""
    name = terminal.writes("dau.csv", HEAD + PHUOC_MINH.format(workers=120))
    assert terminal.types("units", "import", name, "--yes").code == 0
    return terminal


def test_the_template_can_be_imported_once_filled_in(terminal: Terminal) -> None:
    said = terminal.types("units", "template", "mau.xlsx")
    assert (said.code, said.err) == (0, [])
    assert said.out == [
        "✅ Đã ghi tệp mẫu mau.xlsx. Điền xong thì nạp bằng lệnh: tiendo units import mau.xlsx"
    ]
    book = load_workbook(BytesIO((terminal.folder / "mau.xlsx").read_bytes()))
    sheet = book.worksheets[0]
    sheet.cell(5, 2, "CĐCS Trạm Y tế Rạch Sen")
    sheet.cell(5, 3, "Y tế")
    book.save(terminal.folder / "mau.xlsx")
    assert terminal.types("units", "import", "mau.xlsx", "--yes").out[:2] == [
        "So với danh sách đang có: thêm 1 đơn vị, thay đổi 0, giữ nguyên 0.",
        "  + CĐCS Trạm Y tế Rạch Sen",
    ]


def test_a_template_never_overwrites_a_list(terminal: Terminal) -> None:
    terminal.writes("danh-sach.xlsx", "điền cả buổi")
    said = terminal.types("units", "template", "danh-sach.xlsx")
    assert (said.code, said.err) == (2, ["Đã có danh-sach.xlsx, em giữ nguyên. Anh/chị chọn tên khác."])
    assert terminal.files() == {"danh-sach.xlsx": "điền cả buổi".encode()}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("mau.csv", "Tên tệp mẫu phải có đuôi .xlsx vì đây là tệp Excel; mau.csv thì chưa đúng."),
        (
            "mat/mau.xlsx",
            "Không ghi được mat/mau.xlsx. Anh/chị kiểm tra thư mục, quyền ghi và dung lượng còn trống.",
        ),
    ],
)
def test_a_template_that_cannot_be_written_is_refused(terminal: Terminal, path: str, line: str) -> None:
    said = terminal.types("units", "template", path)
    assert (said.code, said.err, terminal.files()) == (2, [line], {})


def test_it_shows_what_a_list_adds_and_asks(terminal: Terminal) -> None:
    name = terminal.writes("moi.csv", HEAD + PHUOC_MINH.format(workers=120) + CAU_KHOI)
    said = terminal.types("units", "import", name, answer="c")
    assert said.code == 0
    assert said.out == [
        "So với danh sách đang có: thêm 2 đơn vị, thay đổi 0, giữ nguyên 0.",
        "  + CĐCS Hạt điều Phước Minh; chủ tịch: chị Nguyễn Thị Hoa",
        "  + CĐCS Trường Tiểu học Cầu Khởi",
        "Lưu danh sách này? (c/k) ✅ Đã lưu: thêm 2 đơn vị, thay đổi 0.",
        "In mã tham gia cho các chủ tịch bằng lệnh: tiendo invite --missing --sheet TỆP.html",
    ]


def test_it_shows_what_a_list_changes_and_leaves(union: Terminal) -> None:
    name = union.writes("sau.csv", HEAD + PHUOC_MINH.format(workers="1.250").replace("Doanh nghiệp", "Khác"))
    said = union.types("units", "import", name, "--yes")
    assert said.out[:2] == [
        "So với danh sách đang có: thêm 0 đơn vị, thay đổi 1, giữ nguyên 0.",
        "  ~ CĐCS Hạt điều Phước Minh: loại hình doanh nghiệp → khác; số lao động 120 → 1.250",
    ]
    with union.tables() as uow:
        assert [unit.workers for unit in uow.units.find(code="HDPM")] == [1250]


def test_it_names_the_units_that_a_list_leaves_out(union: Terminal) -> None:
    said = union.types("units", "import", union.writes("sau.csv", HEAD + CAU_KHOI), "--yes")
    assert said.out[1:4] == [
        "  + CĐCS Trường Tiểu học Cầu Khởi",
        "Đang có nhưng không thấy trong tệp, vẫn giữ nguyên:",
        "  • CĐCS Hạt điều Phước Minh",
    ]


def test_the_same_list_again_changes_nothing(union: Terminal) -> None:
    said = union.types("units", "import", "dau.csv")
    assert (said.code, said.out) == (
        0,
        [
            "So với danh sách đang có: thêm 0 đơn vị, thay đổi 0, giữ nguyên 1.",
            "Các đơn vị đã đúng như tệp. Em không thay đổi gì.",
        ],
    )


def test_a_no_changes_nothing(union: Terminal) -> None:
    name = union.writes("sau.csv", HEAD + CAU_KHOI)
    before = union.files()
    said = union.types("units", "import", name, answer="k")
    assert (said.code, said.out[-1]) == (0, "Lưu danh sách này? (c/k) Em chưa thay đổi gì.")
    assert union.files() == before


def test_faults_are_named_by_row_and_column_and_nothing_is_stored(union: Terminal) -> None:
    rows = "A;;Trường học;32;;\n" + "B;CĐCS Bàu Vuông;Nhà hàng;nhiều;;\n"
    name = union.writes("hong.csv", HEAD + CAU_KHOI + rows)
    before = union.files()
    said = union.types("units", "import", name, "--yes")
    assert (said.code, said.out) == (2, [])
    assert said.err == [
        "1. Dòng 3, cột B (Tên đơn vị): thiếu tên đơn vị.",
        "2. Dòng 4, cột C (Loại hình): chưa hiểu “Nhà hàng”; chọn một trong: Doanh nghiệp, Trường học, Y tế, "
        "Cơ quan, Khác.",
        "3. Dòng 4, cột D (Số lao động): “nhiều” chưa phải số nguyên, cách ghi đúng: 1250 hoặc 1.250.",
    ]
    assert union.files() == before


def test_shares_are_called_by_the_name_of_what_is_counted(office: Terminal) -> None:
    with open(UNITS, encoding="utf-8-sig") as file:
        rows = file.read().replace("chị,,30,", "chị,,35,")
    said = office.types("units", "import", office.writes("giao.csv", rows), "--yes")
    assert said.out[1] == "  ~ CĐCS Công ty TNHH Hạt điều Phước Minh: giao chỉ tiêu đoàn viên mới 30 → 35"


def test_it_lists_the_units_and_who_is_chair(office: Terminal) -> None:
    said = office.types("units", "list")
    assert (said.code, said.err, len(said.out)) == (0, [], 14)
    assert said.out[:2] == [
        "9 công đoàn cơ sở",
        "  • CĐCS Cơ quan xã Láng Tre (CQX): cơ quan, 36 lao động; đã có mã, chưa tham gia: chị Đặng Thị "
        "Hạnh",
    ]
    assert said.out[10:12] == [
        "3 nơi chưa có công đoàn",
        "  • Công ty TNHH Cơ khí Tân Mộc (CKTM): doanh nghiệp, 12 lao động",
    ]


def test_it_tells_who_has_joined_as_chair(union: Terminal) -> None:
    with union.tables() as uow:
        person = uow.people.add(Person("Trần Hoa", "chị"))
        unit = uow.units.find(code="HDPM")[0]
        uow.memberships.add(Membership(person.id, unit.id, Role.CHAIR, date(2024, 1, 1)))
    assert union.types("units", "list").out == [
        "1 công đoàn cơ sở",
        "  • CĐCS Hạt điều Phước Minh (HDPM): doanh nghiệp, 120 lao động; chủ tịch chị Trần Hoa",
    ]


def test_it_says_how_to_begin_where_there_are_no_units(terminal: Terminal) -> None:
    terminal.types("invite", "--office")
    said = terminal.types("units", "list")
    assert (said.code, said.err) == (
        2,
        ["Chưa có đơn vị nào. Bắt đầu bằng lệnh: tiendo units template TỆP.xlsx"],
    )
