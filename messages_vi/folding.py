"""Vietnamese without its marks: how words are compared when people leave accents out."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]")


def bare(text: str) -> str:
    """Return `text` in lower case without accents, đ as d; spaces and signs stay."""
    low = text.lower()
    if low.isascii():
        return low
    return _MARKS.sub("", unicodedata.normalize("NFD", low)).replace("đ", "d")
