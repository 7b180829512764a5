"""Our text and choices as Telegram's HTML and inline buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import islice

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.errors import Rejected
from domain.marks import BOLD_OFF, BOLD_ON, plain
from domain.messages import Choice, with_numbers

_BOLD = re.compile(f"{BOLD_ON}(.*?){BOLD_OFF}", re.DOTALL)
_SHORT_LABEL = 16  # Two buttons of this many characters stand side by side on a small phone.
_MAX_DATA_BYTES = 64  # Bot API, InlineKeyboardButton.callback_data


def html(text: str) -> str:
    """Return `text` escaped, with its bold marks as balanced <b> tags; a mark without its pair is dropped."""
    bold = _BOLD.sub(
        lambda found: f"<b>{plain(found[1])}</b>" if plain(found[1]) else "", escape(text, False)
    )
    return plain(bold)


def keyboard(choices: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    """Return one button for each choice, with the number that can be typed; short labels stand two in a row.

    Raises: Rejected if an action does not fit in a button.
    """
    buttons = [_button(number, choice) for number, choice in with_numbers(choices)]
    if not buttons:
        return None
    width = 2 if all(len(button.text) <= _SHORT_LABEL for button in buttons) else 1
    rest = iter(buttons)
    return InlineKeyboardMarkup(list(iter(lambda: list(islice(rest, width)), [])))


def _button(number: int | None, choice: Choice) -> InlineKeyboardButton:
    if not 1 <= len(choice.action.encode()) <= _MAX_DATA_BYTES:
        raise Rejected(f"action of 1 to {_MAX_DATA_BYTES} bytes expected: {choice.action!r}")
    label = plain(choice.label)
    shown = label if number is None else f"{number}. {label}"
    return InlineKeyboardButton(shown, callback_data=choice.action)
