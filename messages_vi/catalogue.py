"""The door to every sentence people read: English keys in the code, Vietnamese in `locale/vi/*.po`.

A translation may carry *bold* between asterisks. Values never become marks: what a person typed stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from domain.marks import BOLD_OFF, BOLD_ON, plain
from messages_vi.formats import read_messages

FOLDER = Path(__file__).parent / "locale" / "vi"
_BOLD = re.compile(r"\*(\S(?:[^*\n]*\S)?)\*")


class Marked(str):
    """A text whose marks are ours: it may be put into another one as it is."""

    __slots__ = ()


class MissingTranslation(KeyError):
    """The catalogue has no Vietnamese for a key: our mistake, found by the catalogue check."""


@cache
def messages() -> dict[str, str]:
    """Return every translation by its English key, with bold parts already marked."""
    return {
        key: _BOLD.sub(BOLD_ON + r"\1" + BOLD_OFF, text) for _, key, text in read_messages(FOLDER) if text
    }


def _(key: str, /, **values: object) -> Marked:
    """Return the Vietnamese sentence for `key` with its {placeholders} filled in.

    Raises MissingTranslation for an unknown key and KeyError for a placeholder without a value.
    """
    try:
        template = messages()[key]
    except KeyError:
        raise MissingTranslation(key) from None
    return Marked(template.format_map({name: _clean(value) for name, value in values.items()}))


def mark(key: str) -> str:
    """Return `key` unchanged: it is looked up later, where the value is known (extracted like `_`)."""
    return key


def join(parts: Iterable[str], separator: str = "\n") -> Marked:
    """Return the parts in one text; parts that are not `Marked` lose any marks."""
    return Marked(separator.join(part if isinstance(part, Marked) else plain(part) for part in parts))


def _clean(value: object) -> object:
    return plain(value) if isinstance(value, str) and not isinstance(value, Marked) else value
