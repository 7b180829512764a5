"""How people get in and hand over: codes are used up, chats linked, chairs changed, the missing listed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.documents.invite_sheet import InviteCard
from bot.services.context import Context
from bot.services.invites import (
    create_invite,
    invite_links,
    last_day,
    live_invites,
    same_name,
    show_code,
    split_name,
    typed_code,
    withdraw,
)
from bot.services.units import chairs, grassroots_unions, is_current
from domain.messages import Incoming
from domain.people import (
    CodeAttempts,
    Contact,
    ContactState,
    Invite,
    Membership,
    Person,
    Role,
    Unit,
)

_ONE_DAY = timedelta(days=1)


class Refusal(StrEnum):
    """Why a code opened nothing."""

    UNUSABLE = "unusable"  # wrong, used, expired or withdrawn: which of them is nobody's business
    PAUSED = "paused"  # too many wrong ones in this chat; none is looked at for a while
    ALREADY_YOURS = "already_yours"  # the person of this chat has used it, or made it to link another chat
    OTHER_PERSON = "other_person"  # it links a chat to somebody else than the person of this chat
    OTHER_NAME = "other_name"  # made out to another name than that of this chat's person; may be agreed to


@dataclass(frozen=True, slots=True)
class Refused:
    """A code that opened nothing; `until` comes with PAUSED, `invited` and `unit` with OTHER_NAME."""

    why: Refusal
    until: datetime | None = None
    invited: str = ""
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A code that was used up; `unit` and `membership` are None when it linked another chat."""

    person: Person
    unit: Unit | None = None
    membership: Membership | None = None


def redeem_code(
    context: Context, incoming: Incoming, code: str, *, agreed: bool = False
) -> Redeemed | Refused:
    """Use up a code for the chat it was typed in.

    A stranger becomes a person with a role from today, or from the day that the code names. Where the chat
    belongs to somebody already, that person gets the role; if the code was made out to another name, only
    once `agreed`. Of two people who type one code at the same moment one gets in. Wrong codes are counted
    for each chat and slowed.
    Source: DESIGN.md section 6, promise 5.
    """
    attempts = context.uow.code_attempts.first(account=incoming.account, chat_id=incoming.chat_id)
    if attempts is not None and attempts.blocked_until is not None and attempts.blocked_until > context.now:
        return Refused(Refusal.PAUSED, until=attempts.blocked_until)
    holder = chat_holder(context, incoming)
    invite = context.uow.invites.first(code=typed_code(code))
    if invite is not None and holder is not None and invite.used_by_id == holder.id:
        return Refused(Refusal.ALREADY_YOURS)
    if invite is None or invite.used_at is not None or invite.expires_at <= context.now:
        return _wrong(context, incoming, attempts)
    use = _link if invite.person_id is not None else _join
    result = use(context, incoming, invite, holder, agreed)
    if result is None:
        return _wrong(context, incoming, attempts)
    if isinstance(result, Redeemed):
        context.uow.code_attempts.delete(account=incoming.account, chat_id=incoming.chat_id)
    return result


def chat_holder(context: Context, incoming: Incoming) -> Person | None:
    """Return the person whose chat this is and who has a role today or later, or None for a stranger."""
    contact = context.uow.contacts.first(account=incoming.account, chat_id=incoming.chat_id)
    if contact is None or contact.state is ContactState.LEFT or not _current(context, contact.person_id):
        return None
    return context.uow.people.get(contact.person_id)


def next_role(context: Context, person: Person) -> Membership | None:
    """Return the first membership of somebody whose roles are all still to come, or None."""
    held = _current(context, person.id)
    return held[0] if held and held[0].valid_from > context.today else None


@dataclass(frozen=True, slots=True)
class Handover:
    """A change of chair: the new one's code, and who is chair until the day before `starts_on`."""

    unit: Unit
    invite: Invite
    starts_on: date
    leaving: tuple[Person, ...]


def hand_over(context: Context, unit: Unit, new_name: str, starts_on: date) -> Handover:
    """Let somebody else be chair of `unit` from `starts_on`, and return the code for the new one.

    Whoever is chair then stops the day before and is served until that evening, whether or not the code has
    been used. Codes for an earlier choice of chair are withdrawn, so a handover can be put right by another.
    """
    withdraw(context, live_invites(context, unit, Role.CHAIR))
    leaving = _end_chairs(context, unit, starts_on)
    replaced = leaving[0].id if leaving else None
    invite = create_invite(
        context, unit, Role.CHAIR, new_name, starts_on=starts_on, replaces_person_id=replaced
    )
    context.audit("unit.handover", "unit", unit.id, starts_on.isoformat())
    return Handover(unit, invite, starts_on, leaving)


@dataclass(frozen=True, slots=True)
class NotJoined:
    """The unions without a chair who has joined, by name, and how many unions there are in all."""

    units: tuple[Unit, ...]
    total: int


def not_joined(context: Context) -> NotJoined:
    """Return which unions have no chair among the people who joined; a chair still to start counts."""
    chaired = {held.unit_id for held in chairs(context)}
    unions = grassroots_unions(context)
    return NotJoined(tuple(unit for unit in unions if unit.id not in chaired), len(unions))


def create_missing_invites(context: Context) -> list[tuple[Unit, Invite]]:
    """Return a usable code for every union without a chair, by name; codes that still run are kept."""
    return [(unit, _chair_invite(context, unit)) for unit in not_joined(context).units]


def invite_cards(context: Context) -> list[InviteCard]:
    """Return what to print for every code that can still be used, by unit name, the office last."""
    units = {unit.id: unit for unit in context.uow.units.find()}
    order = {unit.id: place for place, unit in enumerate(grassroots_unions(context))}
    invites = sorted(live_invites(context), key=lambda one: order.get(one.unit_id or 0, len(order)))
    return [_card(context, invite, units[invite.unit_id]) for invite in invites if invite.unit_id]


def _card(context: Context, invite: Invite, unit: Unit) -> InviteCard:
    links = invite_links(context, invite)
    # One square on a card: the first messenger that can be opened by an address.
    link = links[0][1] if links else ""
    return InviteCard(unit.name, invite.person_name, show_code(invite.code), link, last_day(context, invite))


def _wrong(context: Context, incoming: Incoming, attempts: CodeAttempts | None) -> Refused:
    wrong = (attempts.wrong if attempts is not None else 0) + 1
    pause = wrong >= context.office.wrong_codes_before_pause
    until = context.now + context.office.code_pause if pause else None
    row = CodeAttempts(incoming.account, incoming.chat_id, 0 if pause else wrong, until, context.now)
    if attempts is None:
        context.uow.code_attempts.add_new(row, "account", "chat_id")
    else:
        context.uow.code_attempts.change(
            attempts.id, wrong=row.wrong, blocked_until=until, last_at=context.now
        )
    return Refused(Refusal.PAUSED, until=until) if pause else Refused(Refusal.UNUSABLE)


def _join(
    context: Context, incoming: Incoming, invite: Invite, holder: Person | None, agreed: bool
) -> Redeemed | Refused | None:
    if invite.unit_id is None or invite.role is None:
        return None
    unit = context.uow.units.get(invite.unit_id)
    if holder is not None and not agreed and not _is_for(invite, holder):
        return Refused(Refusal.OTHER_NAME, invited=invite.person_name, unit=unit)
    if not _claim(context, invite):
        return None
    person = holder or _returning(context, incoming, invite) or _new_person(context, incoming, invite)
    _attach(context, incoming, person, invite)
    held = _appoint(context, person, unit, invite)
    return Redeemed(person, unit, held)


def _link(
    context: Context, incoming: Incoming, invite: Invite, holder: Person | None, agreed: bool
) -> Redeemed | Refused | None:
    if invite.person_id is None or not _current(context, invite.person_id):
        return None
    if holder is not None:
        own = holder.id == invite.person_id
        return Refused(Refusal.ALREADY_YOURS if own else Refusal.OTHER_PERSON)
    if not _claim(context, invite):
        return None
    person = context.uow.people.get(invite.person_id)
    _attach(context, incoming, person, invite)
    return Redeemed(person)


def _claim(context: Context, invite: Invite) -> bool:
    # The old state stands in the condition: of two transactions that read the same free code one changes it.
    return context.uow.invites.change_where({"id": invite.id, "used_at": None}, used_at=context.now) == 1


def _is_for(invite: Invite, person: Person) -> bool:
    return not (invite.person_name and person.name) or same_name(invite.person_name, person.name)


def _returning(context: Context, incoming: Incoming, invite: Invite) -> Person | None:
    """Somebody who had a role once and is invited again by the same name, in the chat of that time."""
    contact = context.uow.contacts.first(account=incoming.account, chat_id=incoming.chat_id)
    if contact is None:
        return None
    person = context.uow.people.get(contact.person_id)
    return person if invite.person_name and _is_for(invite, person) else None


def _new_person(context: Context, incoming: Incoming, invite: Invite) -> Person:
    address, name = split_name(invite.person_name or incoming.sender_name)
    return context.uow.people.add(Person(name, address))


def _attach(context: Context, incoming: Incoming, person: Person, invite: Invite) -> None:
    context.uow.invites.change(invite.id, used_by_id=person.id)
    known = context.uow.contacts.first(account=incoming.account, chat_id=incoming.chat_id)
    if known is None:
        context.uow.contacts.add(
            Contact(person.id, incoming.account, incoming.chat_id, ContactState.ACTIVE, context.now)
        )
    else:
        # A chat of somebody without a role any more, such as a union's own telephone: it changes hands.
        context.uow.contacts.change(known.id, person_id=person.id, state=ContactState.ACTIVE)
    # The chat that somebody joined last is where they are written to.
    context.uow.people.change(person.id, preferred_account=incoming.account)
    replace(context, person=person).audit("invite.redeem", "invite", invite.id)


def _appoint(context: Context, person: Person, unit: Unit, invite: Invite) -> Membership:
    role = invite.role or Role.CHAIR
    starts_on = invite.starts_on or context.today
    held = context.uow.memberships.find(person_id=person.id, unit_id=unit.id, role=role)
    running = next((one for one in held if one.holds_on(starts_on)), None)
    if running is not None:
        return running
    added = context.uow.memberships.add(Membership(person.id, unit.id, role, starts_on))
    replace(context, person=person).audit("membership.begin", "membership", added.id, role.value)
    return added


def _end_chairs(context: Context, unit: Unit, starts_on: date) -> tuple[Person, ...]:
    chairs = context.uow.memberships.find(unit_id=unit.id, role=Role.CHAIR)
    ending = [one for one in chairs if one.valid_to is None or one.valid_to >= starts_on]
    for one in ending:
        context.uow.memberships.change(one.id, valid_to=starts_on - _ONE_DAY)
        context.audit("membership.end", "membership", one.id, (starts_on - _ONE_DAY).isoformat())
    return tuple(
        context.uow.people.get(person_id) for person_id in dict.fromkeys(m.person_id for m in ending)
    )


def _chair_invite(context: Context, unit: Unit) -> Invite:
    running = live_invites(context, unit, Role.CHAIR)
    if running:
        return running[-1]
    earlier = context.uow.invites.first("-id", unit_id=unit.id, role=Role.CHAIR, used_at=None)
    return create_invite(context, unit, Role.CHAIR, earlier.person_name if earlier else "")


def _current(context: Context, person_id: int) -> list[Membership]:
    held = context.uow.memberships.find("valid_from", person_id=person_id)
    return [one for one in held if is_current(context, one)]
