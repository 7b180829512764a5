"""A list of units that came as a file in chat: its rows, held as JSON values until staff take them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.documents.units_sheet import UnitRow, UnitSheet, read_units
from bot.services.context import Context
from bot.services.setup import prepare
from bot.services.units_import import UnitsPreview, apply, preview
from domain.people import UnitKind, UnitLevel

MOST_ROWS = 1000
"""A longer list is read on the office's computer: it would not fit into the memory of a chat."""


def sheet_in(context: Context, name: str, content: bytes) -> UnitSheet:
    """Return what a file says about units. Raises: InputError as `read_units` does."""
    return read_units(name, content, context.uow.indicators.find("position"))


def rows_to(rows: Sequence[UnitRow]) -> list[dict[str, Any]]:
    """Return rows as JSON values."""
    return [asdict(row) for row in rows]


def rows_from(data: Sequence[dict[str, Any]]) -> tuple[UnitRow, ...]:
    """Return the rows that were kept as JSON values."""
    return tuple(
        UnitRow(
            **{
                **row,
                "level": UnitLevel(row["level"]),
                "kind": UnitKind(row["kind"]),
                "groups": tuple(row["groups"]),
                "shares": tuple((code, share) for code, share in row["shares"]),
            }
        )
        for row in data
    )


def preview_of(context: Context, rows: Sequence[UnitRow]) -> UnitsPreview:
    """Return what taking in the rows would change."""
    return preview(context, rows)


def take_in(context: Context, rows: Sequence[UnitRow]) -> UnitsPreview:
    """Add and change the units and return what was done."""
    prepare(context)
    return apply(context, rows)
