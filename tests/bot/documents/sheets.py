"""Small spreadsheets for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

HEAD = ("Mã đơn vị", "Tên đơn vị", "Loại hình", "Số lao động", "Số đoàn viên")
SCHOOL = ("TH1", "CĐCS Trường Tiểu học Cầu Khởi", "Trường học", 42, 40)
FACTORY = ("HD1", "CĐCS Công ty TNHH Hạt điều Phước Minh", "Doanh nghiệp", 320, 248)


def book(*rows: Sequence[object]) -> Any:
    """Return a workbook of openpyxl with these rows from the first on."""
    made = Workbook()
    sheet: Any = made.active
    for row in rows:
        sheet.append(list(row))
    return made


def saved(made: Any) -> bytes:
    """Return the bytes of a workbook."""
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def xlsx(*rows: Sequence[object]) -> bytes:
    """Return an .xlsx with these rows from the first on."""
    return saved(book(*rows))


def csv_text(*rows: Sequence[object], separator: str = ",") -> str:
    """Return rows as lines; no cell may hold the separator."""
    return "".join(separator.join("" if cell is None else str(cell) for cell in row) + "\r\n" for row in rows)


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip file."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def with_part(content: bytes, name: str, old: bytes | None, new: bytes) -> bytes:
    """Return the archive with `old` replaced by `new` in one part; None adds `new` as a further part."""
    with ZipFile(BytesIO(content)) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    if old is not None:
        assert old in parts[name], parts[name]
        parts[name] = parts[name].replace(old, new, 1)
    else:
        parts[name] = new
    return archive(parts)
