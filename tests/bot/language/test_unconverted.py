"""Letters that a keyboard left unconverted: what is mended, and what is left alone."""

from __future__ import annotations

import pytest

from bot.language.tokens import tokenise
from bot.language.unconverted import mend_letters


def _read(line: str) -> str:
    return " ".join(token.low for token in mend_letters(tokenise(line), line))


def test_what_a_token_spans_stays_as_written() -> None:
    line = "ket61 na5p 5 d9oa2n vie6n"
    assert [line[token.start : token.end] for token in mend_letters(tokenise(line), line)] == line.split()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("keets nạp 5 ddoàn viên", "kết nạp 5 đoàn viên"),
        ("hooij nghij nguwowif lao ddoongj", "hội nghị người lao động"),
        ("thoar uwowcs, ddaay laf quys 2", "thỏa ước, đây là quý 2"),
        ("Guwir baos caos thangs 3", "gửi báo cáo tháng 3"),
        ("ket61 na5p 5 d9oa2n vie6n mo71i", "kết nạp 5 đoàn viên mới"),
        ("k/n 5 đ/v", "kn 5 đv"),
    ],
)
def test_it_converts_what_the_keyboard_left(typed: str, meant: str) -> None:
    assert _read(typed) == _read(meant)


@pytest.mark.parametrize(
    "line",
    [
        "kết nạp 5 đoàn viên mới",
        "họp zoom ở room 2 với team sale",
        "ca3 5 bạn, to2 3 bạn, Q3 báo sau",
        "5 đ/c vô công đoàn ngày 12/4",
        "ms bs ths order shipper boss staff bar",
        "xoong nồi, soóc, boong tàu",
    ],
)
def test_it_leaves_other_lines_alone(line: str) -> None:
    assert _read(line) == " ".join(token.low for token in tokenise(line))
