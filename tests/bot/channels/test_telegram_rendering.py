from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram_rendering import html, keyboard
from domain.errors import Rejected
from domain.marks import BOLD_OFF, BOLD_ON, plain
from domain.messages import Choice
from tests.fakes.telegram_rules import formatted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đã ghi 5.", "Đã ghi 5."),
        ("Công ty <b>&", "Công ty &lt;b&gt;&amp;"),
        (f"{BOLD_ON}A & B{BOLD_OFF}: 5", "<b>A &amp; B</b>: 5"),
        (f"{BOLD_ON}hai\ndòng{BOLD_OFF}", "<b>hai\ndòng</b>"),
        (f"{BOLD_ON}không đóng", "không đóng"),
        (f"không mở{BOLD_OFF}", "không mở"),
        (f"{BOLD_ON}a{BOLD_ON}b{BOLD_OFF}c{BOLD_OFF}", "<b>ab</b>c"),
        (f"trống{BOLD_ON}{BOLD_OFF}", "trống"),
    ],
)
def test_it_renders_marks_and_escapes_the_rest(text: str, expected: str) -> None:
    assert html(text) == expected


@given(st.lists(st.sampled_from([BOLD_ON, BOLD_OFF, "<b>", "</b>", "&", "&lt;", "Lan ", "\n"])).map("".join))
def test_any_text_stays_readable_for_telegram(text: str) -> None:
    assert formatted(html(text), "HTML").text == plain(text).strip()


def test_it_has_no_keyboard_without_choices() -> None:
    assert keyboard(()) is None


def labels(choices: list[str]) -> list[list[str]]:
    markup = keyboard([Choice(label, f"a:{number}") for number, label in enumerate(choices)])
    assert markup is not None
    return [[button.text for button in row] for row in markup.inline_keyboard]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (["Đúng", "Sửa", "Huỷ"], [["1. Đúng", "2. Sửa"], ["3. Huỷ"]]),
        (["Đúng"], [["1. Đúng"]]),
        (["Đúng", "Không phát sinh gì cả"], [["1. Đúng"], ["2. Không phát sinh gì cả"]]),
        ([f"{BOLD_ON}Đủ{BOLD_OFF} <b>"], [["1. Đủ <b>"]]),
    ],
)
def test_it_numbers_buttons_and_puts_two_short_ones_in_a_row(
    choices: list[str], expected: list[list[str]]
) -> None:
    assert labels(choices) == expected


def test_it_shows_no_number_that_cannot_be_typed() -> None:
    choices = (Choice("Không có", "a", numbered=False), Choice("Sửa", "b"), Choice("Dừng", "c", False))
    markup = keyboard((*choices, Choice("Bỏ", "d")))
    assert markup is not None
    assert [[button.text for button in row] for row in markup.inline_keyboard] == [
        ["Không có", "1. Sửa"],
        ["Dừng", "2. Bỏ"],
    ]


@pytest.mark.parametrize("action", ["", "x" * 65, "ữ" * 22])
def test_it_refuses_an_action_that_does_not_fit_in_a_button(action: str) -> None:
    with pytest.raises(Rejected):
        keyboard([Choice("Đúng", action)])


def test_it_keeps_an_action_of_the_greatest_length() -> None:
    markup = keyboard([Choice("Đúng", "x" * 64)])
    assert markup is not None
    assert markup.inline_keyboard[0][0].callback_data == "x" * 64
