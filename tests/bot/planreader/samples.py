"""The sample document and ways to make Word files of it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document

TEXT = (Path(__file__).parent / "data" / "ke-hoach-mau.txt").read_text(encoding="utf-8")

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
FIRST_QUARTER = (date(2024, 1, 1), date(2024, 3, 31))

WINDOWS = [
    *[("1", "Thường xuyên", *YEAR, True)] * 4,
    *[("2", "công việc thường xuyên", *YEAR, True)] * 3,
    *[("3", "từ tháng 3/2024 đến tháng 10/2024", date(2024, 3, 1), date(2024, 10, 31), False)] * 2,
    ("4", "từ tháng 4/2024", date(2024, 4, 1), date(2024, 12, 31), False),
    *[("4", "Quý I/2024", *FIRST_QUARTER, False)] * 2,
    ("4", "Quý II/2024", date(2024, 4, 1), date(2024, 6, 30), False),
    *[("4", "Quý I/2024", *FIRST_QUARTER, False)] * 2,
    *[("5", "Quý I/2024", *FIRST_QUARTER, False)] * 2,
    ("5", "từ Quý II/2024 đến Quý III/2024", date(2024, 4, 1), date(2024, 9, 30), False),
    *[("6", "thường xuyên", *YEAR, True)] * 2,
    *[("7", None, *YEAR, False)] * 4,
]
"""Group, phrase as written, window and recurrence of the sample's 24 tasks."""


def saved(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def plan_text(tasks: str = "", targets: str = "") -> bytes:
    """Return a small plan of 2024 with these lines below its two headings."""
    head = (
        "CÔNG ĐOÀN PHƯỜNG AN HÒA\nSố: 1/KH-CĐP\nAn Hòa, ngày 15 tháng 01 năm 2024\n\n"
        "KẾ HOẠCH\nHoạt động công đoàn năm 2024\n"
    )
    end = "IV. TỔ CHỨC THỰC HIỆN\n- Các đơn vị thực hiện.\n"
    return f"{head}\nII. CHỈ TIÊU\n{targets}\n\nIII. NHIỆM VỤ\n{tasks}\n\n{end}".encode()
