"""Bringing the units in line with the rows of a spreadsheet: what would change, and changing it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.documents.sheet_words import fold as fold_name
from bot.documents.units_sheet import UnitRow
from bot.services.context import Context
from bot.services.invites import create_invite, live_invites, same_name, withdraw
from bot.services.units import (
    add_under_office,
    chairs,
    ensure_office,
    free_code,
    grassroots_unions,
    plan_year,
)
from domain.people import Invite, Role, Unit, UnitLevel
from domain.plan import Allocation

_COLUMNS = ("code", "name", "level", "kind", "groups", "sector", "workers", "members")
_CHAIR = "chair"
_SHARE = "share:"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that a row says anew: a column of Unit, "chair", or "share:" and an indicator's code."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A known unit with what its row says anew; without changes it stays as it is."""

    unit: Unit
    row: UnitRow
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class UnitsPreview:
    """What a list of units adds, changes and leaves; `missing` are known unions that it does not name.

    `other_chairs` are (unit, name in the list) where somebody else has joined as chair: a handover decides.
    """

    added: tuple[UnitRow, ...]
    changed: tuple[UnitChange, ...]
    unchanged: tuple[Unit, ...]
    missing: tuple[Unit, ...]
    other_chairs: tuple[tuple[Unit, str], ...] = ()


def preview(context: Context, rows: Sequence[UnitRow]) -> UnitsPreview:
    """Return what `apply` would do with `rows`, in their order; empty cells change nothing.

    A row is a known unit by its code, or by its name when it gives no code or a new one.
    """
    known = _Known(unit for unit in context.uow.units.find() if unit.level is not UnitLevel.OFFICE)
    facts = _facts(context)
    pairs = [(row, known.take(row)) for row in rows]
    found = [
        UnitChange(unit, row, tuple(_changes(facts, unit, row))) for row, unit in pairs if unit is not None
    ]
    return UnitsPreview(
        added=tuple(row for row, unit in pairs if unit is None),
        changed=tuple(one for one in found if one.changes),
        unchanged=tuple(one.unit for one in found if not one.changes),
        missing=tuple(unit for unit in grassroots_unions(context) if unit.id in known.left),
        other_chairs=tuple(
            (one.unit, one.row.chair_name) for one in found if _names_another_chair(facts, one)
        ),
    )


def apply(context: Context, rows: Sequence[UnitRow]) -> UnitsPreview:
    """Add and change units as `preview` says and return what was done; doing it again changes nothing.

    Shares go to the plan's year. A chair who is named and has not joined gets a code, so that it can be
    printed. Nothing is removed.
    """
    ensure_office(context, context.office.name)
    plan = preview(context, rows)
    for row in plan.added:
        unit = add_under_office(context, _new_unit(context, row))
        _share_out(context, unit, row.shares)
        if row.chair_name and row.level is UnitLevel.GRASSROOTS:
            create_invite(context, unit, Role.CHAIR, _chair(row))
    for one in plan.changed:
        _change(context, one)
    return plan


class _Known:
    """Units to be claimed by rows, each once."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.left = {unit.id: unit for unit in units}
        self._by_code = {unit.code.casefold(): unit.id for unit in self.left.values()}
        self._by_name = {fold_name(unit.name): unit.id for unit in self.left.values()}

    def take(self, row: UnitRow) -> Unit | None:
        code, name = self._by_code.get(row.code.casefold()), self._by_name.get(fold_name(row.name))
        for unit_id in (name, code) if row.code_is_derived else (code, name):
            if unit_id in self.left:
                return self.left.pop(unit_id)
        return None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What rows are held against, read once for all of them."""

    shares: Mapping[tuple[int, str], int]
    chairs: Mapping[int, Sequence[str]]
    invited: Mapping[int, Sequence[Invite]]


def _facts(context: Context) -> _Facts:
    shares = context.uow.allocations.find(year=plan_year(context))
    held = chairs(context)
    names = {person.id: person.name for person in context.uow.people.find(id={one.person_id for one in held})}
    joined, invited = defaultdict(list), defaultdict(list)
    for one in held:
        joined[one.unit_id].append(names[one.person_id])
    for invite in live_invites(context, role=Role.CHAIR):
        invited[invite.unit_id or 0].append(invite)
    return _Facts({(share.unit_id, share.indicator): share.goal for share in shares}, joined, invited)


def _changes(facts: _Facts, unit: Unit, row: UnitRow) -> Iterator[FieldChange]:
    for field in _COLUMNS:
        old, new = getattr(unit, field), getattr(row, field)
        unsaid = new in (None, "", ()) or (field == "code" and row.code_is_derived)
        if not unsaid and old != new:
            yield FieldChange(field, old, new)
    for indicator, goal in row.shares:
        kept = facts.shares.get((unit.id, indicator))
        if kept != goal:
            yield FieldChange(_SHARE + indicator, kept, goal)
    if _is_new_chair(facts, unit, row):
        invited = facts.invited.get(unit.id, ())
        yield FieldChange(_CHAIR, invited[-1].person_name if invited else "", _chair(row))


def _is_new_chair(facts: _Facts, unit: Unit, row: UnitRow) -> bool:
    if not row.chair_name or row.level is not UnitLevel.GRASSROOTS or facts.chairs.get(unit.id):
        return False
    return not any(same_name(one.person_name, row.chair_name) for one in facts.invited.get(unit.id, ()))


def _names_another_chair(facts: _Facts, one: UnitChange) -> bool:
    joined = facts.chairs.get(one.unit.id, ())
    named = one.row.chair_name
    return bool(named and joined) and not any(same_name(name, named) for name in joined)


def _change(context: Context, one: UnitChange) -> None:
    values: dict[str, Any] = {change.field: change.new for change in one.changes if change.field in _COLUMNS}
    if values:
        context.uow.units.change(one.unit.id, **values)
    context.audit("unit.change", "unit", one.unit.id, ",".join(change.field for change in one.changes))
    _share_out(context, one.unit, one.row.shares)
    if any(change.field == _CHAIR for change in one.changes):
        _expect_chair(context, one)


def _expect_chair(context: Context, one: UnitChange) -> None:
    # A code without a name may be in somebody's hands already: it gets the name and stays good.
    invited = live_invites(context, one.unit, Role.CHAIR)
    nameless = next((invite for invite in invited if not invite.person_name), None)
    withdraw(context, [invite for invite in invited if invite.person_name])
    if nameless is None:
        create_invite(context, one.unit, Role.CHAIR, _chair(one.row))
    else:
        context.uow.invites.change(nameless.id, person_name=_chair(one.row))


def _share_out(context: Context, unit: Unit, shares: Iterable[tuple[str, int]]) -> None:
    year = plan_year(context)
    for indicator, goal in shares:
        share = Allocation(year, indicator, unit.id, goal, context.now)
        if context.uow.allocations.add_new(share, "year", "indicator", "unit_id") is None:
            where = {"year": year, "indicator": indicator, "unit_id": unit.id}
            context.uow.allocations.change_where(where, goal=goal)


def _chair(row: UnitRow) -> str:
    return f"{row.chair_address} {row.chair_name}".strip()


def _new_unit(context: Context, row: UnitRow) -> Unit:
    code = free_code(context, row.code)
    unit = Unit(code, row.name, row.level, row.kind, groups=row.groups, sector=row.sector)
    return replace(unit, workers=row.workers, members=row.members)
