from __future__ import annotations

import unicodedata

import pytest

from bot.language.normalise import MAX_LENGTH, fold, lower, tidy
from messages_vi.folding import bare


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  báo   cáo\tquý\u00a02  ", "báo cáo quý 2"),
        (unicodedata.normalize("NFD", "đối thoại"), "đối thoại"),
        ("“kết nạp” – 5…", '"kết nạp" - 5.'),
        ("kết\u200bnạp \ufeff5", "kếtnạp 5"),
        ("một\r\n\r\n  hai  \n\nba", "một\nhai\nba"),
        ("1️⃣ đối thoại", "1. đối thoại"),
        ("ĐV： ５", "ĐV: 5"),
        ("• kết nạp 3", "- kết nạp 3"),
    ],
)
def test_it_brings_a_text_into_one_form(text: str, expected: str) -> None:
    assert tidy(text) == expected


def test_it_keeps_a_bounded_part_of_a_very_long_text() -> None:
    assert len(tidy("a" * 50_000)) == MAX_LENGTH


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Nhaaa", "nha"),
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("QUÝ", "quý"),
        ("hoàng", "hoàng"),
        ("xoong", "xoong"),
        ("III", "iii"),
    ],
)
def test_it_writes_a_word_in_one_way(word: str, expected: str) -> None:
    assert lower(word) == expected


def test_it_drops_case_and_accents_for_comparing() -> None:
    assert fold("  Cty TNHH  Đường Bình Thuỷ ") == "cty tnhh duong binh thuy"
    assert bare("Ưu Đãi") == "uu dai"
