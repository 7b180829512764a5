"""Finding a unit by what is typed of its name: without accents, shortened, or with a letter amiss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bot.language.normalise import fold
from domain.people import Unit
from messages_vi.catalogue import _

_SURE = 100.0
_LIKELY = 80.0
_SAME_WORD = 70.0  # Two letters changed places in a word of four, or one is missing.


@dataclass(frozen=True, slots=True)
class _Found:
    score: float
    unit: Unit


def best_matches(text: str, units: Iterable[Unit], limit: int) -> list[Unit]:
    """Return the units that `text` may name, likeliest first, then by name: one when there is no doubt.

    Short forms are spelled out and words such as "công ty" passed over on both sides; a number in the text
    must stand in the name.
    """
    wanted = name_key(text)
    if not wanted:
        return []
    keys = [(name_key(unit.name), unit) for unit in units]
    same = [unit for key, unit in keys if key == wanted]
    if same:
        return same[:limit]
    found = [_Found(_score(wanted, key), unit) for key, unit in keys]
    top = max((one.score for one in found), default=0.0)
    least = _SURE if top == _SURE else _LIKELY
    likely = [one for one in found if one.score >= least]
    return [one.unit for one in sorted(likely, key=lambda one: (-one.score, fold(one.unit.name)))][:limit]


def named_among(text: str, units: Sequence[Unit]) -> list[Unit]:
    """Return those of a few units that a longer text names, in the order of `units`.

    Two neighbouring words of a name that no other of the units has are enough: "gỗ bình tâm kết nạp 3".
    """
    line = f" {name_key(text)} "
    pairs = {unit.id: _pairs(name_key(unit.name)) for unit in units}
    return [
        unit
        for unit in units
        if any(
            f" {pair} " in line and not any(pair in pairs[other.id] for other in units if other is not unit)
            for pair in pairs[unit.id]
        )
    ]


def _pairs(key: str) -> set[str]:
    words = key.split()
    return {" ".join(pair) for pair in pairwise(words)} or {key}


@cache
def name_key(name: str) -> str:
    """Return what distinguishes a unit's name: folded, short forms spelled out, common words left out."""
    words = " ".join(re.findall(r"[^\W_]+", fold(name)))
    spelled = _pattern(tuple(_short_forms())).sub(lambda found: _short_forms()[found[0]], words)
    return " ".join(_pattern(_common_words()).sub("", spelled).split())


def _score(wanted: str, key: str) -> float:
    """Tell from 0 to 100 how likely `wanted` is part of `key`, both as `name_key` gives them."""
    # Loading it takes as long as handling a message; most messages need no search.
    from rapidfuzz import fuzz

    words, others = wanted.split(), key.split()
    if any(word.isdigit() and word not in others for word in words):
        return 0.0
    if set(words) <= set(others):
        return _SURE
    # Word by word: over the whole line "loc ninh" would be close to "phuoc minh".
    best = [max(fuzz.ratio(word, other) for other in others) if others else 0.0 for word in words]
    by_word = sum(score for score in best if score >= _SAME_WORD) / len(words)
    unspaced = fuzz.ratio(wanted.replace(" ", ""), key.replace(" ", ""))
    # Never quite sure: a slip was mended.
    return min(max(by_word, unspaced), _SURE - 1)


@cache
def _short_forms() -> dict[str, str]:
    pairs = (entry.split("=") for entry in _("short forms in unit names").split("|"))
    return {fold(short): fold(spelled) for short, spelled in pairs}


@cache
def _common_words() -> tuple[str, ...]:
    return tuple(fold(word) for word in _("words to pass over in unit names").split("|"))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
