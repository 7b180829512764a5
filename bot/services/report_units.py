"""A line about several units of one chair, cut where it turns from one to the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.language.normalise import fold
from bot.services.unit_search import name_key
from domain.people import Unit
from messages_vi.vocabulary import answers

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """What a line says of one unit, as it was written."""

    unit: Unit
    text: str


def parts_of(text: str, units: Sequence[Unit]) -> list[Part]:
    """Return what a line says of each unit it names, in its order; nothing unless it names several once each.

    A unit is named by two neighbouring words that no other of them has, or by one behind "bên" or "cty".
    """
    starts = list(_starts(text, units))
    named = [unit.id for _at, unit in starts]
    if len(named) < 2 or len(set(named)) != len(named):
        return []
    ends = [at for at, _unit in starts[1:]] + [len(text)]
    return [Part(unit, text[at:end]) for (at, unit), end in zip(starts, ends, strict=True)]


def units_named(text: str, units: Sequence[Unit]) -> list[Unit]:
    """Return those of a few units that a line names, in the order of the line, each once."""
    return list(dict.fromkeys(unit for _at, unit in _starts(text, units)))


def names_several(text: str) -> bool:
    """Tell whether a line speaks of several workplaces, known or not: "bên may 5 bên bao bì 2"."""
    words = [fold(word[0]) for word in _WORD.finditer(text)]
    sides = [after for word, after in pairwise(words) if word in _table("unit_sides") and not after.isdigit()]
    return len(set(sides)) > 1


def _starts(text: str, units: Sequence[Unit]) -> Iterator[tuple[int, Unit]]:
    """Yield where the line turns to a unit; naming the same one again is no turn."""
    words = list(_WORD.finditer(text))
    folded = [fold(word[0]) for word in words]
    current: Unit | None = None
    for at, word in enumerate(words):
        unit = _named_at(folded, at, units)
        if unit is not None and unit is not current:
            yield word.start(), unit
            current = unit


def _named_at(words: Sequence[str], at: int, units: Sequence[Unit]) -> Unit | None:
    pair = " ".join(words[at : at + 2])
    keys = {unit.id: f" {name_key(unit.name)} " for unit in units}
    by_pair = [unit for unit in units if at + 1 < len(words) and f" {pair} " in keys[unit.id]]
    if len(by_pair) == 1:
        return by_pair[0]
    if at == 0 or words[at - 1] not in _table("unit_sides") or words[at].isdigit():
        return None
    by_word = [unit for unit in units if f" {words[at]} " in keys[unit.id]]
    return by_word[0] if len(by_word) == 1 else None


def _table(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in answers()[name])
