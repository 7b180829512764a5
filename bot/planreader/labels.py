"""Lines that say when something is done, or by whom, told apart from lines that say what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from bot.planreader.timephrases import names_a_time
from bot.planreader.vocabulary import GIVEN_TO, LABEL, TIME_LEAD
from bot.planreader.words import fold, squeeze, without_ending

Piece = tuple["Label", str]


class Label(Enum):
    """What a piece of a line says."""

    TEXT = "text"
    TIME = "time"
    WHO = "who"


_INSIDE = re.compile(r"(?:[.;,(]\s*|\s[-–]\s)(?=\w)")
_DONE_BY = re.compile(
    r"(?:[.;,(]\s*)(?P<when>hoan thanh (?:xong )?(?:trong|truoc|cham nhat|vao) [^.;()]{3,60})[.;)]*$"
)
_BRACKETS = re.compile(r"\((?P<when>[^()]{3,60})\)[.;]?$")
_NAMES = re.compile(r"\s*[;,]\s*(?:phoi hop (?:voi|cung) )?")


def pieces_of(text: str, year: int) -> list[Piece]:
    """Return the pieces of one line in order: what is to be done, when, by whom.

    A time inside a bullet stays in its text and is its own: "... (Quý I/2024)". `year` is the plan's.
    """
    folded = fold(text)
    if LABEL.match(folded):
        return list(_labelled(text))
    forgotten = TIME_LEAD.match(folded)
    if forgotten and names_a_time(text[forgotten.end() :], year):
        return [(Label.TIME, without_ending(text[forgotten.end() :]))]
    given = GIVEN_TO.fullmatch(folded.rstrip(" ."))
    if given:
        return [(Label.WHO, text[given.start("who") : given.end("who")])]
    return _with_own_time(text, folded, year)


def names_in(text: str) -> tuple[str, ...]:
    """Return those named in the value of a label, in order: "Ban A; phối hợp với Ban B" gives two."""
    folded, names, start = fold(text), [], 0
    for cut in _NAMES.finditer(folded):
        names.append(text[start : cut.start()])
        start = cut.end()
    names.append(text[start:])
    return tuple(name for name in map(without_ending, names) if name)


def _labelled(text: str) -> Iterator[Piece]:
    """Yield each labelled piece of a line such as "Thời gian: Quý I. Đơn vị thực hiện: Ban Tổ chức"."""
    found = list(LABEL.finditer(fold(text)))
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        value = without_ending(text[match.end() : end]).rstrip(" -–(")
        label = Label.TIME if match["time"] else Label.WHO
        yield label, without_ending(value if "(" in value else value.rstrip(")"))


def _label_inside(text: str, folded: str) -> tuple[int, int] | None:
    """Return where a sentence ends and a label with a capital begins right behind it, or None."""
    for cut in _INSIDE.finditer(folded):
        if text[cut.end()].isupper() and LABEL.match(folded, cut.end()):
            return cut.span()
    return None


def _with_own_time(text: str, folded: str, year: int) -> list[Piece]:
    inside = _label_inside(text, folded)
    if inside:
        return [(Label.TEXT, squeeze(text[: inside[0]])), *_labelled(text[inside[1] :])]
    for shape in (_DONE_BY, _BRACKETS):
        found = shape.search(folded)
        if found and names_a_time(text[slice(*found.span("when"))], year):
            return [(Label.TEXT, text), (Label.TIME, text[slice(*found.span("when"))])]
    return [(Label.TEXT, text)]
