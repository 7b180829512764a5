"""The goals that a line of the plan names: a number each, what it counts, and the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import islice

from bot.planreader.masks import without_false_numbers
from bot.planreader.vocabulary import CEILING, UNIT_NOUN
from bot.planreader.words import fold, squeeze, without_ending

PERCENT = "%"
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?![\d,])|\d+(?:[.,]\d{1,2})?(?!\d))"
_GOAL = re.compile(
    rf"(?<![\w.,/-])(?P<value>{_NUMBER})\s*(?:%?\s*(?:-|–|—|den)\s*{_NUMBER}\s*)?"
    r"(?P<scale>(?:trieu|nghin|ngan)(?! dong))?(?!\w)\s*(?P<percent>%|phan tram\b)?\s*"
)
_SCALES = {"trieu": 1_000_000, "nghin": 1_000, "ngan": 1_000}
_SEPARATOR = re.compile(r"\s*;\s*|\s*,\s+(?:con )?|\.\s+|\s+(?:va|con|dong thoi)\s+")
_FLOOR = re.compile(r"(?:toi thieu|it nhat|khong duoi|khong it hon|khong thap hon)(?: \w+)?\s*$")
_LONGEST_LINE = 1500
_MOST_GOALS = 20
"""No line of a plan has more; hostile ones could keep us busy."""
_LEADS_TO_PARTS = re.compile(r"[,;]?\s*trong đó\s*:?$")
_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: the number, its unit as written ("%" or a noun, "" where none stands), and its words.

    `ceiling` marks "không quá": staying below it is what is asked.
    """

    text: str
    value: Decimal
    unit: str
    ceiling: bool = False


class Bound(StrEnum):
    """Which side of a goal is asked for."""

    FLOOR = "floor"
    CEILING = "ceiling"


def bound_of(text: str) -> Bound:
    """Return what a target's words ask for: "không quá 02 vụ", "giảm 5%" and "0 vụ" are ceilings."""
    goals = goals_in(text)
    return Bound.CEILING if goals and goals[0].ceiling else Bound.FLOOR


def goals_in(text: str) -> tuple[Goal, ...]:
    """Return the goals of one line in their order; several goals share the words before the colon.

    Behind a colon only what follows it is a goal. Parts ("trong đó ...") and the numbers of cited documents,
    days, terms and classes never are.
    """
    text = without_ending(squeeze(text[:_LONGEST_LINE]))
    masked = without_false_numbers(fold(text))
    found, prefix = _behind_colon(masked, list(islice(_GOAL.finditer(masked), _MOST_GOALS)))
    if not found:
        return ()
    kept, starts, ends = [found[0]], [0], []
    for match in found[1:]:
        separator = _separator(masked, kept[-1], match)
        if separator is not None:
            ends.append(separator[0])
            starts.append(separator[1])
            kept.append(match)
    ends.append(len(text))
    return tuple(
        _goal(
            text[start:end] if start < prefix or not start else f"{text[:prefix]} {text[start:end]}",
            text,
            masked,
            match,
        )
        for match, start, end in zip(kept, starts, ends, strict=True)
    )


def _behind_colon(masked: str, found: list[re.Match[str]]) -> tuple[list[re.Match[str]], int]:
    """Return the goals behind the first colon that has any, and where the words before it end.

    Several numbers behind a number and a colon are its parts: "100 đoàn viên: khối A 20, khối B 80".
    """
    for colon in re.finditer(":", masked):
        after = [match for match in found if match.start() > colon.start()]
        before = found[: len(found) - len(after)]
        if after and len(after) > 1 and before:
            return before, 0
        if after:
            return after, colon.end()
    return found, 0


def _separator(masked: str, goal: re.Match[str], following: re.Match[str]) -> tuple[int, int] | None:
    """Return where the words of one goal end and those of the next begin, or None when they are one.

    A goal right before a separator ends there ("khối A 98%, khối B 70%"); one followed by its object goes
    on to the last separator ("98% cán bộ, viên chức và 70% lao động").
    """
    noun = UNIT_NOUN.match(masked, goal.end())
    begin = noun.end() if noun else goal.end()
    cuts = list(_SEPARATOR.finditer(masked, begin, following.start()))
    if not cuts:
        return None
    strong = [cut for cut in cuts if ";" in cut[0]]
    cut = strong[0] if strong else cuts[0] if cuts[0].start() == len(masked[:begin].rstrip()) else cuts[-1]
    return cut.span()


def _goal(words: str, text: str, masked: str, match: re.Match[str]) -> Goal:
    return Goal(
        without_ending(_LEADS_TO_PARTS.sub("", squeeze(words))),
        _value(match),
        _unit(text, masked, match),
        _value(match) == 0 or _is_ceiling(masked[: match.start()]),
    )


def _is_ceiling(before: str) -> bool:
    """Tell whether words make a number one not to pass; "giảm tối thiểu 30%" and "không dưới 20" do not."""
    return CEILING.search(before) is not None and not _FLOOR.search(before)


def _value(match: re.Match[str]) -> Decimal:
    written = match["value"]
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written):
        written = written.replace(".", "")
    return Decimal(written.replace(",", ".")) * _SCALES.get(match["scale"], 1)


def _unit(text: str, masked: str, match: re.Match[str]) -> str:
    if match["percent"]:
        return PERCENT
    noun = UNIT_NOUN.match(masked, match.end()) or _WORDS.match(masked, match.end())
    return text[noun.start() : noun.end()] if noun else ""
