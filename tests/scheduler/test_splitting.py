"""Long texts are cut where people would cut them, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.marks import BOLD_OFF, BOLD_ON, plain
from scheduler.splitting import split_text


def test_a_text_that_fits_stays_whole() -> None:
    assert split_text("Dạ", 10) == ("Dạ",)


def test_it_cuts_between_paragraphs_first() -> None:
    assert split_text("Một hai ba.\n\nBốn năm sáu.", 16) == ("Một hai ba.", "Bốn năm sáu.")


def test_bold_is_closed_and_opened_again() -> None:
    parts = split_text(f"{BOLD_ON}một hai ba bốn{BOLD_OFF}", 12)
    assert all(part.count(BOLD_ON) == part.count(BOLD_OFF) for part in parts)


@given(st.text(alphabet="abc .\n" + BOLD_ON, max_size=300), st.integers(10, 50))
def test_no_part_is_too_long_and_no_letter_is_lost(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert all(len(part) <= limit for part in parts)
    letters = "".join(plain(part) for part in parts).replace(" ", "").replace("\n", "")
    assert letters == plain(text).replace(" ", "").replace("\n", "")
