"""Indicators that a new plan brings, read by the words that come with the lexicon."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language.lexicon import Extra, Lexicon, extended, lexicon
from bot.language.reader import understand
from domain.understanding import Intent

TODAY = date(2024, 6, 19)


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return extended(
        [
            Extra("qua_tang", (("suất", "quà"), ("quà", "tặng")), (("suất",), ("phần",)), ("tặng", "quà")),
            Extra("cay_xanh", (("cây", "xanh"),), (("cây",), ("cây", "xanh")), ("trồng",)),
        ]
    )


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("tặng 32 suất quà", [("qua_tang", 32)]),
        ("tang 32 suat qua", [("qua_tang", 32)]),
        ("đã tặng quà được 32 suất", [("qua_tang", 32)]),
        ("trồng 50 cây", [("cay_xanh", 50)]),
        ("trồng được năm mươi cây ạ", [("cay_xanh", 50)]),
        ("Trồng năm cây xanh", [("cay_xanh", 5)]),
        ("cây xanh: 40", [("cay_xanh", 40)]),
        ("kết nạp 5 đoàn viên, tặng 10 phần quà", [("doan_vien_moi", 5), ("qua_tang", 10)]),
        ("tặng 32 suất quà cho đoàn viên mới", [("qua_tang", 32)]),
        ("tặng 32 suất quà, trồng 50 cây xanh", [("qua_tang", 32), ("cay_xanh", 50)]),
        ("dự kiến tặng 32 suất quà", []),
        ("chưa trồng được cây nào", []),
        ("tặng 32 suất quà được không chị?", []),
        ("ngã 3 cây", []),
        ("tháng 5 có 50 cây bị đổ", []),
    ],
)
def test_it_reads_an_indicator_of_a_new_plan(text: str, items: list[tuple[str, int]], words: Lexicon) -> None:
    reading = understand(text, TODAY, words=words)
    assert sorted((item.indicator, item.value) for item in reading.items) == sorted(items)
    assert reading.ask is None
    assert (reading.intent is Intent.REPORT) == bool(items)


def test_it_gives_such_an_item_its_day_its_place_and_its_words(words: Lexicon) -> None:
    reading = understand("Hôm qua tặng 32 suất quà tại cty Sao Mai", TODAY, words=words)
    (item,) = reading.items
    assert (item.on, item.place) == (date(2024, 6, 18), "cty Sao Mai")
    assert [reading.text[start:end] for start, end in item.spans] == ["32 suất quà"]


def test_it_says_that_such_an_indicator_is_nil(words: Lexicon) -> None:
    assert understand("đối thoại 1 lần, quà tặng không có", TODAY, words=words).zeros == ("qua_tang",)


def test_the_built_in_words_know_no_such_indicator() -> None:
    assert lexicon().extras == ()
    assert understand("tặng 32 suất quà", TODAY).items == ()
