"""Lines that say when something is done, or by whom, told apart from lines that say what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from bot.planreader.inlinetimes import is_only_time
from bot.planreader.people import helpers, leaders_and_helpers
from bot.planreader.timephrases import is_read
from bot.planreader.vocabulary import GIVEN_TO, LABEL, TIME_LEAD
from bot.planreader.words import fold, squeeze, without_ending
from domain.plan import PlanPeriod

Piece = tuple["Label", str]


class Label(Enum):
    """What a piece of a line says."""

    TEXT = "text"
    TIME = "time"
    LEAD = "lead"
    JOIN = "join"


_INSIDE = re.compile(r"(?:[.;,(]\s*|\s[-–]\s|\s)(?=\w)")
_DONE_BY = re.compile(
    r"(?:[.;,(]\s*)(?P<when>hoan thanh (?:xong )?(?:trong|truoc|cham nhat|vao) [^.;()]{3,60})[.;)]*$"
)
_BRACKETS = re.compile(r"\((?P<when>[^()]{3,60})\)[.;]?$")
_SHORT_LABELS = re.compile(
    r"(?:thuc hien|trach nhiem|trach nhiem thuc hien|don vi|giao|giao nhiem vu|tham muu|phoi hop|phu trach"
    r"|dau moi|thoi gian|hoan thanh|tien do|phan cong nhiem vu)\s*:"
)
_LONGEST_NAMES = 160


def pieces_of(text: str, frame: PlanPeriod) -> list[Piece]:
    """Return the pieces of one line in order: what is to be done, when, by whom.

    A time inside a bullet stays in its text and is its own: "... (Quý I/2024)". `frame` is the plan's period.
    """
    folded = fold(text)
    if is_label(folded):
        return list(_labelled(text, folded))
    forgotten = TIME_LEAD.match(folded)
    if forgotten and is_read(text[forgotten.end() :], frame):
        return [(Label.TIME, without_ending(text[forgotten.end() :]))]
    given = GIVEN_TO.fullmatch(folded.rstrip(" ./"))
    if given:
        return [(Label.LEAD, _given(text, folded, given))]
    return _with_own_time(text, folded, frame)


def names_of(label: Label, text: str) -> tuple[str, ...]:
    """Return those named in the value of a label, in order, helpers marked as such."""
    return helpers(text) if label is Label.JOIN else leaders_and_helpers(text)


def is_label(folded: str, at: int = 0) -> bool:
    """Tell whether a label stands there. A short one ("Thực hiện:") must not lead to a whole sentence."""
    found = LABEL.match(folded, at)
    if not found:
        return False
    value = folded[found.end() :]
    return not _SHORT_LABELS.fullmatch(found[0].strip()) or len(value) <= _LONGEST_NAMES


def _given(text: str, folded: str, given: re.Match[str]) -> str:
    """Return those to whom a sentence gives the work, helpers named behind them included."""
    joined = re.search(r"phoi hop (?:voi|cung) (?P<others>[^.;]{3,80})", folded[given.end("who") :])
    who = text[given.start("who") : given.end("who")]
    if not joined:
        return who
    start = given.end("who") + joined.start("others")
    others = re.split(r"\s(?:de|to chuc|thuc hien|trien khai|tham muu)\s", joined["others"])[0]
    return f"{who}; phối hợp với {text[start : start + len(others)]}"


def _labelled(text: str, folded: str) -> Iterator[Piece]:
    """Yield each labelled piece of a line such as "Thời gian: Quý I. Đơn vị thực hiện: Ban Tổ chức"."""
    starts = _label_starts(text, folded)
    for match, end in zip(starts, [match.start() for match in starts[1:]] + [len(text)], strict=True):
        value = without_ending(text[match.end() : end]).rstrip(" -–(")
        label = Label.TIME if match["time"] else Label.JOIN if match["join"] else Label.LEAD
        yield label, without_ending(value if "(" in value else value.rstrip(")"))


def _label_starts(text: str, folded: str) -> list[re.Match[str]]:
    """Return the labels of a line: the first, and those inside that begin a sentence or a capital."""
    first = LABEL.match(folded)
    found = [first] if first else []
    end = first.end() if first else 0
    for cut in _INSIDE.finditer(folded):
        label = LABEL.match(folded, cut.end()) if cut.end() >= end else None
        if label and (text[cut.end()].isupper() or cut[0].strip()):
            found.append(label)
            end = label.end()
    return found


def _label_inside(text: str, folded: str) -> tuple[int, int] | None:
    """Return where a sentence ends and a label with a capital begins right behind it, or None."""
    for cut in _INSIDE.finditer(folded):
        loud = text[cut.end()].isupper() or cut[0].startswith((";", "("))
        if loud and is_label(folded, cut.end()):
            return cut.span()
    return None


def _with_own_time(text: str, folded: str, frame: PlanPeriod) -> list[Piece]:
    inside = _label_inside(text, folded)
    if inside:
        rest = text[inside[1] :]
        return [(Label.TEXT, squeeze(text[: inside[0]])), *_labelled(rest, fold(rest))]
    for shape in (_DONE_BY, _BRACKETS):
        found = shape.search(folded)
        when = text[slice(*found.span("when"))] if found else ""
        if when and (is_read(when, frame) if shape is _DONE_BY else is_only_time(when, frame)):
            return [(Label.TEXT, text), (Label.TIME, when)]
    return [(Label.TEXT, text)]
