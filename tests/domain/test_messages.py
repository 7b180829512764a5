"""Choices are numbered one after the other, those without a number left out."""

from __future__ import annotations

import pytest

from domain.messages import Choice, with_numbers


@pytest.mark.parametrize(
    ("numbered", "expected"),
    [
        ([], []),
        ([True, True], [1, 2]),
        ([False, False], [None, None]),
        ([False, True, False, True], [None, 1, None, 2]),
    ],
)
def test_it_numbers_one_after_the_other(numbered: list[bool], expected: list[int | None]) -> None:
    choices = [Choice("Đúng", "a", one) for one in numbered]
    assert with_numbers(choices) == list(zip(expected, choices, strict=True))
