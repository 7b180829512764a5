"""The JSON lines of `tiendo understand`: one object in, one object out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.language.reader import understand
from domain.understanding import Item, Reading


def read_line(line: str, today: date) -> dict[str, Any]:
    """Return the reading of one input line: a JSON object with "text", or a bare line of text.

    An object may bring "id", its own "today" and "previous", the items of the sender's last report; what is
    not in their form is passed over, because a bad field must not stop the lines that follow.
    """
    given = _object(line)
    if given is None:
        return as_json(understand(line, today))
    text = given.get("text")
    reading = understand(
        text if isinstance(text, str) else "", _day(given.get("today")) or today, _previous(given)
    )
    return as_json(reading, given.get("id"))


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


def _item(item: Item) -> dict[str, Any]:
    return {
        "indicator": item.indicator,
        "value": item.value,
        "on": None if item.on is None else item.on.isoformat(),
        "place": item.place,
        "people": item.people,
    }


def _object(line: str) -> Mapping[str, Any] | None:
    if not line.lstrip().startswith("{"):
        return None
    try:
        given = json.loads(line)
    except ValueError:
        return None
    return given if isinstance(given, dict) else None


def _previous(given: Mapping[str, Any]) -> tuple[Item, ...]:
    listed = given.get("previous")
    if not isinstance(listed, list):
        return ()
    return tuple(item for entry in listed if (item := _read_item(entry)) is not None)


def _read_item(entry: object) -> Item | None:
    if not isinstance(entry, dict):
        return None
    indicator, value = entry.get("indicator"), entry.get("value")
    if not isinstance(indicator, str) or not isinstance(value, int):
        return None
    place, people = entry.get("place"), entry.get("people")
    return Item(
        indicator,
        value,
        _day(entry.get("on")),
        place if isinstance(place, str) else None,
        people if isinstance(people, int) else None,
    )


def _day(written: object) -> date | None:
    try:
        return date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
