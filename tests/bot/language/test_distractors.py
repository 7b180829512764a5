"""Figures that count nothing: none of them may come near a result."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language.reader import read_tokens, understand
from bot.language.tokens import Kind
from domain.understanding import Intent

TODAY = date(2024, 6, 19)

NOISE = [
    "QĐ số 05/QĐ-CĐCS",
    "công văn 12",
    "Nghị định 145/2020/NĐ-CP",
    "theo quyết định số 7",
    "sđt 0912 345 678",
    "0912.345.678",
    "CCCD 072090001234",
    "8h30",
    "9 giờ",
    "15:30",
    "500k",
    "3tr5",
    "2 triệu",
    "45.600.000 đồng",
    "95%",
    "60 phần trăm",
    "năm 2024",
    "sinh năm 1996",
    "dưới 20 tuổi",
    "12 ý kiến",
    "7/8 kiến nghị",
    "32 suất quà",
    "8 đội",
    "chuyền 7",
    "tổ 3",
    "nhiệm vụ số 4",
    "lớp 5A",
    "thỏa ước 3 năm",
    "5 người/đợt",
    "đối thoại lần 2",
    "1.5",
]


@pytest.mark.parametrize("text", NOISE)
def test_it_leaves_no_number_of_a_distractor(text: str) -> None:
    assert [token.text for token in read_tokens(text, TODAY) if token.kind is Kind.NUMBER] == []


@pytest.mark.parametrize("text", [text for text in NOISE if "đối thoại" not in text])
def test_a_distractor_beside_a_figure_changes_nothing(text: str) -> None:
    reading = understand(f"Kết nạp 6 đoàn viên, {text}", TODAY)
    assert reading.intent is Intent.REPORT
    assert [(item.indicator, item.value) for item in reading.items] == [("doan_vien_moi", 6)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1. kết nạp 5\n2. đối thoại 1", [5, 1]),
        ("1/ đv mới: 08\n2/ đối thoại: 3", [8, 3]),
        ("xưởng 12 người", [12]),
        ("45/52 người dự", [45]),
        ("1.250 công nhân", [1250]),
        ("5đv", [5]),
        ("vừa kết nạp 5 đồng chí", [5]),
    ],
)
def test_it_keeps_the_numbers_that_may_count(text: str, values: list[int]) -> None:
    assert [token.value for token in read_tokens(text, TODAY) if token.kind is Kind.NUMBER] == values
