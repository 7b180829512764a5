from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.planreader.pdf_file import MAX_PAGES, MAX_UNPACKED_BYTES
from bot.planreader.reader import read_plan
from domain.errors import InputError
from tests.bot.planreader.samples import TEXT

DATA = Path(__file__).parent / "data"
PROSE = (DATA / "ke-hoach-mau.pdf").read_bytes()
TABLES = (DATA / "bang-nhieu-trang.pdf").read_bytes()


def pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + end


def with_content(content: bytes, filters: bytes = b"") -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content),
    )


def test_it_reads_the_same_from_a_printed_page_as_from_text() -> None:
    assert read_plan("ke-hoach.pdf", PROSE) == read_plan("ke-hoach.txt", TEXT.encode())


def test_a_pdf_with_another_name_is_read_as_what_it_is() -> None:
    assert len(read_plan("ke-hoach.txt", PROSE).tasks) == 24


def test_a_table_over_several_pages_is_one_table() -> None:
    plan = read_plan("bang.pdf", TABLES)
    texts = [task.text for task in plan.tasks]
    assert len(texts) == 31
    assert texts[28] == (
        "Thăm hỏi, tặng quà đợt 28 cho đoàn viên có hoàn cảnh khó khăn, bị tai nạn lao động, bệnh nghề nghiệp"
    )
    assert {text.count("đợt") + text.count("chuyên đề") for text in texts} == {1}
    assert [task.group for task in plan.tasks] == ["I"] * 15 + ["II"] * 16
    assert {task.assignees for task in plan.tasks if task.group == "I"} == {
        ("Ban Tuyên giáo", "Công đoàn cơ sở (phối hợp)", "Đoàn Thanh niên (phối hợp)")
    }
    assert [(str(task.start), str(task.end)) for task in plan.tasks[15:17]] == [
        ("2026-04-01", "2026-04-30"),
        ("2026-08-01", "2026-08-31"),
    ]


def test_a_table_of_targets_gives_those_of_the_plan_and_not_last_years_results() -> None:
    plan = read_plan("bang.pdf", TABLES)
    assert [(target.text, str(target.goal), target.unit) for target in plan.targets] == [
        ("Kết nạp đoàn viên mới: 1.060 đoàn viên", "1060", "đoàn viên"),
        ("Số vụ ngừng việc không quá: 02 vụ", "2", "vụ"),
        ("Tỷ lệ CĐCS vững mạnh: ≥ 85,5 %", "85.5", "%"),
    ]


BOMB = zlib.compress(bytes(MAX_UNPACKED_BYTES + 1), 9)
LINES = b"".join(b"BT /F 12 Tf 60 %d Td (KE HOACH) Tj ET " % (800 - 20 * line) for line in range(9))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n", "unreadable-file"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "unreadable-file"),
        (PROSE[: len(PROSE) // 2], "unreadable-file"),
        ((DATA / "khoa-mat-khau.pdf").read_bytes(), "unreadable-file"),
        ((DATA / "khong-chu.pdf").read_bytes(), "no-text"),
        (with_content(b"0 0 m 100 100 l S"), "no-text"),
        (with_content(LINES), "not-a-plan"),
        (with_content(b"0 0 m " * 1_000_000), "file-too-large"),
        (
            with_content(b"BT /F 12 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 13_000 + b"ET"),
            "file-too-large",
        ),
        (b"%PDF-1.7\n" + b"stream\n" * 100_000, "unreadable-file"),
        (with_content(BOMB, b"/Filter/FlateDecode"), "unsafe-file"),
        (with_content(zlib.compress(BOMB), b"/Filter[/FlateDecode/FlateDecode]"), "unsafe-file"),
        (
            pdf(
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[%s]/Count 999>>" % (b"3 0 R " * (MAX_PAGES + 1)),
                b"<</Type/Page/MediaBox[0 0 9 9]>>",
            ),
            "no-text",
        ),
        (pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), "unreadable-file"),
    ],
    ids=[
        *(
            "empty",
            "rubbish",
            "cut off",
            "locked",
            "blank",
            "drawing",
            "no plan",
            "much drawing",
            "many letters",
            "streams without end",
            "bomb",
            "bomb in a bomb",
        ),
        *("one page many times", "pages inside themselves"),
    ],
)
def test_it_refuses_what_is_unsafe_or_broken(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_plan("ke-hoach.pdf", content)
    assert (caught.value.code, caught.value.values["name"]) == (code, "ke-hoach.pdf")


def test_too_many_pages_are_refused() -> None:
    pages = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * (MAX_PAGES + 1)
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + len(pages)))
    with pytest.raises(InputError) as caught:
        read_plan(
            "dai.pdf",
            pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count 151>>" % kids, *pages),
        )
    assert caught.value.code == "file-too-large"


@given(content=st.binary(max_size=400), cut=st.integers(0, 4000))
def test_no_damage_brings_it_down(content: bytes, cut: int) -> None:
    with pytest.raises(InputError):
        read_plan("ke-hoach.pdf", b"%PDF-1.4\n" + content)
    damaged = TABLES[:cut] + content + TABLES[cut + len(content) :][:3000]
    with pytest.raises(InputError):
        read_plan("ke-hoach.pdf", damaged)
