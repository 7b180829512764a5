"""Names, ID numbers and telephone numbers are not kept; the count is, and so are names of workplaces."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.report_privacy import Private, masked, masked_but_telephone, private_in, speaks_of_id_cards

NAMES = ("Nguyễn Thị Anh", "Trần Văn Bình", "Lê Thị Cúc", "Huỳnh Ngọc Diễm", "Võ Thanh Em")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("kết nạp 5 ngày 12/4/2024", "kết nạp 5 ngày 12/4/2024"),
        ("Lê A, CCCD 072099001234, đt 0912.345.678", "…, CCCD …, đt …"),
        ("số 0912 345 678 nhé", "số … nhé"),
        ("kết nạp 2: Nguyễn Thị Anh, Trần Văn Bình", "kết nạp 2: …, …"),
        ("Kết nạp:\n1. Nguyễn Thị Anh\n2. Trần Văn Bình", "Kết nạp:\n1. …\n2. …"),
        ("ket nap nguyen thi anh, tran van binh", "ket nap …, …"),
        ("DANH SÁCH NGUYỄN THỊ ANH, TRẦN VĂN BÌNH", "DANH SÁCH …, …"),
        (
            "Cô Lan nghỉ hưu, thầy Tú chuyển về, kết nạp cô Mai",
            "Cô … nghỉ hưu, thầy … chuyển về, kết nạp cô …",
        ),
        ("chị Thu ơi kết nạp 5", "chị Thu ơi kết nạp 5"),
        ("trường TH Nguyễn Huệ kết nạp 2", "trường TH Nguyễn Huệ kết nạp 2"),
        ("CĐCS Trường Tiểu học Võ Thị Sáu", "CĐCS Trường Tiểu học Võ Thị Sáu"),
        ("LĐLĐ huyện Dương Minh Châu", "LĐLĐ huyện Dương Minh Châu"),
        ("cty Hoàng Phát đối thoại", "cty Hoàng Phát đối thoại"),
        ("KẾT NẠP 5 ĐOÀN VIÊN MỚI CHÂU THÀNH", "KẾT NẠP 5 ĐOÀN VIÊN MỚI CHÂU THÀNH"),
    ],
)
def test_what_is_about_a_person_is_not_kept(text: str, kept: str) -> None:
    assert masked(text) == kept


@given(st.text(alphabet="0123456789 .-a\n", max_size=60))
def test_no_nine_digits_in_a_row_are_ever_kept(text: str) -> None:
    digits = re.sub(r"(?<=\d)[ .\-](?=\d)", "", masked(text))
    assert re.search(r"\d{9}", digits) is None


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=12),
    st.sampled_from([", ", "; ", "\n", " và ", " 1990, "]),
    st.sampled_from(["", "kết nạp 3 đoàn viên gồm ", "Danh sách: ", "Đồng ý kết nạp\n"]),
)
def test_no_name_of_a_list_is_ever_kept(names: list[str], between: str, before: str) -> None:
    text = before + between.join(names)
    assert not any(name in masked(text) for name in NAMES)
    assert private_in(text) == Private(names=len(names), papers=0)


@given(st.text(max_size=200))
def test_any_text_can_be_masked_again(text: str) -> None:
    assert masked(masked(text)) == masked(text)


def test_a_number_to_call_at_once_stays_but_no_papers() -> None:
    text = "gọi 0912345678, CCCD 072099001234 của Nguyễn Thị Anh"
    assert masked_but_telephone(text) == "gọi 0912345678, CCCD … của …"


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Nguyễn Thị Anh, Trần Văn Bình", True),
        ("CCCD 072099001234", True),
        ("người phụ trách: Nguyễn Thị Anh", False),
        ("kết nạp 5, gọi 0912345678", False),
    ],
)
def test_a_list_is_two_names_or_the_number_of_papers(text: str, listed: bool) -> None:
    assert private_in(text).is_list is listed


@pytest.mark.parametrize(
    ("text", "spoken"), [("ảnh CCCD nè", True), ("anh can cuoc", True), ("biên bản", False)]
)
def test_a_word_about_identity_cards_is_noticed(text: str, spoken: bool) -> None:
    assert speaks_of_id_cards(text) is spoken
