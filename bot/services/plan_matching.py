"""What of a stored plan stays in a new document: each target and task is paired with one at most."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.services.plan_scope import text_key
from domain.plan import Target, Task

R = TypeVar("R", Target, Task)

LEAST_SIMILARITY = 85
"""From 0 to 100: from this on a text is the same one reworded."""
MOST_PLACES = 2
"""How far a reworded task may have moved within its group."""
_NAMED_NUMBER = re.compile(r"\b(?:quy|thang|tuan|dot|lan|ky|ngay|nam|khoa|so)\s+(\d+|[ivx]+)\b")


@dataclass(frozen=True, slots=True)
class Matches(Generic[R]):
    """The pairs of old and new that stay, in the order of the new, what comes, and what goes."""

    kept: list[tuple[R, R]]
    added: list[R]
    removed: list[R]


def match_targets(old: Sequence[Target], new: Sequence[Target]) -> Matches[Target]:
    """Pair targets of the same text, whatever its accents, case and signs, then of the same indicator."""
    return _Pairing(old, new).by(_text).by(_indicator).matches()


def match_tasks(old: Sequence[Task], new: Sequence[Task]) -> Matches[Task]:
    """Pair tasks that are the same: what staff said of the old one is then said of the new one.

    The first that fits of: the same text and days, within the group and then anywhere; the same text, the
    same two ways; a similar text in the same group, at most MOST_PLACES away. Numbers that name something
    ("quý II", "đợt 2") must be the same in a similar text.
    """
    pairing = _Pairing(old, new).by(_group_text_days).by(_text_days).by(_group_text).by(_text)
    pairing.pair(_reworded(old, new, pairing.left, pairing.fresh))
    return pairing.matches()


class _Pairing(Generic[R]):
    """Pairs places of the old with places of the new, each once."""

    def __init__(self, old: Sequence[R], new: Sequence[R]) -> None:
        self._old: Sequence[R] = old
        self._new: Sequence[R] = new
        self._partner: dict[int, int] = {}
        self.left = list(range(len(old)))
        self.fresh = list(range(len(new)))

    def by(self, key: Callable[[R], object]) -> _Pairing[R]:
        waiting: dict[object, deque[int]] = defaultdict(deque)
        for place in self.left:
            waiting[key(self._old[place])].append(place)
        for place in self.fresh:
            found = waiting.get(key(self._new[place]))
            if found:
                self._partner[place] = found.popleft()
        return self._settled()

    def pair(self, pairs: Iterator[tuple[int, int]]) -> None:
        taken: set[int] = set()
        for before, after in pairs:
            if before not in taken and after not in self._partner:
                self._partner[after] = before
                taken.add(before)
        self._settled()

    def matches(self) -> Matches[R]:
        kept = [(self._old[self._partner[after]], self._new[after]) for after in sorted(self._partner)]
        return Matches(kept, [self._new[one] for one in self.fresh], [self._old[one] for one in self.left])

    def _settled(self) -> _Pairing[R]:
        taken = set(self._partner.values())
        self.left = [place for place in self.left if place not in taken]
        self.fresh = [place for place in self.fresh if place not in self._partner]
        return self


def _reworded(
    old: Sequence[Task], new: Sequence[Task], left: Sequence[int], fresh: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of places that may be one task reworded, the likeliest first."""
    # Loading it takes as long as handling a message; most documents need no such search.
    from rapidfuzz import fuzz

    before, after = _places(old), _places(new)
    found = []
    for here in left:
        for there in fresh:
            apart = abs(before[here] - after[there])
            if apart > MOST_PLACES or not _same_group(old[here], new[there]):
                continue
            one, other = _text(old[here]), _text(new[there])
            score = fuzz.ratio(one, other) if _named(one) == _named(other) else 0.0
            if score >= LEAST_SIMILARITY:
                found.append((-score, apart, here, there))
    for _score, _apart, here, there in sorted(found):
        yield here, there


def _places(tasks: Sequence[Task]) -> list[int]:
    """Return the place of each task within its group."""
    seen: Counter[tuple[str, str]] = Counter()
    places = []
    for task in tasks:
        places.append(seen[_group(task)])
        seen[_group(task)] += 1
    return places


def _same_group(one: Task, other: Task) -> bool:
    number, title = _group(one)
    other_number, other_title = _group(other)
    return number == other_number if number and other_number else title == other_title


def _named(text: str) -> list[str]:
    return _NAMED_NUMBER.findall(text)


def _text(one: Target | Task) -> str:
    return text_key(one.text)


def _indicator(one: Target) -> str:
    return one.indicator


def _group(one: Task) -> tuple[str, str]:
    return one.group, text_key(one.group_title)


def _group_text(one: Task) -> tuple[object, ...]:
    return one.group, _text(one)


def _text_days(one: Task) -> tuple[object, ...]:
    return _text(one), one.start, one.end, one.recurring


def _group_text_days(one: Task) -> tuple[object, ...]:
    return one.group, *_text_days(one)
