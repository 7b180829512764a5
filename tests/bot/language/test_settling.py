"""Wholes beside parts, figures under two headings, what came of plans, pictures, words run together."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language.glued import unglue
from bot.language.headings import read_headings
from bot.language.marking import mark
from bot.language.outcomes import settle_outcomes
from bot.language.pictures import spell
from bot.language.reader import read_tokens
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token, tokenise

TODAY = date(2024, 4, 15)


def _numbers(tokens: list[Token]) -> list[int | None]:
    return [token.value for token in tokens if token.kind is Kind.NUMBER]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kết nạp 6 thợ mộc, 3 thợ sơn, tổng 9", [9]),
        ("kết nạp 6 thợ mộc, 3 thợ sơn, tổng 10", [6, 3, 10]),
        ("6 thợ mộc + 3 thợ sơn = 9 đv mới", [9]),
        ("kết nạp 9 bạn: 6 mộc, 3 sơn", [9]),
        ("đv cũ 40, đv mới 9, tổng 49", [9]),
        ("thủ kho với 3 thợ sơn vô công đoàn, tổng 4", [4]),
        ("đối thoại 2, hội nghị 1, tổng 3", [2, 1, 3]),
    ],
)
def test_it_leaves_the_whole_where_parts_add_up_to_it(text: str, expected: list[int]) -> None:
    assert _numbers(read_tokens(text, TODAY)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ĐV mới/giảm: 9/4", [9]),
        ("kết nạp (nam/nữ): 4/5", [9]),
        ("ĐV mới (nữ/tổng): 4/9", [9]),
        ("kết nạp TH/KH: 9/12", [9]),
        ("hội nghị/đối thoại: 9/4", []),
    ],
)
def test_it_takes_the_number_that_counts_from_under_two_headings(text: str, expected: list[int]) -> None:
    assert _numbers(read_headings(mark(tokenise(text), text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("định kết nạp 12 mà rốt cuộc được 9", [9]),
        ("chỉ tiêu 12 đoàn viên, thực hiện 9", [9]),
        ("định kết nạp 12 trong tuần sau", [12]),
    ],
)
def test_it_takes_back_a_planned_number_that_was_outdone(text: str, expected: list[int]) -> None:
    assert _numbers(settle_outcomes(mark(tokenise(text), text))) == expected


def test_it_spells_pictures_that_carry_a_meaning() -> None:
    assert [token.low for token in spell(tokenise("👩 đv 5👩 ✅ thỏa ước ❌"))] == [
        "đv",
        "5",
        "nữ",
        "thỏa",
        "ước",
        "không",
    ]


def test_it_takes_back_the_number_that_is_crossed_out() -> None:
    tokens = spell(tokenise("đv mới 7 ❌ 9 ✅"))
    assert [token.value for token in tokens if token.has(Tag.OLD)] == [7]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kn9bạnhômqua", "kn 9 bạn hôm qua"),
        ("mã abcxyz12", "mã abcxyz 12"),
        ("bạnhôm qua", "bạnhôm qua"),
    ],
)
def test_it_cuts_only_known_words_that_touch_a_number(text: str, expected: str) -> None:
    assert " ".join(token.text for token in unglue(tokenise(text))) == expected
