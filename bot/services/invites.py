"""One-time codes: made, shown, read from what people type, and withdrawn."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from bot.language.normalise import fold, tidy
from bot.services.context import Context
from domain.errors import InputError
from domain.people import OFFICE_ROLES, Invite, Role, Unit, UnitLevel
from messages_vi.catalogue import _, mark
from messages_vi.folding import bare

CODE_LENGTH = 8
LINK_VALID = timedelta(days=1)
# No vowels, W or D: keyboards for Vietnamese would turn them into accents, and no word can look like a code.
# No 0, 1, nor letters that a hasty eye takes for a digit. 22 signs give over 35 bits a code.
_ALPHABET = "23456789CFHJKLMNPQRTVX"
_LOOK_ALIKE = str.maketrans("BSZG", "8526")
_SIGN = "[2-9CFHJKLMNPQRTVXBSZG]"
_INSIDE = re.compile(rf"(?<![0-9A-Z-]){_SIGN}{{4}}-?{_SIGN}{{4}}(?![0-9A-Z-])")
_SEPARATORS = re.compile(r"[\W_]+")


def show_code(code: str) -> str:
    """Return a code as it is written for people: HCK4-97QT."""
    return f"{code[:4]}-{code[4:]}"


def code_in(text: str) -> str:
    """Return the code that a line is or holds, as it is stored, or "".

    Case, accents, spaces and hyphens do not matter; a whole forwarded message may stand around it.
    """
    line = bare(tidy(text)).upper()
    inside = _INSIDE.search(line)
    for candidate in (typed_code(line), typed_code(inside[0]) if inside else ""):
        if len(candidate) == CODE_LENGTH and set(candidate) <= set(_ALPHABET) and _is_mixed(candidate):
            return candidate
    return ""


def typed_code(text: str) -> str:
    """Return what was typed where only a code can stand, in the form of a stored code."""
    return _SEPARATORS.sub("", bare(tidy(text)).upper()).translate(_LOOK_ALIKE)


def is_code_tried(text: str) -> bool:
    """Tell whether a line is one word of letters and digits, about as long as a code."""
    word = bare(tidy(text)).replace("-", "")
    return 6 <= len(word) <= 10 and word.isalnum() and _is_mixed(word)


def split_name(text: str) -> tuple[str, str]:
    """Return the form of address ("anh", "chị" or "") and the name of "chị Nguyễn Thị Hoa".

    A name typed all small or all capital gets capitals at the beginning of its words.
    """
    address, rest = "", tidy(text).replace("\n", " ")
    while (found := _title(rest)) is not None:
        address, rest = found[0] or address, rest[len(found[1]) :].strip()
    return address, rest.title() if rest.islower() or rest.isupper() else rest


def same_name(one: str, other: str) -> bool:
    """Tell whether two names as typed mean one person: titles, case and accents do not matter."""
    return fold(split_name(one)[1]) == fold(split_name(other)[1])


def create_invite(
    context: Context,
    unit: Unit,
    role: Role,
    person_name: str = "",
    *,
    starts_on: date | None = None,
    replaces_person_id: int | None = None,
) -> Invite:
    """Store a new code for `unit` and `role` and return it; it opens the door once, while it is valid.

    `person_name` may begin with anh or chị. An earlier unused code for the same unit, role and name is
    withdrawn. Raises InputError `role_not_here` for an office role at a union or the other way round.
    """
    if (role in OFFICE_ROLES) is not (unit.level is UnitLevel.OFFICE):
        raise InputError("role_not_here", role=role, unit=unit.name)
    same = [
        invite for invite in live_invites(context, unit, role) if same_name(invite.person_name, person_name)
    ]
    withdraw(context, same)
    now = context.now
    invite = Invite("", unit.id, role, person_name.strip(), now, now + context.office.invite_valid)
    return _add(context, replace(invite, starts_on=starts_on, replaces_person_id=replaces_person_id))


def create_link_code(context: Context, person_id: int) -> Invite:
    """Store a code that adds another chat to this person, valid for a day; an earlier one is withdrawn."""
    earlier = context.uow.invites.find(person_id=person_id, used_at=None)
    withdraw(context, [invite for invite in earlier if invite.expires_at > context.now])
    now = context.now
    return _add(context, Invite("", None, None, "", now, now + LINK_VALID, person_id=person_id))


def live_invites(context: Context, unit: Unit | None = None, role: Role | None = None) -> list[Invite]:
    """Return the codes for units that can still be used, oldest first; of one unit or role, or of all."""
    where: dict[str, Any] = {"used_at": None, "person_id": None}
    if unit is not None:
        where["unit_id"] = unit.id
    if role is not None:
        where["role"] = role
    return [invite for invite in context.uow.invites.find(**where) if invite.expires_at > context.now]


def withdraw(context: Context, invites: Sequence[Invite]) -> None:
    """Make unused codes worthless from now on."""
    for invite in invites:
        if context.uow.invites.change_where({"id": invite.id, "used_at": None}, expires_at=context.now):
            context.audit("invite.withdraw", "invite", invite.id)


def invite_links(context: Context, invite: Invite) -> tuple[tuple[str, str], ...]:
    """Return (account, address) of each messenger that opens with the code in it."""
    return tuple((account, link + invite.code) for account, link in context.office.bot_links.items())


def last_day(context: Context, invite: Invite) -> date:
    """Return the last day on which the code may be used; on it, until the hour at which it was made."""
    return context.office.calendar.local_date(invite.expires_at)


def _add(context: Context, draft: Invite) -> Invite:
    added = None
    while added is None:
        added = context.uow.invites.add_new(replace(draft, code=_new_code()), "code")
    context.audit("invite.create", "invite", added.id, added.role.value if added.role else "link")
    return added


def _new_code() -> str:
    code = ""
    while not _is_mixed(code):
        code = "".join(secrets.choice(_ALPHABET) for _sign in range(CODE_LENGTH))
    return code


def _is_mixed(code: str) -> bool:
    # So a code is never mistaken for a telephone number or an abbreviation, nor they for a code.
    return any(sign.isdigit() for sign in code) and not code.isdigit()


_BROTHER = mark("words before a man's name")
_SISTER = mark("words before a woman's name")
_COMRADE = mark("words before anybody's name")


def _title(text: str) -> tuple[str, str] | None:
    low = text.lower()
    return next((title for title in _titles() if low.startswith(title[1] + " ")), None)


@cache
def _titles() -> tuple[tuple[str, str], ...]:
    meaning = ((_BROTHER, "anh"), (_SISTER, "chị"), (_COMRADE, ""))
    return tuple((address, word) for key, address in meaning for word in _(key).split("|"))
