"""The office's units: found, shown, and added one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.documents.sheet_words import fold as fold_name
from bot.documents.sheet_words import kind_of, slug
from bot.services.context import Context
from bot.services.invites import live_invites
from bot.services.unit_search import best_matches
from domain.errors import InputError
from domain.people import Invite, Membership, Person, Role, Unit, UnitKind, UnitLevel
from domain.plan import Allocation, PeriodKind


def office_unit(context: Context) -> Unit | None:
    """Return the office itself, None before it was set up."""
    return context.uow.units.first(level=UnitLevel.OFFICE)


def ensure_office(context: Context, name: str) -> Unit:
    """Return the office's own unit under this name, created or renamed where necessary."""
    found = office_unit(context)
    if found is not None and found.name == name:
        return found
    if found is not None:
        context.uow.units.change(found.id, name=name)
        context.audit("unit.rename", "unit", found.id)
        return context.uow.units.get(found.id)
    added = context.uow.units.add(
        Unit(free_code(context, slug(name)), name, UnitLevel.OFFICE, UnitKind.AGENCY)
    )
    context.audit("unit.add", "unit", added.id)
    return added


def grassroots_unions(context: Context) -> list[Unit]:
    """Return the grassroots unions that stand today, by name."""
    found = context.uow.units.find(level=UnitLevel.GRASSROOTS)
    return sorted((unit for unit in found if _stands(context, unit)), key=lambda unit: fold_name(unit.name))


def match_unit(context: Context, text: str, limit: int = 6) -> list[Unit]:
    """Return the grassroots unions that `text` may name, likeliest first: one when there is no doubt."""
    return best_matches(text, grassroots_unions(context), limit)


@dataclass(frozen=True, slots=True)
class UnitPerson:
    """Somebody who acts for a unit, today or from a later day; `reachable` while a chat can be written to."""

    person: Person
    membership: Membership
    reachable: bool


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit with its people, the chair's code that waits to be used, and its shares of the year."""

    unit: Unit
    people: tuple[UnitPerson, ...]
    invited: Invite | None
    shares: tuple[Allocation, ...]


def view_unit(context: Context, unit_id: int) -> UnitView:
    """Return what staff see of one unit; people in the order in which they began. Raises NotFound."""
    unit = context.uow.units.get(unit_id)
    held = context.uow.memberships.find("valid_from", unit_id=unit_id)
    current = [one for one in held if is_current(context, one)]
    reachable = {one.person_id for one in context.uow.queries.active_contacts([m.person_id for m in current])}
    people = tuple(
        UnitPerson(context.uow.people.get(one.person_id), one, one.person_id in reachable) for one in current
    )
    invited = live_invites(context, unit, Role.CHAIR)
    shares = context.uow.allocations.find(unit_id=unit_id, year=plan_year(context))
    return UnitView(unit, people, invited[-1] if invited else None, tuple(shares))


def chairs(context: Context) -> list[Membership]:
    """Return who is chair of which unit today or from a later day, first begun first."""
    held = context.uow.memberships.find("valid_from", role=Role.CHAIR)
    return [one for one in held if is_current(context, one)]


def is_current(context: Context, held: Membership) -> bool:
    """Tell whether a role is held today or begins later.

    A handover that was put right leaves a role that ends before it begins: that one never counts.
    """
    return held.valid_to is None or held.valid_to >= max(context.today, held.valid_from)


def plan_year(context: Context) -> int:
    """Return the year that shares belong to: this one, unless only another year's plan is known."""
    years = [plan.year for plan in context.uow.plans.find("-year", kind=PeriodKind.YEAR)]
    return context.today.year if context.today.year in years or not years else years[0]


def unit_named(context: Context, name: str) -> Unit | None:
    """Return the unit of any level with this name, whatever the case and accents, or None."""
    wanted = fold_name(name)
    return next((one for one in context.uow.units.find() if fold_name(one.name) == wanted), None)


def kind_named(text: str) -> UnitKind | None:
    """Return the kind of employer that a word names, such as those of the spreadsheet."""
    return kind_of(text)


def add_unit(context: Context, name: str, kind: UnitKind, workers: int | None) -> Unit:
    """Add a grassroots union under the office and return it. Raises InputError `unit_exists`, `name`."""
    known = unit_named(context, name)
    if known is not None:
        raise InputError("unit_exists", name=known.name)
    code = free_code(context, slug(name))
    return add_under_office(context, Unit(code, name, UnitLevel.GRASSROOTS, kind, workers=workers))


def add_under_office(context: Context, unit: Unit) -> Unit:
    """Store a new unit below the office and return it."""
    office = office_unit(context)
    added = context.uow.units.add(replace(unit, parent_id=office.id if office is not None else None))
    context.audit("unit.add", "unit", added.id, added.code)
    return added


def free_code(context: Context, wanted: str) -> str:
    """Return `wanted`, or it with a number behind where another unit has it."""
    code, number = wanted, 1
    while context.uow.units.count(code=code):
        number += 1
        code = f"{wanted}-{number}"
    return code


def _stands(context: Context, unit: Unit) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= context.today
    return begun and (unit.valid_to is None or context.today <= unit.valid_to)
