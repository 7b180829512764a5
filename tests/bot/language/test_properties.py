"""What holds for every text: it is read without an error, and its form does not change its figures."""

from __future__ import annotations

import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.answers import chosen, command, count_in, date_in, is_nil, numbers_in
from bot.language.contract import as_json, read_line
from bot.language.normalise import fold, tidy
from bot.language.reader import understand
from domain.understanding import Reading
from messages_vi.folding import bare

TODAY = date(2024, 6, 19)
WORDS = st.sampled_from(
    [
        "kết nạp", "đoàn viên mới", "đv", "5", "05", "1.250", "hai mươi mốt", "hăm ba", "chục rưỡi",
        "đối thoại", "hội nghị nlđ", "thỏa ước", "cđcs", "thành lập", "12/6", "ngày 10", "hôm qua",
        "thứ sáu", "tuần trước", "tháng 5", "quý 2", "cty Sao Mai", "trường em", "không", "chưa", "có",
        "đã", "rồi", "và", ",", ".", ":", "(", ")", "?", "nhầm", "sửa", "thành", "còn", "nữa",
        "QĐ 12/QĐ-CĐCS", "0912 345 678", "8h", "500k", "95%", "3/12", "người", "lao động", "đại biểu",
        "nam", "nữ", "trong đó", "tổng", "dự kiến", "mấy", "bao nhiêu", "được không", "-", "1.", "🌸",
        "em", "chị ơi", "à không", "xong", "nhiệm vụ", "lần", ";", "\n",
    ]
)  # fmt: skip
LINES = st.lists(WORDS, max_size=14).map(" ".join)


def _figures(reading: Reading) -> list[tuple[str, int]]:
    return sorted((item.indicator, item.value) for item in reading.items)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_it_reads_any_text_without_an_error(text: str) -> None:
    reading = understand(text, TODAY)
    assert as_json(reading)["intent"] == reading.intent.value
    assert all(item.value >= 0 for item in reading.items)


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_it_reads_any_mixture_of_known_words_with_spans_inside_the_text(text: str) -> None:
    reading = understand(text, TODAY)
    for item in reading.items:
        assert item.on is None or item.on <= TODAY
        assert all(0 <= start < end <= len(reading.text) for start, end in item.spans)


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_it_reads_decomposed_letters_like_composed_ones(text: str) -> None:
    assert understand(unicodedata.normalize("NFD", text), TODAY) == understand(text, TODAY)


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_it_reads_the_same_text_the_same_way_again(text: str) -> None:
    assert understand(text, TODAY) == understand(text, TODAY)


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_short_answers_never_fail(text: str) -> None:
    position = chosen(text, ("Đúng", "Sửa", "Bỏ"))
    assert position is None or 0 <= position < 3
    assert is_nil(text) in (True, False)
    assert count_in(text) is None or (count_in(text) or 0) >= 0
    assert all(number >= 0 for number in numbers_in(text))
    assert date_in(text, TODAY) is None or isinstance(date_in(text, TODAY), date)
    assert command(text) is None or len(command(text) or ()) == 2
    read_line(text, TODAY)


@given(st.text(max_size=200))
def test_tidying_and_folding_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ ", max_size=60))
def test_bare_letters_have_no_accents(text: str) -> None:
    assert bare(text).isascii()


def test_capitals_leave_the_figures_as_they_are() -> None:
    for text in (
        "kết nạp 14 đoàn viên mới ngày 11/6, đối thoại 1 lần",
        "hội nghị người lao động ngày 8/6 có 77 đại biểu",
        "ra mắt cđcs ngày 5/6, 18 lao động",
        "ký mới thỏa ước hôm 3/6",
    ):
        assert _figures(understand(text.upper(), TODAY)) == _figures(understand(text, TODAY)) != []


def test_a_page_of_junk_is_read_to_its_end() -> None:
    for piece in (
        "kết nạp 5, ",
        "công ty ",
        "ngày ",
        "((",
        "1. ",
        "5/4 ",
        "sửa 5 thành 7 ",
        "😀",
        "hai mươi ",
    ):
        assert len(understand(piece * 1000, TODAY).text) <= 8000
