"""A wrong file, setting or database gets one clear line, exit code 2, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import Workbook

from tests.bot.commands.terminal import PLAN, UNITS, Terminal


def _letter(terminal: Terminal) -> list[str]:
    letter = "Kính gửi anh chị em.\nHôm nay trời đẹp, mời mọi người đến dự liên hoan.\n"
    return ["plan", "import", terminal.writes("thu.txt", letter)]


def _empty_workbook(terminal: Terminal) -> list[str]:
    stream = BytesIO()
    Workbook().save(stream)
    return ["units", "import", terminal.writes("trong.xlsx", stream.getvalue()), "--yes"]


def _newer(terminal: Terminal) -> list[str]:
    terminal.changes("UPDATE alembic_version SET version_num = '9999'")
    return ["plan", "show"]


def _somebody_elses(terminal: Terminal) -> list[str]:
    terminal.changes("DROP TABLE alembic_version")
    return ["units", "list"]


def _text_database(terminal: Terminal) -> list[str]:
    terminal.writes("data/tiendo.sqlite3", "đây không phải cơ sở dữ liệu\n" * 100)
    return ["plan", "import", PLAN]


def _config(text: str) -> Callable[[Terminal], list[str]]:
    return lambda terminal: ["--config", terminal.writes("rieng.toml", text), "plan", "show"]


_PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
BAD = {
    "a broken settings file": (
        _config("[office\n"),
        "Không hiểu được rieng.toml ở dòng 1, cột 8. Viết mỗi thiết lập theo dạng tên = giá trị, chữ đặt "
        "trong "
        'ngoặc kép "…".',
    ),
    "an unknown setting": (
        _config("[office]\nnmae = 'x'\n"),
        "Tệp rieng.toml có mục lạ: [office] nmae. Có phải ý là [office] name không?",
    ),
    "a missing settings file": (
        lambda _: ["--config", "khong-co.toml", "check"],
        "Không đọc được tệp cấu hình khong-co.toml. Kiểm tra tệp có tồn tại và được phép đọc không, hoặc "
        "chỉ ra tệp khác.",
    ),
    "a missing file": (
        lambda _: ["plan", "import", "mat/ke-hoach.docx"],
        "Không thấy tệp mat/ke-hoach.docx. Anh/chị kiểm tra lại tên tệp và thư mục.",
    ),
    "a folder": (
        lambda _: ["plan", "read", "data"],
        "data là thư mục, không phải tệp. Anh/chị ghi rõ tên tệp bên trong.",
    ),
    "a folder of units": (
        lambda _: ["units", "import", "."],
        ". là thư mục, không phải tệp. Anh/chị ghi rõ tên tệp bên trong.",
    ),
    "an empty file of units": (
        lambda terminal: ["units", "import", terminal.writes("rong.xlsx", "")],
        "Tệp rong.xlsx trống, không có gì để đọc.",
    ),
    "a workbook without rows": (_empty_workbook, "Tệp không có dữ liệu."),
    "a picture renamed": (
        lambda terminal: ["units", "import", terminal.writes("anh.xlsx", _PICTURE), "--yes"],
        "Em không đọc được anh.xlsx như một danh sách đơn vị: cần tệp Excel .xlsx hoặc .csv, không hỏng "
        "và không đặt mật khẩu.",
    ),
    "a program renamed": (
        lambda terminal: ["units", "import", terminal.writes("la.xlsx", b"MZ" + b"\0" * 100), "--yes"],
        "Tệp la.xlsx thuộc loại có thể chứa chương trình (macro) nên em không mở. Anh/chị lưu lại thành "
        ".xlsx thường.",
    ),
    "a letter": (
        _letter,
        "Tệp thu.txt là công văn, không phải kế hoạch, nên em chưa nạp gì. Anh/chị gửi giúp em văn bản kế "
        "hoạch có chỉ tiêu hoặc nhiệm vụ.",
    ),
    "a picture as a plan": (
        lambda terminal: ["plan", "import", terminal.writes("anh.docx", _PICTURE)],
        "Tệp anh.docx bị hỏng hoặc đang khóa bằng mật khẩu nên em không mở được. Anh/chị mở tệp, lưu lại "
        "bản mới rồi gửi giúp em.",
    ),
    "a database that is none": (
        _text_database,
        "data/tiendo.sqlite3 không phải cơ sở dữ liệu của tiendo, hoặc đã hỏng. Em không thay đổi gì "
        "trong đó.",
    ),
    "somebody else's database": (
        _somebody_elses,
        "data/tiendo.sqlite3 không phải cơ sở dữ liệu của tiendo, hoặc đã hỏng. Em không thay đổi gì "
        "trong đó.",
    ),
    "a newer database": (
        _newer,
        "Cơ sở dữ liệu data/tiendo.sqlite3 do bản tiendo mới hơn ghi nên bản này không mở. Anh/chị cập "
        "nhật chương trình; dữ liệu vẫn nguyên.",
    ),
    "a server that is not there": (
        _config('[database]\nurl = "postgresql://127.0.0.1:1/tiendo"\n'),
        "Máy chủ cơ sở dữ liệu 127.0.0.1/tiendo không trả lời hoặc không cho vào. Anh/chị kiểm tra địa "
        "chỉ, tên và mật khẩu.",
    ),
    "an import that nobody agrees to": (
        lambda terminal: [
            "units",
            "import",
            terminal.writes("moi.csv", "Tên đơn vị;Loại hình\nCĐCS Mới;Khác\n"),
        ],
        "Không có ai ở bàn phím để đồng ý nên em chưa thay đổi gì. Chạy lại với --yes để đồng ý trước.",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_line_and_changes_nothing(terminal: Terminal, case: str) -> None:
    assert terminal.types("units", "import", UNITS, "--yes").code == 0
    prepare, line = BAD[case]
    words = prepare(terminal)
    before = terminal.files()
    said = terminal.types(*words)
    assert (said.code, said.err) == (2, [line])
    assert terminal.files() == before


@pytest.mark.parametrize("words", [("plan", "show"), ("units", "list"), ("invite", "--missing")])
def test_looking_makes_no_database(terminal: Terminal, words: tuple[str, ...]) -> None:
    said = terminal.types(*words)
    assert said.code == 2
    assert said.err == [
        "Chưa có cơ sở dữ liệu ở data/tiendo.sqlite3. Anh/chị nạp kế hoạch hoặc danh sách đơn vị trước: "
        "tiendo plan import TỆP, tiendo units import TỆP."
    ]
    assert terminal.files() == {}


def test_several_mistakes_in_the_settings_are_numbered(terminal: Terminal) -> None:
    terminal.writes("config.toml", "[periods]\ndue_day = 32\ncutoff_day = 0\n")
    said = terminal.types("plan", "show")
    assert (said.code, said.out) == (2, [])
    assert said.err == [
        "1. [periods] cutoff_day = 0 không dùng được: cần số nguyên từ 1 đến 31. Sửa dòng đó trong "
        "config.toml.",
        "2. [periods] due_day = 32 không dùng được: cần số nguyên từ 1 đến 31. Sửa dòng đó trong "
        "config.toml.",
    ]


def test_the_settings_may_be_named_before_or_behind_the_command(terminal: Terminal) -> None:
    terminal.writes("a.toml", '[database]\nurl = "sqlite:///a.sqlite3"\n')
    for words in (["--config", "a.toml", "plan", "show"], ["plan", "show", "--config", "a.toml"]):
        assert terminal.types(*words).err[0].startswith("Chưa có cơ sở dữ liệu ở a.sqlite3.")
