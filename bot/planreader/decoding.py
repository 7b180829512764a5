"""The bytes of a text file into text, whichever of the usual encodings wrote them."""

from __future__ import annotations

import codecs
import re

from bot.planreader.words import compose

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FALLBACKS = ("utf-8", "cp1258")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def decode(content: bytes) -> str:
    """Return the text of a file, in NFC: UTF-8, UTF-16 or, as old machines write it, windows-1258.

    Raises: ValueError when the bytes are no text.
    """
    named = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), None)
    for encoding in (named,) if named else (*_without_bom(content), *_FALLBACKS):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            return compose(text)
    raise ValueError("no text")


def _without_bom(content: bytes) -> tuple[str, ...]:
    """Guess UTF-16 by its zero bytes: Vietnamese text has one in most letters, on one side only."""
    sample = content[:2000]
    zeros = [sample[side::2].count(0) for side in (0, 1)]
    if len(sample) < 4 or len(content) % 2 or max(zeros) * 4 < len(sample) // 2:
        return ()
    return ("utf-16-be",) if zeros[0] > zeros[1] else ("utf-16-le",)
