from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.planreader.reader import MAX_BYTES, MAX_PARAGRAPHS, read_plan
from bot.planreader.toml_plan import dump_plan, parse_plan
from domain.errors import InputError
from domain.plan import Measure, YearPlan
from tests.bot.planreader.samples import TEXT, WINDOWS, plan_text, saved

EXAMPLE = Path(__file__).parents[3] / "examples" / "ke-hoach-2024.toml"
TARGETS = [
    ("doan_vien_moi", Decimal(106), "đoàn viên", Measure.SUM),
    ("cdcs_10_25", Decimal(100), "%", Measure.SHARE_OF_ELIGIBLE),
    ("cdcs_25", Decimal(100), "%", Measure.SHARE_OF_ELIGIBLE),
    ("tuldtt", Decimal(1), "doanh nghiệp", Measure.DISTINCT_UNITS),
    ("hoi_nghi_nld", Decimal(20), "doanh nghiệp", Measure.DISTINCT_UNITS),
    ("doi_thoai", Decimal(21), "doanh nghiệp", Measure.DISTINCT_UNITS),
]
GROUPS = {"1": 4, "2": 3, "3": 2, "4": 6, "5": 3, "6": 2, "7": 4}


def facts(plan: YearPlan) -> tuple[object, ...]:
    return (
        [(t.indicator, t.goal, t.unit, t.measure) for t in plan.targets],
        [(t.group, t.when, t.start, t.end, t.recurring) for t in plan.tasks],
    )


def sample_as_word() -> bytes:
    """Return the sample as a Word file: automatic bullets, a head in a table, a title of centred lines."""
    document = docx.Document()
    for line in TEXT.replace("**", "").splitlines():
        if line.startswith("- "):
            document.add_paragraph(line[2:], style="List Bullet")
        elif line:
            document.add_paragraph(line)
    return saved(document)


def test_it_reads_the_head_of_the_sample() -> None:
    head = read_plan("ke-hoach-mau.txt", TEXT.encode()).head
    assert (head.number, head.date, head.year) == ("07/KH-CĐP", date(2024, 4, 1), 2024)
    assert head.issuer == "CÔNG ĐOÀN PHƯỜNG AN HÒA"
    assert head.title == (
        "Triển khai Chương trình công tác số 15-CTr/ĐU, ngày 18/02/2022 của Ban Thường vụ Đảng ủy phường"
        " An Hòa năm 2024"
    )


def test_it_reads_the_six_targets_and_the_windows_of_the_24_tasks() -> None:
    plan = read_plan("ke-hoach-mau.txt", TEXT.encode())
    assert facts(plan) == (TARGETS, WINDOWS)
    assert Counter(task.group for task in plan.tasks) == GROUPS
    assert [task.position for task in plan.tasks] == list(range(1, 25))


def test_it_warns_once_of_the_group_without_a_time() -> None:
    plan = read_plan("ke-hoach-mau.txt", TEXT.encode())
    assert plan.warnings == ("Nhóm 7 không ghi thời gian thực hiện nên em tính cả năm 2024.",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_encoding_and_the_form_of_the_letters_do_not_matter(encoding: str, form: str) -> None:
    text = unicodedata.normalize("NFC" if form == "NFC" else "NFD", TEXT)
    plan = read_plan("ke-hoach-mau.txt", text.replace("\n", "\r\n").encode(encoding))
    assert plan == read_plan("ke-hoach-mau.txt", TEXT.encode())


def test_it_reads_a_text_from_an_old_machine() -> None:
    # windows-1258 holds ê, ô, ơ, ư and the like as letters and the five tones as marks behind them.
    tones = dict.fromkeys("\u0300\u0301\u0303\u0309\u0323")
    split = "".join(
        unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        + "".join(c for c in parts if c in tones)
        for parts in (unicodedata.normalize("NFD", letter) for letter in TEXT)
    )
    assert read_plan("cu.txt", split.encode("cp1258")) == read_plan("moi.txt", TEXT.encode())


def test_it_reads_the_same_from_word_as_from_text() -> None:
    plan = read_plan("ke-hoach-mau.docx", sample_as_word())
    assert facts(plan) == (TARGETS, WINDOWS)
    assert Counter(task.group for task in plan.tasks) == GROUPS
    assert [task.text for task in plan.tasks] == [
        task.text for task in read_plan("ke-hoach-mau.txt", TEXT.encode()).tasks
    ]


def test_a_word_file_named_txt_is_read_as_what_it_is() -> None:
    assert len(read_plan("ke-hoach.txt", sample_as_word()).tasks) == 24


def test_the_example_is_a_plan_of_the_same_shape() -> None:
    plan = read_plan(EXAMPLE.name, EXAMPLE.read_bytes())
    assert facts(plan) == (TARGETS, WINDOWS)
    assert (plan.head.number, plan.head.date, plan.head.year) == ("31/KH-LĐLĐ", date(2024, 4, 1), 2024)


INVITATION = """CÔNG ĐOÀN PHƯỜNG AN HÒA
Số: 12/GM-CĐP

GIẤY MỜI

Kính gửi: Các công đoàn cơ sở
Thời gian: 8 giờ 00 ngày 12/4/2024
1. Nội dung: triển khai nhiệm vụ năm 2024
- Thảo luận chỉ tiêu kết nạp 106 đoàn viên.
"""
LETTER = """Kính gửi: Các công đoàn cơ sở
Công đoàn phường mời anh chị dự họp ngày 12/4/2024.
I. NHIỆM VỤ NĂM 2024
- Thảo luận kế hoạch.
"""
REPORT = """CÔNG ĐOÀN PHƯỜNG AN HÒA
Số: 12/BC-CĐP

Báo cáo kết quả hoạt động quý I năm 2024

I. KẾT QUẢ
- Kết nạp 20 đoàn viên, đạt 20/106 chỉ tiêu.
II. NHIỆM VỤ TRỌNG TÂM QUÝ II
- Tổ chức đối thoại.
Thời gian thực hiện: Quý II/2024
"""
EMPTY_PLAN = "KẾ HOẠCH\nHoạt động năm 2024\n\nI. MỤC ĐÍCH\n- Nâng cao chất lượng.\n"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("trong.txt", b"", "not-a-plan"),
        ("trong.docx", b"", "unreadable-file"),
        ("trong.toml", b"", "toml-fault"),
        ("rac.txt", bytes(range(256)) * 40, "unreadable-file"),
        ("rac.toml", bytes(range(256)) * 40, "unreadable-file"),
        ("anh.docx", b"\x89PNG\r\n\x1a\n" + bytes(500), "unreadable-file"),
        ("anh.txt", b"\xff\xd8\xff\xe0" + bytes(500), "unreadable-file"),
        ("hong.docx", b"PK\x03\x04" + b"abc" * 100, "unreadable-file"),
        ("ke-hoach.pdf", b"%PDF-1.7\n", "unreadable-file"),
        ("ke-hoach.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown-file"),
        ("ke-hoach.exe", TEXT.encode(), "unknown-file"),
        ("ke-hoach.docm", b"PK\x03\x04", "unsafe-file"),
        ("lon.txt", b"a" * (MAX_BYTES + 1), "file-too-large"),
        ("dai.txt", b"- a.\n" * (MAX_PARAGRAPHS + 1), "file-too-large"),
        ("mot-dong.txt", b"a" * 1_000_000, "file-too-large"),
        ("noi-nhau.txt", b"a\n" * 1_000_000, "file-too-large"),
        ("giay-moi.txt", INVITATION.encode(), "not-a-plan"),
        ("thu.txt", LETTER.encode(), "not-a-plan"),
        ("bao-cao.txt", REPORT.encode(), "not-a-plan"),
        ("bai-tho.txt", "Trăm năm trong cõi người ta".encode(), "not-a-plan"),
        ("trong-rong.txt", EMPTY_PLAN.encode(), "not-a-plan"),
        (
            "khong-nam.txt",
            b"K\xe1\xba\xbe HO\xe1\xba\xa0CH\n\nII. NHI\xe1\xbb\x86M V\xe1\xbb\xa4\n- A.\n",
            "no-year",
        ),
    ],
)
def test_what_is_no_plan_is_one_plain_error(name: str, content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_plan(name, content)
    assert caught.value.code == code
    assert caught.value.values["name"] == name


@given(name=st.sampled_from(["a.txt", "a.docx", "a.toml", "a.pdf", "a"]), content=st.binary(max_size=300))
def test_no_bytes_bring_it_down(name: str, content: bytes) -> None:
    with pytest.raises(InputError):
        read_plan(name, content)


PIECES = (
    "tháng 4|quý II|30/6|từ|đến|trước|5%|số 1-a|(|)|,|;|:|và|2 lần/năm|trong đó|Tết|mỗi suất 5 đồng"
    "|Giao Ban A|phối hợp|Hạn:|- |+ "
)
SOUP = st.lists(st.sampled_from(PIECES.split("|")), max_size=60)


@given(lines=st.lists(SOUP, max_size=8))
def test_words_of_plans_in_any_order_are_read_or_refused(lines: list[list[str]]) -> None:
    body = "\n".join("- " + " ".join(words) for words in lines)
    plan = read_plan("a.txt", plan_text(f"1. Nhóm\n- Mở lớp.\n{body}", f"- Kết nạp 5 đoàn viên.\n{body}"))
    assert all(task.start <= task.end and task.text for task in plan.tasks)
    assert parse_plan(dump_plan(plan)) == plan


LINES = st.sampled_from(
    [line for line in TEXT.splitlines() if line]
    + [
        "Thời gian thực hiện:",
        "+ Ý nhỏ",
        "a) Mục",
        "1.1. Mục",
        "Phân công: Ban A; Ban B",
        "100%; 5 đơn vị",
        "PHỤ LỤC",
    ]
)


@given(lines=st.lists(LINES, max_size=40))
def test_a_plan_with_its_lines_mixed_up_is_read_or_refused(lines: list[str]) -> None:
    try:
        plan = read_plan("a.txt", "\n".join(lines).encode())
    except InputError as error:
        refused: InputError | None = error
    else:
        refused = None
        assert plan.targets or plan.tasks
        assert all(task.start <= task.end and task.text for task in plan.tasks)
        assert len({target.indicator for target in plan.targets}) == len(plan.targets)
    assert refused is None or refused.code in ("not-a-plan", "no-year")


def test_a_section_of_another_name_is_not_lost_silently() -> None:
    text = plan_text(tasks="- Mở lớp.\nThời gian: Quý II\n\nV. KHÁC\n- Việc chưa rõ.")
    plan = read_plan("a.txt", text)
    assert (
        "Em chưa đọc phần V “KHÁC”; nếu phần này có nhiệm vụ thì thêm vào tệp .toml giúp em." in plan.warnings
    )
