"""Cut a long text at the borders people would choose, so that every part can be sent."""

from __future__ import annotations

from domain.marks import BOLD_OFF, BOLD_ON

_BORDERS = ("\n\n", "\n", ". ", " ")
_ROOM_FOR_MARKS = 2


def split_text(text: str, limit: int) -> tuple[str, ...]:
    """Return `text` in parts of at most `limit` characters, in order; one part when it fits.

    Cuts fall between paragraphs, else lines, else sentences, else words. Bold that spans a cut is closed
    and opened again.
    """
    parts: list[str] = []
    rest = text
    while len(rest) > limit:
        cut = _cut(rest, limit - _ROOM_FOR_MARKS)
        part, rest = rest[:cut].rstrip(), rest[cut:].lstrip()
        if part.count(BOLD_ON) > part.count(BOLD_OFF):
            part, rest = part + BOLD_OFF, BOLD_ON + rest
        parts.append(part)
    return (*parts, rest)


def _cut(text: str, limit: int) -> int:
    for border in _BORDERS:
        found = text.rfind(border, 1, limit)
        if found > limit // 3:
            return found + len(border)
    return limit
