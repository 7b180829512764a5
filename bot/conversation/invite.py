"""Codes that staff hand out: which unit, which role, for whom, and a text ready to be forwarded."""

from __future__ import annotations

from bot.conversation.turn import Dialogue, Entry, Turn
from bot.conversation.unit_talk import (
    ROLE_NAMES,
    SHOWN,
    ask_which,
    call_invited,
    chair_of,
    full_name,
    is_name,
    record_id,
    union,
)
from bot.language.normalise import fold
from bot.services.invites import create_invite, invite_links, last_day, live_invites, same_name, show_code
from bot.services.units import match_unit, office_unit
from domain.errors import NotFound
from domain.messages import Choice
from domain.people import OFFICE_ROLES, UNIT_ROLES, Invite, Role, Unit, UnitLevel
from domain.permissions import Action, require
from messages_vi.address import capital
from messages_vi.catalogue import Marked, _, join
from messages_vi.formats import day, weekday_day


def hand_out(turn: Turn, invite: Invite, unit: Unit) -> None:
    """Give the code to staff: what to do with it, and the text to forward as a message of its own."""
    turn.done()
    turn.say(
        _(
            "{You} hands the next message on to {who}; it is good once, until {day}.",
            You=capital(turn.you),
            who=call_invited(invite),
            day=weekday_day(last_day(turn.context, invite), turn.today),
        )
    )
    turn.say(_forwarded(turn, invite, unit))


def _forwarded(turn: Turn, invite: Invite, unit: Unit) -> Marked:
    role = _(ROLE_NAMES[invite.role or Role.CHAIR])
    office, who = turn.context.office.name, call_invited(invite)
    until = day(last_day(turn.context, invite), turn.today)
    if unit.level is UnitLevel.OFFICE:
        head = _("Hello {who}. This is the code for {role} of {office}:", who=who, role=role, office=office)
    else:
        head = _(
            "Hello {who}. This is the code for {role} of {unit} with the assistant of {office}:",
            who=who,
            role=role,
            unit=unit.name,
            office=office,
        )
    lines = [head, _("*{code}*", code=show_code(invite.code))]
    links = [_("Open {link}", link=link) for _account, link in invite_links(turn.context, invite)]
    if links:
        lines += [*links, _("Or write the code to the assistant. It is good once, until {day}.", day=until)]
    else:
        lines.append(_("Write the code to the assistant. It is good once, until {day}.", day=until))
    if invite.starts_on is not None and invite.starts_on > turn.today:
        lines.append(_("The task begins on {day}.", day=weekday_day(invite.starts_on, turn.today)))
    return join(lines)


def _begin(turn: Turn, rest: str) -> None:
    if rest.strip():
        _unit_named(turn, rest)
        return
    turn.expect("moi.unit")
    office = office_unit(turn.context)
    choices = []
    if Role.ADMIN in turn.roles and office is not None:
        choices = [_role_choice(office, role) for role in (Role.STAFF, Role.LEADER)]
    turn.say(_("Which unit is the code for? {You} types part of its name.", You=capital(turn.you)), *choices)


def _unit_named(turn: Turn, text: str) -> None:
    found = match_unit(turn.context, text)
    if len(found) == 1:
        _ask_role(turn, found[0])
    else:
        turn.expect("moi.unit")
        ask_which(turn, text, found, "moi.unit")


def _unit_chosen(turn: Turn, rest: str) -> None:
    _ask_role(turn, union(turn, rest))


def _ask_role(turn: Turn, unit: Unit) -> None:
    turn.expect("moi.role", unit_id=unit.id)
    text = _("What does the person do at *{unit}*?", unit=unit.name)
    chair = chair_of(turn, unit)
    if chair is not None:
        text = join([text, _("{chair} is chair there now; */bangiao* changes it.", chair=full_name(chair))])
    turn.say(text, *(_role_choice(unit, role) for role in (Role.CHAIR, Role.DEPUTY)))


def _role_typed(turn: Turn, text: str) -> None:
    unit = union(turn, turn.state.data.get("unit_id"))
    # The longer name holds the shorter one: phó chủ tịch, chủ tịch.
    named = [role for role in (Role.DEPUTY, Role.CHAIR) if fold(_(ROLE_NAMES[role])) in fold(text)]
    if named:
        _ask_name(turn, unit, named[0])
    else:
        _ask_role(turn, unit)


def _role_chosen(turn: Turn, rest: str) -> None:
    _ask_name(turn, *_unit_and_role(turn, rest))


def _ask_name(turn: Turn, unit: Unit, role: Role) -> None:
    turn.expect("moi.name", unit_id=unit.id, role=role.value)
    waiting = [invite for invite in live_invites(turn.context, unit, role) if invite.person_name]
    choices = [Choice(one.person_name, f"moi.again:{one.id}") for one in waiting[-SHOWN:]]
    turn.say(
        _(
            "Who is {role} of *{unit}*? {You} types the name.",
            role=_(ROLE_NAMES[role]),
            unit=unit.name,
            You=capital(turn.you),
        ),
        *choices,
        _skip(unit, role),
    )


def _name_typed(turn: Turn, text: str) -> None:
    data = turn.state.data
    unit, role = _unit_and_role(turn, f"{data.get('unit_id')}:{data.get('role')}")
    if is_name(text):
        hand_out(turn, create_invite(turn.context, unit, role, text), unit)
    else:
        example = _("{You} types only the name, such as *chị Nguyễn Thị Hoa*.", You=capital(turn.you))
        turn.say(example, _skip(unit, role))


def _name_skipped(turn: Turn, rest: str) -> None:
    unit, role = _unit_and_role(turn, rest)
    waiting = [one for one in live_invites(turn.context, unit, role) if not one.person_name]
    # Tapped again, the button shows the code that may have been handed on already.
    hand_out(turn, waiting[-1] if waiting else create_invite(turn.context, unit, role), unit)


def _name_again(turn: Turn, rest: str) -> None:
    known = turn.context.uow.invites.get(record_id(rest))
    unit, role = _unit_and_role(turn, f"{known.unit_id}:{known.role}")
    if known.used_at is not None:
        turn.done()
        turn.say(_("{who} has joined with this code already.", who=capital(call_invited(known))))
        return
    live = [
        one for one in live_invites(turn.context, unit, role) if same_name(one.person_name, known.person_name)
    ]
    invite = live[-1] if live else create_invite(turn.context, unit, role, known.person_name)
    hand_out(turn, invite, unit)


def _unit_and_role(turn: Turn, text: str) -> tuple[Unit, Role]:
    """The unit and role that an action or a step names, if this person may invite for them."""
    number, _colon, name = text.partition(":")
    unit = turn.context.uow.units.get(record_id(number))
    wanted = OFFICE_ROLES if unit.level is UnitLevel.OFFICE else UNIT_ROLES
    role = next((role for role in wanted if role.value == name), None)
    if role is None:
        raise NotFound("roles", name)
    require(turn.roles, Action.INVITE_STAFF if role in OFFICE_ROLES else Action.INVITE)
    return unit, role


def _role_choice(unit: Unit, role: Role) -> Choice:
    return Choice(capital(_(ROLE_NAMES[role])), f"moi.role:{unit.id}:{role.value}")


def _skip(unit: Unit, role: Role) -> Choice:
    return Choice(_("Skip the name"), f"moi.skip:{unit.id}:{role.value}")


INVITE = Dialogue(
    commands={"moi": Entry(_begin, Action.INVITE)},
    actions={
        "moi.unit": Entry(_unit_chosen, Action.INVITE),
        "moi.role": Entry(_role_chosen, Action.INVITE),
        "moi.skip": Entry(_name_skipped, Action.INVITE),
        "moi.again": Entry(_name_again, Action.INVITE),
    },
    answers={
        "moi.unit": Entry(_unit_named, Action.INVITE),
        "moi.role": Entry(_role_typed, Action.INVITE),
        "moi.name": Entry(_name_typed, Action.INVITE),
    },
)
