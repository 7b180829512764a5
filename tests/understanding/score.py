"""How well labelled lines are read: counted from the labels alone, for `make understanding` and the tests.

A figure is the pair of an indicator and its value. `exact` is a line with the right intent and the right
figures, `full` one whose days, places and people are right too. A line marked "ask" is one where a question
is right; on all others a question is a cost.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.language.contract import read_line

BATCHES = Path(__file__).parent.parent / "bot" / "language"
DETAILS = ("on", "place", "people")
Line = Mapping[str, Any]
Read = Callable[[Line], Line]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line, its label and its reading, and what differs. `wrong` and `missed` are figures in disorder.

    `right` counts, for each detail, the labelled items that have their figure and this detail right.
    """

    line: Line
    reading: Line
    exact: bool
    full: bool
    wrong: tuple[tuple[str, int], ...]
    missed: tuple[tuple[str, int], ...]
    right: Mapping[str, int]

    @property
    def asks(self) -> bool:
        """Whether a question is put back."""
        return self.reading["ask"] is not None

    @property
    def may_ask(self) -> bool:
        """Whether the label says that a question is right."""
        return bool(self.line.get("ask"))

    @property
    def is_silent_wrong(self) -> bool:
        """Whether a figure that the label does not have is recorded without a question."""
        return bool(self.wrong) and not self.asks

    @property
    def is_silent_miss(self) -> bool:
        """Whether a figure of the label is left out without a question."""
        return bool(self.missed) and not self.asks

    @property
    def fails(self) -> bool:
        """Whether the line belongs on the list of failures."""
        return not self.full or self.asks != self.may_ask


@dataclass(frozen=True, slots=True)
class Score:
    """The shares of a set of lines, 0-100, and the lines behind them. Shares of nothing are 100."""

    verdicts: tuple[Verdict, ...]

    @property
    def exact_percent(self) -> float:
        """Lines with the right intent and figures."""
        return _percent(sum(one.exact for one in self.verdicts), len(self.verdicts))

    @property
    def full_percent(self) -> float:
        """Lines that are exact with every day, place and number of people."""
        return _percent(sum(one.full for one in self.verdicts), len(self.verdicts))

    @property
    def ask_percent(self) -> float:
        """Lines that ask among those not marked for asking."""
        plain = [one for one in self.verdicts if not one.may_ask]
        return _percent(sum(one.asks for one in plain), len(plain), none=0.0)

    @property
    def silent_wrong(self) -> tuple[Verdict, ...]:
        """Lines that record a wrong figure without asking."""
        return tuple(one for one in self.verdicts if one.is_silent_wrong)

    @property
    def silent_misses(self) -> tuple[Verdict, ...]:
        """Lines that leave out a figure without asking."""
        return tuple(one for one in self.verdicts if one.is_silent_miss)

    @property
    def unasked(self) -> tuple[Verdict, ...]:
        """Lines marked for asking that do not ask."""
        return tuple(one for one in self.verdicts if one.may_ask and not one.asks)

    @property
    def items(self) -> int:
        """How many items the labels have."""
        return sum(len(one.line["items"]) for one in self.verdicts)

    def detail_percent(self, detail: str) -> float:
        """Return the share of labelled items that have their figure and this detail right."""
        return _percent(sum(one.right[detail] for one in self.verdicts), self.items)

    def confusion(self) -> Counter[tuple[str, str]]:
        """Return how often each intent (labelled, read) occurs."""
        return Counter((one.line["intent"], one.reading["intent"]) for one in self.verdicts)


def labelled_files() -> list[Path]:
    """Return the committed files of labelled lines."""
    return [BATCHES / "lines.jsonl", *sorted((BATCHES / "batches").glob("*.jsonl"))]


def read_lines(path: Path) -> list[Line]:
    """Return the labelled lines of a file; empty lines are passed over.

    Raises ValueError, with the file and the line's number, for what is no labelled line.
    """
    found: list[Line] = []
    for place, written in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if written.strip():
            found.append(_labelled(written, f"{path}:{place}"))
    return found


def _labelled(written: str, place: str) -> Line:
    try:
        line = json.loads(written)
        date.fromisoformat(line["today"])
        good = isinstance(line["text"], str) and isinstance(line["intent"], str)
        good = good and all((item["indicator"], item["value"]) for item in line["items"])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{place}: no labelled line ({type(error).__name__}: {error})") from error
    if not good:
        raise ValueError(f"{place}: no labelled line")
    assert isinstance(line, dict)
    return line


def read_by_contract(line: Line) -> Line:
    """Return the reading of a labelled line, given what `tiendo understand` would be given."""
    given = {key: line[key] for key in ("id", "text", "today", "previous") if key in line}
    return read_line(json.dumps(given, ensure_ascii=False), date.fromisoformat(line["today"]))


def score(lines: Iterable[Line], read: Read = read_by_contract) -> Score:
    """Return the score of labelled lines, in their order."""
    return Score(tuple(judge(line, read(line)) for line in lines))


def judge(line: Line, reading: Line) -> Verdict:
    """Return what differs between a label and a reading."""
    labelled, read = _figures(line["items"]), _figures(reading["items"])
    exact = line["intent"] == reading["intent"] and labelled == read
    return Verdict(
        line,
        reading,
        exact,
        exact and _whole(line["items"]) == _whole(reading["items"]),
        tuple((read - labelled).elements()),
        tuple((labelled - read).elements()),
        {detail: _right(line["items"], reading["items"], detail) for detail in DETAILS},
    )


def _figures(items: Sequence[Line]) -> Counter[tuple[str, int]]:
    return Counter((item["indicator"], item["value"]) for item in items)


def _whole(items: Sequence[Line]) -> Counter[tuple[Any, ...]]:
    return Counter(
        (item["indicator"], item["value"], *(item.get(detail) for detail in DETAILS)) for item in items
    )


def _right(labelled: Sequence[Line], read: Sequence[Line], detail: str) -> int:
    """Return how many labelled items meet one with the same figure and detail; each is met once."""

    def told(items: Sequence[Line]) -> Counter[tuple[Any, ...]]:
        return Counter((item["indicator"], item["value"], item.get(detail)) for item in items)

    return (told(labelled) & told(read)).total()


def _percent(part: int, whole: int, none: float = 100.0) -> float:
    return 100 * part / whole if whole else none
