"""What a chat line means: the result of reading one, and of reading a plan's indicators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LOSSES = "doan_vien_giam"
"""The indicator of members who left: collected, of no target."""


class Intent(StrEnum):
    """What the writer of a line wants."""

    REPORT = "report"
    CORRECT = "correct"
    NONE_TO_REPORT = "none_to_report"
    PROGRESS = "progress"
    TASKS = "tasks"
    TASK_DONE = "task_done"
    HELP = "help"
    GREETING = "greeting"
    QUESTION = "question"
    OTHER = "other"


class Uncounted(StrEnum):
    """What a line reports that no target counts; the writer is told why."""

    RENEWED = "renewed"  # an agreement signed again, prolonged, amended or supplemented
    OFFICIALS = "officials"  # a conference of officials or public employees
    UNION_PART = "union_part"  # a part of a union, a union group: no union of its own
    TOO_SMALL = "too_small"  # a union in an enterprise of fewer than ten workers


@dataclass(frozen=True, slots=True)
class Item:
    """One figure read from a line.

    `value` counts persons for doan_vien_moi, else unions, agreements, enterprises or dialogues. `place` is
    the named workplace as written, or None. `spans` are the (start, end) offsets in the normalised text
    that led to the value.
    """

    indicator: str
    value: int
    on: date | None = None
    place: str | None = None
    people: int | None = None
    women: int | None = None
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """The one question to put back, a Vietnamese sentence, with its choices.

    Each choice is a label and the items that it stands for; no items mean "I will write again".
    """

    question: str
    choices: tuple[tuple[str, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of one line. With `ask`, `items` holds the likeliest reading.

    `zeros` are indicators that the line says are nil ("đối thoại không có"); `quarter` is set when the
    line names one; `numbers` are the numbers of a "xong 3 5" line or a bare number.

    `losses` are members who left ("ra 3", "giảm 6"), with the indicator LOSSES: kept apart, never taken off
    the admitted. `uncounted` is what the line reports that no target counts. Both may stand in a line
    without items, whose intent is OTHER then.
    """

    intent: Intent
    text: str
    items: tuple[Item, ...] = ()
    zeros: tuple[str, ...] = ()
    ask: Ask | None = None
    quarter: int | None = None
    numbers: tuple[int, ...] = ()
    urgent: bool = False
    losses: tuple[Item, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
