"""The words behind a reading, by their places in the text as it came in."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.language.explain import Explanation, How, Piece, explain
from bot.language.lexicon import Extra, extended
from bot.language.origins import Origins
from bot.language.reader import understand
from domain.understanding import Item

TODAY = date(2024, 6, 19)
LINES = [
    json.loads(line)
    for line in (Path(__file__).parent / "lines.jsonl").read_text(encoding="utf-8").splitlines()
]
_WITHOUT_PARTS = {How.EVENT, How.ONE_OF, How.WITHDRAWN}


def _explained(text: str, previous: tuple[Item, ...] = ()) -> Explanation:
    return explain(text, TODAY, understand(text, TODAY, previous), previous)


def _words(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces]


def _parts(found: Explanation) -> list[tuple[str, list[tuple[str | None, int]]]]:
    return [
        (why.how.value, [(part.piece.text if part.piece else None, part.value) for part in why.parts])
        for why in found.items
    ]


@pytest.mark.parametrize(
    ("text", "how", "parts"),
    [
        ("kết nạp 5 đoàn viên", "written", [("5 đoàn viên", 5)]),
        ("kết nạp hai mươi mốt bạn", "written", [("hai mươi mốt bạn", 21)]),
        ("10 nam 5 nữ mới vô công đoàn", "sum", [("10 nam", 10), ("5 nữ", 5)]),
        ("kết nạp 2 cặp vợ chồng", "pairs", [("2 cặp vợ chồng", 4)]),
        ("kết nạp cô Hạnh với thầy Dũng rồi", "named", [("cô", 1), ("thầy", 1)]),
        ("hôm qua đối thoại", "event", []),
        ("đối thoại tháng 5: 01 cuộc, tháng 6: 01 cuộc", "sum", [("01 cuộc", 1), ("01 cuộc", 1)]),
        ("đv từ 45 lên 52", "difference", [("52", 52), ("45", -45)]),
        ("em báo 5 đoàn viên, còn sót 2 bạn", "changed", [("5", 5), ("2", 2)]),
        ("rút tin kết nạp hồi sáng giùm, chưa có quyết định", "withdrawn", []),
        ("*9", "written", [("9", 9)]),
    ],
)
def test_it_shows_the_numbers_of_a_figure_and_how_they_go_together(
    text: str, how: str, parts: list[tuple[str | None, int]]
) -> None:
    assert _parts(_explained(text)) == [(how, parts)]


def test_it_shows_what_comes_from_the_last_report() -> None:
    last = (Item("doi_thoai", 3, date(2024, 6, 10)),)
    assert _parts(_explained("thêm 2 nữa", last)) == [("changed", [(None, 3), ("2", 2)])]
    assert _parts(_explained("bớt 1", last)) == [("changed", [(None, 3), ("1", -1)])]
    assert _parts(_explained("bớt 9", last)) == [("changed", [(None, 3), ("9", -3)])]
    assert _parts(_explained("sửa ngày 10/6 thành 11/6", last)) == [("kept", [(None, 3)])]


def test_it_shows_the_number_that_stands_with_its_place() -> None:
    found = _explained("đối thoại 3 lần, công ty Sao Mai 2 lần, công ty Phú Hưng 1 lần")
    assert _parts(found)[0] == ("written", [("2", 2)])


def test_it_shows_each_of_two_events_that_share_one_number() -> None:
    found = _explained("đối thoại 2 lần, ngày 3/6 và 10/6")
    assert _parts(found) == [("one_of", [("2 lần", 2)])] * 2
    assert [_words(why.days) for why in found.items] == [["ngày 3/6"], ["10/6"]]


def test_it_shows_the_words_of_indicator_day_place_and_people() -> None:
    (why,) = _explained("Hôm qua đối thoại định kỳ tại cty Sao Mai, dự 40 người").items
    assert _words(why.words) == ["đối thoại"]
    assert _words(why.days) == ["Hôm qua"]
    assert _words(why.places) == ["cty Sao Mai"]
    assert _words(why.people) == ["40 người"]


def test_it_shows_the_list_number_where_the_form_is_answered() -> None:
    found = _explained("1. 12\n2. 0\n3. 0\n4. 0\n5. 0\n6. 1")
    assert [(why.item.indicator, _words(why.words)) for why in found.items] == [
        ("doan_vien_moi", ["1"]),
        ("doi_thoai", ["6"]),
    ]


@pytest.mark.parametrize(
    ("text", "words", "as_what"),
    [
        ("kết nạp 5 đv theo QĐ số 12/QĐ-LĐLĐ", "12/QĐ-LĐLĐ", "document"),
        ("kết nạp 5 đv, gọi em 0912345678", "0912345678", "phone"),
        ("kết nạp 5 đv năm 2024", "năm 2024", "time"),
        ("kết nạp 5 đv lúc 8h", "8h", "hour"),
        ("kết nạp 5 đv, chi 500k", "500k", "money"),
        ("kết nạp 5 bạn 22 tuổi", "22", "age"),
        ("kết nạp 5 đv, đạt 95%", "95%", "share"),
        ("kết nạp 5 đv ở chuyền 3", "3", "label"),
        ("đối thoại hôm qua, 12 ý kiến", "12", "thing"),
        ("đối thoại hôm qua, tổng số lao động 120", "120", "stock"),
        ("sửa 5 thành 7 đoàn viên mới", "5", "taken_back"),
        ("kết nạp 5 đv, nghỉ 2", "2", "loss"),
        ("dự kiến kết nạp 10 đoàn viên", "10", "plan"),
        ("kết nạp 10 đoàn viên được không chị?", "10", "question"),
        ("đv mới 5, đối thoại 0", "0", "zero"),
        ("kết nạp 5 đv, trong đó 3 nữ", "3", "part"),
        ("đoàn viên 248, kết nạp mới 6", "248", "stock"),
        ("1. kết nạp 5 đv", "1", "list_number"),
        ("tháng 5 kết nạp 5 đv", "tháng 5", "time"),
        ("kết nạp -5 đoàn viên", "-5", "uncountable"),
        ("ra mắt cđcs dưới 25 lao động hôm qua", "dưới 25 lao động", "class_limit"),
        ("kết nạp 5 đv ngày 30/2", "ngày 30/2", "impossible_day"),
        ("xong 3", "3", "answer"),
    ],
)
def test_it_says_what_each_other_number_was_taken_for(text: str, words: str, as_what: str) -> None:
    assert (words, as_what) in [(one.piece.text, one.as_what.value) for one in _explained(text).passed]


@pytest.mark.parametrize(
    ("text", "differing"),
    [
        ("kết nạp hai ba bạn", ("value",)),
        ("vô 9 ra 4", ("indicator",)),
        ("đoàn viên 24, đối thoại 1 lần", ("counts",)),
        ("thành lập mới 1 CĐCS nha chị", ("indicator",)),
        ("[ảnh] biên bản đối thoại ngày 6/6", ("on",)),
        ("kết nạp 5 đoàn viên", ()),
    ],
)
def test_it_says_in_what_the_readings_of_a_question_differ(text: str, differing: tuple[str, ...]) -> None:
    assert _explained(text).differing == differing


@pytest.mark.parametrize(
    "shape",
    [
        str,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: "\ufeff  " + text.replace(" ", " \u200b\u00a0 "),
        lambda text: "\u200b".join(text),
        lambda text: "😀️ " + text.replace(",", "，"),
    ],
)
def test_its_offsets_are_those_of_the_text_as_it_came_in(shape: Any) -> None:
    text = shape("kết nạp 10 nam 5 nữ hôm qua tại công ty Sao Mai, đối thoại 3 lần")
    whole = _explained(text)
    assert [(why.item.indicator, why.item.value) for why in whole.items][:1] == [("doan_vien_moi", 15)]
    pieces = [
        piece
        for why in whole.items
        for piece in (*why.words, *why.days, *why.places, *(part.piece for part in why.parts if part.piece))
    ]
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    plain = {"".join(Origins(piece.text).line.lower().split()) for piece in pieces}
    assert {"kếtnạp", "10nam", "5nữ", "hômqua", "côngtysaomai"} <= plain


def test_a_keycap_leads_to_the_whole_sign() -> None:
    text = "1️⃣ 12 2️⃣ 0 3️⃣ 0 4️⃣ 0 5️⃣ 0 6️⃣ 1"
    found = _explained(text)
    assert [_words(why.words) for why in found.items] == [["1️⃣"], ["6️⃣"]]


@pytest.mark.parametrize("line", LINES, ids=[line["id"] for line in LINES])
def test_every_figure_of_a_known_line_is_accounted_for(line: dict[str, Any]) -> None:
    text, today = line["text"], date.fromisoformat(line["today"])
    for why in explain(text, today, understand(text, today)).items:
        if why.how not in _WITHOUT_PARTS:
            assert sum(part.value for part in why.parts) == why.item.value
        if why.how in (How.EVENT, How.ONE_OF):
            assert why.item.value == 1
        assert bool(why.days) == (why.item.on is not None)
        assert bool(why.places) == (why.item.place is not None)
        assert bool(why.people) == (why.item.people is not None)


def test_it_explains_an_indicator_of_the_office() -> None:
    words = extended([Extra("qua_tang", (("suất", "quà"),))])
    text = "Tặng 32 suất quà"
    (why,) = explain(text, TODAY, understand(text, TODAY, (), words), (), words).items
    assert (why.how, _words(why.words), why.parts[0].value) == (How.WRITTEN, ["suất quà"], 32)
