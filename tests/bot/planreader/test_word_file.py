from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from bot.planreader.reader import read_plan
from bot.planreader.word_file import MAX_PARTS, MAX_XML_BYTES, read_word_file
from domain.errors import InputError
from tests.bot.planreader.samples import saved, word_file


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_word_file("a.docx", content)]


def with_levels(document: Any, *levels: tuple[str, str]) -> None:
    """Give the document a list, number 77, with these (format, text) levels."""
    drawn = "".join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (shape, text) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{drawn}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def numbered(document: Any, text: str, level: int) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
    )


def test_it_writes_out_the_numbers_that_word_draws() -> None:
    document = docx.Document()
    with_levels(
        document, ("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)")
    )
    for text, level in [
        ("A", 0),
        ("B", 1),
        ("C", 2),
        ("D", 2),
        ("E", 3),
        ("F", 1),
        ("G", 2),
        ("H", 0),
        ("I", 1),
    ]:
        numbered(document, text, level)
    assert texts(saved(document)) == [
        *("I. A", "1. B", "1.1. C", "1.2. D", "a) E", "2. F", "2.1. G", "II. H", "1. I"),
    ]


def test_it_writes_out_bullets_and_those_below_them() -> None:
    document = docx.Document()
    with_levels(document, ("bullet", "-"), ("bullet", "o"))
    numbered(document, "Tập huấn", 0)
    numbered(document, "Xưởng một", 1)
    document.add_paragraph("Thăm hỏi", style="List Bullet")
    document.add_paragraph("Tuyên truyền", style="List Number")
    assert texts(saved(document)) == ["- Tập huấn", "+ Xưởng một", "- Thăm hỏi", "1. Tuyên truyền"]


def test_it_keeps_tables_and_paragraphs_in_their_order() -> None:
    document = docx.Document()
    document.add_paragraph("trước")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "trái", "phải"
    document.add_paragraph("sau")
    assert texts(saved(document)) == ["trước", "trái", "phải", "sau"]


def test_it_reads_what_stands_and_not_what_was_struck_out() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Kết nạp ")._p
    for tag, inner, text in (("w:del", "w:delText", "90"), ("w:ins", "w:t", "106")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph.append(change)
    assert texts(saved(document)) == ["Kết nạp 106"]


def test_a_line_break_makes_a_line_of_its_own() -> None:
    assert texts(word_file("- Mở lớp.\nThời gian: Quý I")) == ["- Mở lớp.", "Thời gian: Quý I"]


def test_it_looks_into_content_controls() -> None:
    document = docx.Document()
    inside = document.add_paragraph("KẾ HOẠCH")._p
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    inside.addprevious(control)
    control.append(content)
    content.append(inside)
    assert texts(saved(document)) == ["KẾ HOẠCH"]


def plan_in_tables() -> bytes:
    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "CÔNG ĐOÀN TỈNH BÌNH AN\nCÔNG ĐOÀN\nPHƯỜNG AN HÒA\nSố: 9/KH-CĐP"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nAn Hòa, ngày 5 tháng 2 năm 2026"
    for line in ("KẾ HOẠCH", "Thực hiện chỉ tiêu công đoàn", "năm 2026"):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    document.add_paragraph("Căn cứ Nghị quyết số 02-NQ/TW ngày 12/6/2021;")
    document.add_paragraph("I. CHỈ TIÊU")
    add_rows(
        document.add_table(0, 4),
        ("STT", "Nội dung chỉ tiêu", "ĐVT", "Chỉ tiêu giao năm 2026"),
        ("1", "Kết nạp đoàn viên mới", "đoàn viên", "1.060"),
        ("2", "Tỷ lệ CĐCS vững mạnh", "%", "85"),
    )
    document.add_paragraph("II. NHIỆM VỤ")
    table = document.add_table(0, 4)
    add_rows(
        table,
        ("TT", "Nội dung công việc", "Thời gian", "Đơn vị chủ trì"),
        ("I", "Tuyên truyền", "", ""),
        ("1", "Hội thi", "Quý II", "Ban A"),
        ("II", "Chăm lo", "", ""),
        ("2", "- Tặng quà", "Thường xuyên", ""),
        ("3", "Thăm hỏi", "", "Ban B"),
    )
    table.cell(1, 1).merge(table.cell(1, 3))
    table.cell(4, 2).merge(table.cell(5, 2))
    return saved(document)


def add_rows(table: Any, *rows: tuple[str, ...]) -> None:
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def test_it_reads_a_plan_made_of_tables() -> None:
    plan = read_plan("a.docx", plan_in_tables())
    assert (plan.head.number, plan.head.issuer) == ("9/KH-CĐP", "CÔNG ĐOÀN PHƯỜNG AN HÒA")
    assert plan.head.title == "Thực hiện chỉ tiêu công đoàn năm 2026"
    assert [(t.indicator, int(t.goal), t.unit) for t in plan.targets] == [
        ("doan_vien_moi", 1060, "đoàn viên"),
        ("ty_le_cdcs_vung_manh", 85, "%"),
    ]
    assert [(t.group, t.group_title, t.text, t.when, t.assignees) for t in plan.tasks] == [
        ("I", "Tuyên truyền", "Hội thi", "Quý II", ("Ban A",)),
        ("II", "Chăm lo", "Tặng quà", "Thường xuyên", ()),
        ("II", "Chăm lo", "Thăm hỏi", "Thường xuyên", ("Ban B",)),
    ]
    assert plan.warnings == ()


def zipped(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    buffer = BytesIO(word_file("KẾ HOẠCH"))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped(**{"xl/workbook.xml": b"<a/>"}), "unknown-file"),
        (zipped(), "unreadable-file"),
        (zipped(**{"word/document.xml": b"<a/>"}), "unreadable-file"),
        (word_file("KẾ HOẠCH")[:-40], "unreadable-file"),
        (with_part("word/vbaProject.bin", b"x"), "unsafe-file"),
        (with_part("word/big.xml", bytes(MAX_XML_BYTES + 1)), "unsafe-file"),
        (zipped(**{"word/document.xml": b"", **{f"word/{i}": b"" for i in range(MAX_PARTS)}}), "unsafe-file"),
    ],
    ids=["spreadsheet", "empty zip", "no package", "cut off", "macros", "bomb", "many parts"],
)
def test_it_refuses_what_is_unsafe_or_broken(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_plan("ke-hoach.docx", content)
    assert (caught.value.code, caught.value.values["name"]) == (code, "ke-hoach.docx")


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/numbering.xml", "[Content_Types].xml", "_rels/.rels"]
)
@pytest.mark.parametrize("broken", [b"", b"<a", b"<a/>"])
def test_a_damaged_part_is_one_plain_error(part: str, broken: bytes) -> None:
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH", style="List Bullet")
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(saved(document))) as whole, zipfile.ZipFile(buffer, "w") as file:
        for name in whole.namelist():
            file.writestr(name, broken if name == part else whole.read(name))
    with pytest.raises(InputError):
        read_plan("ke-hoach.docx", buffer.getvalue())


def test_a_bold_heading_needs_no_capitals() -> None:
    document = docx.Document()
    document.add_paragraph("Kế hoạch công tác năm 2026")
    document.add_heading("Chỉ tiêu", 1)
    document.add_paragraph("Kết nạp 10 đoàn viên.", style="List Bullet")
    document.add_heading("Nhiệm vụ", 1)
    document.add_paragraph("Mở lớp.", style="List Bullet")
    plan = read_plan("a.docx", saved(document))
    assert [target.goal for target in plan.targets] == [10]
    assert [(task.group_title, task.text) for task in plan.tasks] == [("Nhiệm vụ", "Mở lớp")]
    assert "Nhóm “Nhiệm vụ” không ghi thời gian thực hiện nên em tính cả năm 2026." in plan.warnings
