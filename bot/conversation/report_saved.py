"""Figures on their way into the memory of a chat, and out of it again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.understanding import Item


def items_to(items: Iterable[Item]) -> list[list[Any]]:
    """Return figures as JSON values."""
    return [
        [
            item.indicator,
            item.value,
            item.on.isoformat() if item.on else None,
            item.place,
            item.people,
            item.women,
        ]
        for item in items
    ]


def items_from(data: Iterable[list[Any]]) -> tuple[Item, ...]:
    """Return the figures that were kept as JSON values."""
    return tuple(
        Item(code, value, date.fromisoformat(on) if on else None, place, people, women)
        for code, value, on, place, people, women in data
    )
