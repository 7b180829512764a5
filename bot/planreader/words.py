"""Text as the reader compares it: composed, without odd spaces, and folded so that accents do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SPACES = re.compile(r"[^\S\n]+")


def compose(text: str) -> str:
    """Return `text` in NFC, without invisible characters."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE)


def squeeze(text: str) -> str:
    """Return `text` with single plain spaces, also for the non-breaking kind."""
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Return NFC `text` in lower case without Vietnamese marks; the length never changes.

    A match in the folded text can therefore be cut out of the text as written.
    """
    return "".join(map(_fold_letter, text))


def without_ending(text: str) -> str:
    """Return `text` without its closing full stop or semicolon; an ellipsis stays."""
    text = text.strip()
    return text if text.endswith(("..", "…")) else text.rstrip(".;, ")


@cache
def _fold_letter(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    return unicodedata.normalize("NFD", letter)[0].lower()[0]
