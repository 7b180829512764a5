"""What staff's dialogues about units and people share: choosing a unit, names, forms of address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.turn import Turn
from bot.services.invites import split_name
from bot.services.units import view_unit
from domain.errors import NotFound
from domain.messages import Choice
from domain.people import Invite, Person, Role, Unit, UnitLevel
from messages_vi.address import call, capital
from messages_vi.catalogue import Marked, _, mark

ROLE_NAMES = {
    Role.CHAIR: mark("role: chair"),
    Role.DEPUTY: mark("role: deputy"),
    Role.STAFF: mark("role: staff"),
    Role.LEADER: mark("role: leader"),
    Role.ADMIN: mark("role: admin"),
}
SHOWN = 5
IMPORT_COMMAND = "tiendo units import"
_NAME = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+){0,7}\.?")
_LONGEST_NAME = 80
_ID_DIGITS = 19  # A number of more digits is no id of ours, and too large for a database.
_UNITS_A_MESSAGE = 40


def ask_which(turn: Turn, text: str, found: Sequence[Unit], action: str) -> None:
    """Ask which of the units is meant by `text`; the choices carry `action` with the unit's id."""
    if not found:
        turn.say(
            _("No unit is like “{text}”. {You} types its name again.", text=text[:60], You=capital(turn.you))
        )
        return
    choices = [Choice(unit.name, f"{action}:{unit.id}") for unit in found[:SHOWN]]
    more = len(found) > SHOWN
    turn.say(
        _("Which of these units? If none, type more of its name.") if more else _("Which of these units?"),
        *choices,
    )


def record_id(text: object) -> int:
    """Return the id that an action or a step carries. Raises NotFound for anything else."""
    if not (str(text).isdecimal() and len(str(text)) < _ID_DIGITS):
        raise NotFound("records", text)
    return int(str(text))


def union(turn: Turn, text: object) -> Unit:
    """Return the grassroots union with that id. Raises NotFound."""
    unit = turn.context.uow.units.get(record_id(text))
    if unit.level is not UnitLevel.GRASSROOTS:
        raise NotFound("units", unit.id)
    return unit


def chair_of(turn: Turn, unit: Unit) -> Person | None:
    """Return who is chair of `unit` today."""
    held = [one for one in view_unit(turn.context, unit.id).people if one.membership.role is Role.CHAIR]
    return next((one.person for one in held if one.membership.holds_on(turn.today)), None)


def is_name(text: str) -> bool:
    """Tell whether a line can be somebody's name: a few words of letters."""
    return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text.strip()) is not None


def full_name(person: Person) -> str:
    """Return the whole name with the form of address: chị Nguyễn Thị Hoa."""
    return f"{person.address} {person.name}".strip()


def call_invited(invite: Invite) -> str:
    """Return how to call the person invited: chị Hoa, or anh/chị where no name is known."""
    address, name = split_name(invite.person_name)
    return call(Person(name, address))


def pages(lines: Sequence[Marked]) -> list[Sequence[Marked]]:
    """Return the lines in parts that make one message each."""
    return [lines[start : start + _UNITS_A_MESSAGE] for start in range(0, len(lines), _UNITS_A_MESSAGE)]
