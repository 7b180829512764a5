from __future__ import annotations

import pytest

from bot.language.numerals import Numeral, named_digit, read_numeral
from bot.language.tokens import tokenise
from messages_vi.folding import bare

SPOKEN = [
    ("năm", 5),
    ("mười", 10),
    ("mười lăm", 15),
    ("mừi hai", 12),
    ("hai mươi", 20),
    ("hai mươi mốt", 21),
    ("hai mốt", 21),
    ("hai tư", 24),
    ("ba lăm", 35),
    ("bốn mươi lăm", 45),
    ("hăm ba", 23),
    ("chục", 10),
    ("một chục", 10),
    ("hai chục", 20),
    ("chục rưỡi", 15),
    ("trăm hai", 120),
    ("trăm rưỡi", 150),
    ("một trăm linh hai", 102),
    ("một trăm lẻ sáu", 106),
    ("hai trăm mười", 210),
    ("một ngàn hai trăm", 1200),
    ("2 chục", 20),
    ("1 trăm 2", 120),
]


@pytest.mark.parametrize(("text", "value"), SPOKEN)
def test_it_reads_a_number_in_words(text: str, value: int) -> None:
    numeral = read_numeral(tokenise(text), 0)
    assert numeral is not None
    assert (numeral.value, numeral.length) == (value, len(text.split()))


@pytest.mark.parametrize(
    ("text", "value"), [pair for pair in SPOKEN if pair[0] not in ("trăm hai", "hai tư")]
)
def test_it_reads_a_number_in_words_without_accents(text: str, value: int) -> None:
    numeral = read_numeral(tokenise(bare(text)), 0)
    assert numeral is not None
    assert numeral.value == value


def test_it_says_that_two_digits_in_a_row_may_be_two_or_three() -> None:
    assert read_numeral(tokenise("hai ba người"), 0) == Numeral(23, 2, either=True)
    assert read_numeral(tokenise("ba chín người"), 0) == Numeral(39, 2)


@pytest.mark.parametrize("text", ["đoàn viên", "5 người", "tram y te", "linh", "tư", ","])
def test_it_reads_no_number_where_there_is_none(text: str) -> None:
    assert read_numeral(tokenise(text), 0) is None


@pytest.mark.parametrize(
    ("word", "value"), [("tư", 4), ("II", 2), ("iv", 4), ("giêng", 1), ("ba", 3), ("7", 7)]
)
def test_it_reads_the_number_of_a_weekday_month_or_quarter(word: str, value: int) -> None:
    assert named_digit(tokenise(word)[0]) == value
