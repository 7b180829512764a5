"""Where the letters of a tidy line stood in the text as it came in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.language.normalise import MAX_LENGTH, tidy

_CHUNK = re.compile(r"\S+")
Span = tuple[int, int]


class Origins:
    """Translates spans of the tidy line of a text into spans of the text itself.

    Tidying works word by word, so each word is tidied anew and met in the line. Inside a word each letter
    with its accents is; where they do not make up the word again (a keycap), all of them lead to the word.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.line = tidy(text)
        self._spans = self._met()

    def span(self, start: int, end: int) -> Span:
        """Return where the letters `start` to `end` of the line stood; offsets are code points."""
        return self._spans[start][0], self._spans[end - 1][1]

    def _met(self) -> list[Span]:
        spans: list[Span] = [(0, 0)] * len(self.line)
        at = 0
        for chunk in _CHUNK.finditer(self.text[:MAX_LENGTH]):
            for letter, span in _letters(chunk[0], chunk.start()):
                while at < len(self.line) and _is_added(self.line[at], letter):
                    spans[at] = (max(0, span[0] - 1), span[0])
                    at += 1
                if at < len(self.line) and self.line[at] == letter:
                    spans[at] = span
                    at += 1
        return spans


def _is_added(sign: str, letter: str) -> bool:
    """Tell whether tidying put the sign there: a space, or the bar of a tab between cells."""
    return sign.isspace() or (sign == "|" and letter != "|")


def _letters(word: str, start: int) -> Iterator[tuple[str, Span]]:
    """Yield each visible letter of a tidied word with its span in the text."""
    whole = "".join(tidy(word).split())
    parts = [("".join(tidy(part).split()), span) for part, span in _clusters(word, start)]
    if "".join(part for part, _ in parts) == whole:
        yield from ((letter, span) for part, span in parts for letter in part)
    else:
        yield from ((letter, (start, start + len(word))) for letter in whole)


def _clusters(word: str, start: int) -> Iterator[tuple[str, Span]]:
    """Yield each letter together with the accents that follow it."""
    begin = 0
    for at in range(1, len(word) + 1):
        if at == len(word) or not unicodedata.combining(word[at]):
            yield word[begin:at], (start + begin, start + at)
            begin = at
