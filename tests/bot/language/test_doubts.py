"""Lines whose reading would leave something unexplained are asked about."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language.reader import understand

TODAY = date(2024, 4, 15)


@pytest.mark.parametrize(
    ("line", "question", "labels"),
    [
        (
            "bên em hay đối thoại lắm, tháng này làm được 4 buổi",
            "Chính xác là bao nhiêu ạ?",
            ("1 cuộc đối thoại", "4 cuộc đối thoại", "Để nhắn lại"),
        ),
        (
            "thỏa ước ký mới 640",
            "Chính xác là bao nhiêu ạ?",
            ("Là 640", "Là 1", "Để nhắn lại"),
        ),
    ],
)
def test_it_asks_about_what_the_reading_leaves_over(
    line: str, question: str, labels: tuple[str, ...]
) -> None:
    ask = understand(line, TODAY).ask
    assert ask is not None
    assert ask.question == question
    assert tuple(label for label, _ in ask.choices) == labels


@pytest.mark.parametrize(
    "line",
    [
        "đoàn viên mới: 6, tổng 140",
        "phường em có 12 doanh nghiệp tổ chức đối thoại",
        "kết nạp 5 bạn, em đếm đi đếm lại 3 lần rồi, tổng cộng 5",
        "xưởng sấy kết nạp 4, xưởng lột 3, tổng 7",
    ],
)
def test_it_does_not_ask_about_what_is_explained(line: str) -> None:
    assert understand(line, TODAY).ask is None


def test_an_ending_line_break_is_no_word() -> None:
    assert understand("KE\r0", TODAY).items == ()
