"""`tiendo units template | import | list`: the office's units from a spreadsheet to the database."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.commands.desk import Desk, is_missing, open_desk, settings_of
from bot.commands.shared import Refused, agree, read_file, say, write_file
from bot.config import Settings
from bot.documents import sheet_words as words
from bot.documents.sheet_words import Column
from bot.documents.units_sheet import UnitRow, UnitSheet, read_units, write_template
from bot.services.context import Context
from bot.services.invites import live_invites
from bot.services.setup import prepare
from bot.services.units import chairs
from bot.services.units_import import UnitsPreview, apply, preview
from domain.errors import InputError
from domain.people import Role, Unit, UnitKind, UnitLevel
from domain.plan import Indicator
from messages_vi.catalogue import Marked, _
from messages_vi.formats import number
from messages_vi.indicators import STANDING

_LISTED = (UnitLevel.GRASSROOTS, UnitLevel.PROSPECT)
_SHARE = "share:"
_CHAIR = "chair"


def run(args: argparse.Namespace) -> int:
    """Do what `args.action` names and return the exit code."""
    actions = {"template": _template, "import": _import, "list": _list}
    return actions[args.action](args)


def _template(args: argparse.Namespace) -> int:
    if Path(args.file).suffix.lower() != ".xlsx":
        raise Refused(_("{path} must end in .xlsx: the template is an Excel file.", path=args.file))
    write_file(args.file, write_template(_indicators(settings_of(args))))
    say(_("✅ Wrote {path}. Fill it in, then: tiendo units import {path}", path=args.file))
    return 0


def _indicators(settings: Settings) -> Sequence[Indicator]:
    """Return what can be counted at this office, which a plan may have added to."""
    if is_missing(settings.database.url):
        return STANDING
    with open_desk(settings) as desk, desk.context() as context:
        return context.uow.indicators.find("position") or STANDING


def _import(args: argparse.Namespace) -> int:
    settings = settings_of(args)
    indicators = _indicators(settings)
    sheet = _sheet_in(args.file, indicators)
    names = {one.code: one.name for one in indicators}
    with open_desk(settings, create=True) as desk:
        with desk.context() as context:
            change = preview(context, sheet.rows)
        say(*_preview_lines(change, names), *(f"⚠️ {note}" for note in sheet.notes))
        if not (change.added or change.changed):
            say(_("The units stand just like this already. Nothing changed."))
        elif args.yes or agree(_("Store this?")):
            _store(desk, sheet)
        else:
            say(_("Nothing was changed."))
    return 0


def _sheet_in(path: str, indicators: Sequence[Indicator]) -> UnitSheet:
    name, content = read_file(path)
    if not content:
        raise Refused(_("{name} is empty.", name=name))
    try:
        sheet = read_units(name, content, indicators)
    except InputError as error:
        raise Refused(_unreadable(error, name)) from error
    if sheet.faults:
        raise Refused(*(fault.text for fault in sheet.faults))
    return sheet


def _unreadable(error: InputError, name: str) -> Marked:
    if error.code == "file-too-large":
        return _("{name} is too large for a list of units. Remove what does not belong in it.", name=name)
    if error.code == "unsafe-file":
        return _("{name} holds macros or programs, so it is not opened. Save it as a plain .xlsx.", name=name)
    return _("{name} is no list of units that can be read. Save it as .xlsx or .csv.", name=name)


def _store(desk: Desk, sheet: UnitSheet) -> None:
    with desk.context() as context:
        prepare(context)
        done = apply(context, sheet.rows)
    say(
        _(
            "✅ Stored: {added} units added, {changed} changed.",
            added=number(len(done.added)),
            changed=number(len(done.changed)),
        ),
        _("Print the chairs' codes with: tiendo invite --missing --sheet FILE.html"),
    )


def _preview_lines(change: UnitsPreview, names: Mapping[str, str]) -> Iterator[str]:
    yield _(
        "The list adds {added} units, changes {changed}, leaves {unchanged} as they are.",
        added=number(len(change.added)),
        changed=number(len(change.changed)),
        unchanged=number(len(change.unchanged)),
    )
    yield from (f"  + {_new_line(row)}" for row in change.added)
    for one in change.changed:
        said = (
            f"{_field_name(field.field, names)} {_shown(field.old)} → {_shown(field.new)}"
            for field in one.changes
        )
        yield f"  ~ {one.unit.name}: {'; '.join(said)}"
    if change.missing:
        yield _("Known, but not in the list; they stay as they are:")
        yield from (f"  • {unit.name}" for unit in change.missing)
    if change.other_chairs:
        yield _("Somebody else is chair there already; a handover changes it:")
        yield from (f"  • {unit.name}: {name}" for unit, name in change.other_chairs)


def _new_line(row: UnitRow) -> str:
    chair = f"{row.chair_address} {row.chair_name}".strip()
    return _("{unit}; chair: {chair}", unit=row.name, chair=chair) if chair else row.name


def _field_name(field: str, names: Mapping[str, str]) -> str:
    if field.startswith(_SHARE):
        code = field.removeprefix(_SHARE)
        return _("share of {indicator}", indicator=names.get(code, code))
    return words.heading(Column.CHAIR_NAME if field == _CHAIR else Column(field)).lower()


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        value = "; ".join(value)
    if isinstance(value, int):
        return number(value)
    return _word(value) if value else _("(empty)")


def _word(value: object) -> str:
    """Return the Vietnamese word for a kind or level of unit, anything else as it is."""
    kinds = {words.kind_of(word): word for word in words.choices(Column.KIND)}
    levels = {words.level_of(word): word for word in words.choices(Column.LEVEL)}
    if isinstance(value, UnitKind):
        return kinds[value].lower()
    return levels[value] if isinstance(value, UnitLevel) else str(value)


def _list(args: argparse.Namespace) -> int:
    with open_desk(settings_of(args)) as desk, desk.context() as context:
        units = sorted(context.uow.units.find(level=_LISTED), key=lambda one: words.fold(one.name))
        people = _chairs_by_unit(context)
    if not units:
        raise Refused(_("There are no units yet. Begin with: tiendo units template FILE.xlsx"))
    unions = [one for one in units if one.level is UnitLevel.GRASSROOTS]
    others = [one for one in units if one.level is UnitLevel.PROSPECT]
    nobody = _("nobody invited yet")
    say(_("{count} grassroots unions", count=number(len(unions))))
    say(*(f"  • {_unit_line(one)}; {people.get(one.id, nobody)}" for one in unions))
    if others:
        say(_("{count} workplaces without a union", count=number(len(others))))
        say(*(f"  • {_unit_line(one)}" for one in others))
    return 0


def _unit_line(unit: Unit) -> str:
    parts = [f"{unit.name} ({unit.code}): {_word(unit.kind)}"]
    if unit.workers is not None:
        parts.append(_("{count} workers", count=number(unit.workers)))
    return ", ".join(parts)


def _chairs_by_unit(context: Context) -> dict[int, str]:
    """Return what is known of each unit's chair; who has joined counts more than who was invited."""
    said: dict[int, str] = {}
    for invite in live_invites(context, role=Role.CHAIR):
        said[invite.unit_id or 0] = _("invited, not joined yet: {name}", name=invite.person_name or "?")
    held = chairs(context)
    people = {one.id: one for one in context.uow.people.find(id={one.person_id for one in held})}
    for one in held:
        person = people[one.person_id]
        said[one.unit_id] = _("chair: {name}", name=f"{person.address} {person.name}".strip())
    return said
