"""Files are judged by their bytes; dangerous ones are refused by name."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.files import EXTENSIONS, FileKind, decode_text, inspect, refusal
from domain.errors import InputError
from tests.bot.documents.sheets import HEAD, SCHOOL, archive, with_part, xlsx

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
LINE = "Biên bản đối thoại ngày 12/4, 33 người dự."


def docx() -> bytes:
    stream = BytesIO()
    document = Document()
    document.add_paragraph(LINE)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "content_type", "extension"),
    [
        ("anh.jpg", JPEG, "image/jpeg", "jpg"),
        ("anh.png", PNG, "image/png", "png"),
        ("ảnh.JPG", PNG, "image/png", "png"),
        ("khong-duoi", JPEG, "image/jpeg", "jpg"),
        ("a.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp", "webp"),
        ("IMG_0001.HEIC", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "image/heic", "heic"),
        ("qd.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "application/pdf", "pdf"),
        (
            "bb.docx",
            docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx",
        ),
        (
            "ds.xlsx",
            xlsx(HEAD, SCHOOL),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
        ("a.txt", LINE.encode(), "text/plain", "txt"),
        ("a.csv", LINE.encode("utf-8-sig"), "text/csv", "csv"),
        ("a.txt", LINE.encode("utf-16"), "text/plain", "txt"),
    ],
)
def test_it_names_the_kind_by_the_bytes(name: str, content: bytes, content_type: str, extension: str) -> None:
    assert inspect(name, content) == FileKind(content_type, extension)
    assert extension in EXTENSIONS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anh.jpg", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("anh.jpg", b"\x7fELF\x02\x01\x01\x00"),
        ("baocao.pdf.exe", b"%PDF-1.7"),
        ("baocao.pdf.exe. ", b"%PDF-1.7"),
        ("C:\\tam\\chay.bat", b"echo xin chao"),
        ("chay.ps1", b"Write-Host xin chao"),
        ("a.txt", b"#!/bin/sh\necho a"),
        ("a.txt", b"  \n<!DOCTYPE html><p>a</p>"),
        ("a.txt", "Chào anh chị <script>alert(1)</script>".encode("utf-16")),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.svg", LINE.encode()),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00"),
        ("a.pdf", b"7z\xbc\xaf\x27\x1c\x00\x04"),
        ("a.pdf", b"\x1f\x8b\x08\x00"),
        ("a.pdf", b"a.txt".ljust(257, b"\0") + b"ustar\x0000"),
        ("anh.docx", archive({"anh.jpg": JPEG})),
        ("bb.docm", docx()),
        ("bb.docx", with_part(docx(), "word/vbaProject.bin", None, b"x")),
        (
            "ds.xlsx",
            with_part(
                xlsx(HEAD),
                "[Content_Types].xml",
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            ),
        ),
    ],
)
def test_it_refuses_programs_archives_macros_and_pages(name: str, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        inspect(name, content)
    assert caught.value.code == "unsafe-file"
    assert caught.value.values == {"name": name}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"),
        ("a.rtf", b"{\\rtf1\\ansi}"),
        ("a.jpg", b""),
        ("a.txt", b" \n\t"),
        ("a.bin", bytes(range(256))),
    ],
)
def test_it_does_not_know_other_kinds(name: str, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        inspect(name, content)
    assert caught.value.code == "unknown-file"


def test_it_refuses_a_large_file_before_looking_inside() -> None:
    with pytest.raises(InputError) as caught:
        inspect("anh.jpg", JPEG + bytes(100), max_bytes=100)
    assert (caught.value.code, caught.value.values) == ("file-too-large", {"name": "anh.jpg", "limit": 100})


def test_a_file_that_swells_when_unpacked_is_too_large() -> None:
    bomb = with_part(docx(), "word/media/a.bmp", None, bytes(101_000_000))
    assert len(bomb) < 1_000_000
    with pytest.raises(InputError) as caught:
        inspect("bb.docx", bomb)
    assert caught.value.code == "file-too-large"


def test_a_damaged_document_is_unreadable() -> None:
    with pytest.raises(InputError) as caught:
        inspect("bb.docx", docx()[:-200])
    assert caught.value.code == "unreadable-file"


@given(st.binary(max_size=600), st.sampled_from(["a.txt", "a.jpg", "a.docx", ""]))
def test_whatever_comes_it_is_a_known_kind_or_refused(content: bytes, name: str) -> None:
    try:
        outcome = inspect(name, content).extension
    except InputError as error:
        outcome = error.code if refusal(error) else "unsaid"
    assert outcome in {*EXTENSIONS, "unsafe-file", "unknown-file", "unreadable-file", "file-too-large"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_decoded_and_composed_whatever_its_encoding(encoding: str) -> None:
    assert decode_text(unicodedata.normalize("NFD", LINE).encode(encoding)) == LINE


def test_text_of_the_old_vietnamese_code_page_is_decoded() -> None:
    # That page writes ố as ô with a tone mark behind it.
    old = "Biên ba\u0309n đô\u0301i thoa\u0323i"
    assert decode_text(old.encode("cp1258")) == "Biên bản đối thoại"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            InputError("file-too-large", name="a.jpg", limit=20_000_000),
            "Tệp a.jpg lớn hơn 20 MB nên em chưa nhận được. Anh/chị chụp lại hoặc chia nhỏ giúp em.",
        ),
        (
            InputError("file-too-large", name="a.xlsx", rows=10_000),
            "Tệp a.xlsx quá lớn nên em chưa đọc. Anh/chị chia thành vài tệp nhỏ giúp em.",
        ),
        (
            InputError("unsafe-file", name="a.exe"),
            "Tệp a.exe thuộc loại có thể chứa chương trình nên em không nhận. "
            "Anh/chị gửi ảnh, PDF, Word (.docx) hoặc Excel (.xlsx) giúp em.",
        ),
        (
            InputError("unknown-file", name="a.doc"),
            "Em chưa đọc được loại tệp này: a.doc. "
            "Anh/chị gửi ảnh, PDF, Word (.docx) hoặc Excel (.xlsx) giúp em.",
        ),
        (
            InputError("unreadable-file", name="a.docx"),
            "Tệp a.docx bị hỏng hoặc đang đặt mật khẩu nên em không mở được. "
            "Anh/chị lưu lại rồi gửi giúp em.",
        ),
        (InputError("no_workdays"), None),
    ],
)
def test_a_refusal_names_the_file_and_says_what_to_do(error: InputError, said: str | None) -> None:
    assert refusal(error) == said
