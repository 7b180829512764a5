"""The lexicon of one office: what a plan's indicators are called, and the words that it adds."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language.lexicon import lexicon
from bot.language.office import derive, office_lexicon
from bot.language.reader import understand
from domain.plan import Indicator, Measure
from messages_vi.indicators import COLLECTED, STANDING
from messages_vi.office_words import IndicatorWords, OfficeWords

TODAY = date(2024, 6, 19)
NONE = OfficeWords()


def _indicator(name: str, unit_word: str, code: str = "x") -> Indicator:
    return Indicator(code, name, unit_word, Measure.SUM)


def _read(text: str, *indicators: Indicator, words: OfficeWords = NONE) -> list[tuple[str, int]]:
    known = office_lexicon((*STANDING, *indicators), words)
    return [(item.indicator, item.value) for item in understand(text, TODAY, words=known).items]


@pytest.mark.parametrize(
    ("name", "unit_word", "text", "value"),
    [
        ("tặng quà cho đoàn viên có hoàn cảnh khó khăn", "suất", "tặng 32 suất quà", 32),
        ("tặng quà cho đoàn viên có hoàn cảnh khó khăn", "suất", "tang qua dc 32 suat", 32),
        ("trồng 500 cây xanh", "cây xanh", "trồng 50 cây", 50),
        ("trồng 500 cây xanh", "cây xanh", "hôm qua trồng năm mươi cây xanh", 50),
        ("trồng cây", "cây", "Trồng cây: 50 cây", 50),
        ("xây dựng mái ấm công đoàn", "căn nhà", "xây dựng 2 căn nhà", 2),
        ("góc đọc sách công nhân", "góc đọc", "có 3 góc đọc", 3),
    ],
)
def test_the_name_and_the_unit_of_an_indicator_are_enough(
    name: str, unit_word: str, text: str, value: int
) -> None:
    assert _read(text, _indicator(name, unit_word)) == [("x", value)]


@pytest.mark.parametrize(
    ("name", "unit_word"),
    [
        ("giới thiệu đoàn viên ưu tú cho Đảng", "đoàn viên"),
        ("vận động doanh nghiệp đóng kinh phí", "doanh nghiệp"),
        ("tuyên truyền pháp luật", "buổi"),
        ("công nhân được tập huấn", "người"),
        ("đoàn viên mới", ""),
    ],
)
def test_a_unit_that_others_count_too_gives_no_words(name: str, unit_word: str) -> None:
    found = derive(_indicator(name, unit_word))
    assert (found.phrases, found.units, found.keys) == ((), (), ())


def test_the_office_names_what_no_rule_can() -> None:
    given = OfficeWords(indicators=(IndicatorWords("tt", ("tuyên truyền pháp luật",), ("buổi",)),))
    laws = _indicator("tuyên truyền pháp luật", "buổi", "tt")
    assert _read("tuyên truyền pháp luật 2 buổi", laws) == []
    assert _read("tuyên truyền pháp luật 2 buổi", laws, words=given) == [("tt", 2)]
    assert _read("đối thoại 2 buổi", laws, words=given) == [("doi_thoai", 2)]


def test_the_office_adds_words_to_a_table() -> None:
    words = OfficeWords(phrases=(("dialogue", ("gặp mặt xưởng",)),))
    assert _read("gặp mặt xưởng 2 lần") == []
    assert _read("gặp mặt xưởng 2 lần", words=words) == [("doi_thoai", 2)]


def test_an_office_without_words_of_its_own_has_the_built_in_ones() -> None:
    assert office_lexicon(STANDING, NONE) is lexicon()
    assert office_lexicon((), NONE) is lexicon()


def test_the_same_words_are_put_together_once() -> None:
    gifts = _indicator("tặng quà", "suất")
    assert office_lexicon((gifts,), NONE) is office_lexicon((gifts,), NONE)


@pytest.mark.parametrize(
    "text",
    ["kết nạp 5 đoàn viên", "đối thoại 1 lần, hội nghị nlđ ngày 5/6", "thăm ốm 2 lượt", "cây đổ 3 lần"],
)
def test_other_lines_are_read_as_without_the_indicator(text: str) -> None:
    gifts, trees = _indicator("tặng quà", "suất", "g"), _indicator("trồng cây xanh", "cây", "t")
    known = office_lexicon((*STANDING, gifts, trees), NONE)
    assert understand(text, TODAY, words=known) == understand(text, TODAY)


def test_members_who_left_bring_no_words_of_their_own() -> None:
    assert office_lexicon((*STANDING, *COLLECTED), NONE) is lexicon()
    assert _read("giảm 6 đoàn viên", *COLLECTED) == []
