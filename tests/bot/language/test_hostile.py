"""Texts that nobody writes, and some do: whatever comes in is read, and no figure comes out of nothing.

Every value printed stands in the text, or is the sum of the parts that the explanation shows, or is the 1 of
an event without a number. How long that takes is measured by the benchmark.
"""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.language.contract import read_line
from bot.language.explain import How, Why, explain
from bot.language.origins import Origins
from bot.language.passed import PassedAs
from bot.language.reader import understand
from domain.understanding import Item

TODAY = date(2024, 6, 19)
LAST = (Item("doan_vien_moi", 5, date(2024, 6, 12)), Item("doi_thoai", 3, date(2024, 6, 10)))

_WORDS = st.sampled_from(
    [
        "kết nạp", "ket nap", "đoàn viên mới", "đv", "đối thoại", "hội nghị nlđ", "thỏa ước", "cđcs",
        "ra mắt", "ký mới", "tổng", "trong đó", "nam", "nữ", "cặp", "người", "lần", "cuộc", "công ty Sao Mai",
        "hôm qua", "12/6", "ngày 10", "tháng 5", "5", "05", "1.250", "hai mươi mốt", "chục rưỡi", "3/12",
        "-5", "5,5",
        "99999999999", "sửa", "thành", "thêm", "nữa", "bớt", "nhầm", "không phải", "rút", "còn", "em báo",
        "từ", "lên", "nay", "lũy kế", ",", ".", ":", "(", ")", "?", "\n", "-", "1.", "2)", "và", "+", "không",
        "chưa", "anh Ba", "cô Hạnh", "24", "25 lđ", "dưới 25", "bên may", "bên gỗ",
    ]
)  # fmt: skip
_ODD = st.sampled_from(
    [
        "\u200b", "\u200d", "\ufeff", "\u202e", "\u2066", "\u00ad", "\x00", "\x1b[31m", "\ud800", "\udfff",
        "😀", "👨‍👩‍👧", "1️⃣", "🇻🇳", "e\u0301\u0302\u0303", "\u0301" * 20, "٥", "५", "５", "Ⅴ", "²", "½",
        "К", "о", "ⅹ", "kеt nạp", "ԁoàn viên", "שלום", "مرحبا 5", "한국", "中文五", "ﬁ", "ß", "İ", "\t", "\r",
        "\u2028", "\u3000", "{", "}", '"', "\\", "<b>", "&amp;", "%s", "{0}", "';--",
    ]
)  # fmt: skip
_PIECES = st.one_of(_WORDS, _ODD, st.text(max_size=5), st.integers(0, 10**30).map(str))
LINES = st.tuples(st.lists(_PIECES, max_size=16), st.sampled_from([" ", "", ", ", "\u200b", "\n"])).map(
    lambda given: given[1].join(given[0])
)
REPEATED = st.tuples(_PIECES, st.integers(1, 60), _PIECES).map(
    lambda given: f"{given[0]} " * given[1] + given[2]
)


def _is_accounted_for(why: Why) -> bool:
    if why.how in (How.EVENT, How.ONE_OF):
        return why.item.value == 1
    if why.how is How.WITHDRAWN:
        return why.item.value == 0
    return sum(part.value for part in why.parts) == why.item.value


def _check(text: str, previous: tuple[Item, ...] = ()) -> None:
    reading = understand(text, TODAY, previous)
    found = explain(text, TODAY, reading, previous)
    assert len(found.items) == len(reading.items)
    for why in found.items:
        assert _is_accounted_for(why), why
        pieces = (*why.words, *why.days, *why.places, *why.people)
        for piece in (*pieces, *(part.piece for part in why.parts if part.piece is not None)):
            assert text[piece.start : piece.end] == piece.text
            assert piece.text
    for one in found.passed:
        assert text[one.piece.start : one.piece.end] == one.piece.text
        assert one.as_what in PassedAs


@given(LINES)
@settings(max_examples=400, deadline=None)
@example("đối thoại tháng 5: 1 cuộc, tháng 6: 1 cuộc")
@example("kết nạp 2 cặp, 1 nam")
@example("kết nạp cô Hạnh và thầy Dũng")
@example("em báo 5 đoàn viên, còn sót 2 bạn, trùng 1")
@example("lũy kế đến nay 30 đv, quý trước báo 18")
def test_every_figure_stands_in_the_text_or_adds_up_from_it(text: str) -> None:
    _check(text)


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_a_change_of_the_last_report_adds_up_too(text: str) -> None:
    _check(text, LAST)
    _check(text, LAST[:1])


@given(REPEATED)
@settings(max_examples=150, deadline=None)
def test_words_said_over_and_over_give_nothing_out_of_nothing(text: str) -> None:
    _check(text)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_answered_in_the_form_of_the_contract(text: str) -> None:
    line = json.dumps({"text": text})
    assert {"id", "intent", "items", "ask", "explain"} <= read_line(line, TODAY, explained=True).keys()


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_the_letters_of_a_tidy_line_come_from_the_text_in_its_order(text: str) -> None:
    found = Origins(text)
    spans = [found.span(at, at + 1) for at, letter in enumerate(found.line) if not letter.isspace()]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "kết nạp " + "9" * 5000,
        "kết nạp 1" + ".000" * 1900,
        "kết nạp " + "9," * 4000,
        "kết nạp 5" + "/5" * 3000,
        "1." * 4000,
        "😀" * 10_000,
        "\u202e" * 10_000 + "kết nạp 5",
        "\u200b" * 7990 + "kết nạp 5 đv",
        "a\u0301" * 5000,
        "kết nạp năm" + " mươi" * 500,
        "một " * 2000,
        "trăm " * 1500 + "đoàn viên",
        "(" * 3000 + "kết nạp 5" + ")" * 3000,
        "\x00\x01\x02\xff\xfe" * 500,
        "kết nạp 5 người\n" * 500,
        "KẾT NẠP 5 NGƯỜI " * 100,
    ],
    ids=lambda text: repr(text[:14]),
)
def test_a_flood_of_anything_is_read_to_its_end(text: str) -> None:
    _check(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("kết nạp " + "9" * 5000, []),
        ("kết nạp 5 đv" + " 😀" * 500, [5]),
        ("\u202ekết nạp\u202c 5\u200b đoàn\u00ad viên", [5]),
        ("k\u0065\u0302\u0301t na\u0323p 5 \u0111oa\u0300n vie\u0302n", [5]),
        ("kết nạp ５ đoàn viên", [5]),
        ("kết nạp ٥ đoàn viên", [5]),
    ],
)
def test_odd_signs_neither_add_nor_hide_a_figure(text: str, values: list[int]) -> None:
    assert [item.value for item in understand(text, TODAY).items] == values
