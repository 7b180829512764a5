"""The JSON lines of `tiendo understand`: one object in, one object out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.language.explain import Explanation, Piece, Why, explain
from bot.language.lexicon import Lexicon
from bot.language.reader import understand
from domain.understanding import Intent, Item, Reading
from messages_vi.catalogue import mark

_OBJECT = re.compile(r'\s*\{\s*["}]')  # Any other line with a brace in front is a line of text.
_DAY = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\d", re.ASCII)
_TOO_MANY = 10**12  # No office counts so far; larger numbers only make work.


class BadLine(ValueError):
    """An input line that is an object but not in the form of the contract.

    `field` is where, "" for the whole line; `expected` what should stand there, a key of
    the catalogue; `id` the line's own, if read.
    """

    def __init__(self, field: str, expected: str, id: object = None) -> None:
        super().__init__(f"{field or 'line'}: {expected} expected")
        self.field = field
        self.expected = expected
        self.id = id


@dataclass(frozen=True, slots=True)
class Asked:
    """One input line in our records."""

    text: str
    today: date
    previous: tuple[Item, ...] = ()
    id: object = None


def parse_line(line: str, today: date) -> Asked:
    """Return what an input line asks: a JSON object with "text", or a bare line of text of `today`.

    An object may bring "id", its own "today" and "previous", the items of the sender's last report.
    Raises: BadLine for an object out of form; a day that is misread would give wrong figures.
    """
    given = _object(line)
    if given is None:
        return Asked(line, today)
    name = given.get("id")
    text = given.get("text")
    if not isinstance(text, str):
        raise BadLine("text", mark("a string"), name)
    on = today if given.get("today") is None else _day(given["today"], "today", name)
    return Asked(text, on, _previous(given.get("previous"), name), name)


def read_line(
    line: str, today: date, words: Lexicon | None = None, *, explained: bool = False
) -> dict[str, Any]:
    """Return the reading of one input line; one out of form is answered in order, with "error" in it.

    With `explained` the answer has "explain": which words led to which figure.
    """
    try:
        asked = parse_line(line, today)
    except BadLine as error:
        return as_error(error)
    reading = understand(asked.text, asked.today, asked.previous, words)
    answer = as_json(reading, asked.id)
    if explained:
        found = explain(asked.text, asked.today, reading, asked.previous, words)
        answer["explain"] = explanation_as_json(found)
    return answer


def as_json(reading: Reading, id: object = None) -> dict[str, Any]:
    """Return a reading in the form of the contract; further keys say more than it asks for."""
    return {
        "id": id,
        "intent": reading.intent.value,
        "items": [_item(item) for item in reading.items],
        "ask": None
        if reading.ask is None
        else {
            "question": str(reading.ask.question),
            "choices": [
                {"label": str(label), "items": [_item(item) for item in items]}
                for label, items in reading.ask.choices
            ],
        },
        "zeros": list(reading.zeros),
        "quarter": reading.quarter,
        "numbers": list(reading.numbers),
        "urgent": reading.urgent,
        "text": reading.text,
    }


def as_error(error: BadLine) -> dict[str, Any]:
    """Return the answer to a line out of form: nothing was read, and "error" says why."""
    empty = as_json(Reading(Intent.OTHER, ""), error.id)
    return {**empty, "error": {"field": error.field, "expected": error.expected}}


def explanation_as_json(found: Explanation) -> dict[str, Any]:
    """Return the words behind a reading; "start" and "end" count code points of the text as it came in."""
    return {
        "items": [_why(why) for why in found.items],
        "passed": [_piece(one.piece) | {"as": one.as_what.value} for one in found.passed],
        "differing": list(found.differing),
    }


def _why(why: Why) -> dict[str, Any]:
    return {
        "indicator": why.item.indicator,
        "value": why.item.value,
        "how": why.how.value,
        "parts": [
            (_piece(part.piece) if part.piece else {"text": None, "start": None, "end": None})
            | {"value": part.value}
            for part in why.parts
        ],
        "words": [_piece(piece) for piece in why.words],
        "on": [_piece(piece) for piece in why.days],
        "place": [_piece(piece) for piece in why.places],
        "people": [_piece(piece) for piece in why.people],
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {"text": piece.text, "start": piece.start, "end": piece.end}


def _item(item: Item) -> dict[str, Any]:
    return {
        "indicator": item.indicator,
        "value": item.value,
        "on": None if item.on is None else item.on.isoformat(),
        "place": item.place,
        "people": item.people,
    }


def _object(line: str) -> Mapping[str, Any] | None:
    if not _OBJECT.match(line):
        return None
    try:
        given = json.loads(line)
    except RecursionError:
        raise BadLine("", mark("JSON of a few levels")) from None
    except ValueError:
        raise BadLine("", mark("JSON")) from None
    return given if isinstance(given, dict) else None


def _previous(listed: object, id: object) -> tuple[Item, ...]:
    if listed is None:
        return ()
    if not isinstance(listed, list):
        raise BadLine("previous", mark("a list of items"), id)
    return tuple(_read_item(entry, f"previous[{place}]", id) for place, entry in enumerate(listed))


def _read_item(entry: object, place: str, id: object) -> Item:
    if not isinstance(entry, dict):
        raise BadLine(place, mark("an item"), id)
    indicator, where = entry.get("indicator"), entry.get("place")
    if not isinstance(indicator, str):
        raise BadLine(f"{place}.indicator", mark("a string"), id)
    if where is not None and not isinstance(where, str):
        raise BadLine(f"{place}.place", mark("a string or null"), id)
    value = _count(entry.get("value"), f"{place}.value", id)
    people = None if entry.get("people") is None else _count(entry["people"], f"{place}.people", id)
    on = None if entry.get("on") is None else _day(entry["on"], f"{place}.on", id)
    return Item(indicator, value, on, where, people)


def _count(value: object, place: str, id: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _TOO_MANY:
        raise BadLine(place, mark("a whole number from 0 on"), id)
    return value


def _day(written: object, place: str, id: object) -> date:
    if isinstance(written, str) and _DAY.fullmatch(written):
        with suppress(ValueError):
            return date.fromisoformat(written)
    raise BadLine(place, mark("a day as YYYY-MM-DD"), id)
