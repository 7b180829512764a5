"""What every office needs before the first message: its own unit, what can be counted, its periods."""

from __future__ import annotations

from bot.services.context import Context
from bot.services.invites import create_invite, live_invites
from bot.services.periods import ensure_periods_ahead
from bot.services.units import ensure_office
from domain.people import OFFICE_ROLES, Invite, Role
from messages_vi.indicators import STANDING


def prepare(context: Context) -> None:
    """Bring an empty or older database to where people can join; changes nothing that is there."""
    ensure_office(context, context.office.name)
    for indicator in STANDING:
        context.uow.indicators.add_new(indicator, "code")
    ensure_periods_ahead(context)


def first_invite(context: Context) -> Invite | None:
    """Return the code for the office's first person, or None once somebody has joined there.

    A code that was made before and is still good is returned again.
    """
    if context.uow.queries.people_with_roles(tuple(OFFICE_ROLES), context.today):
        return None
    office = ensure_office(context, context.office.name)
    made = [invite for invite in live_invites(context, office, Role.ADMIN) if not invite.person_name]
    return made[0] if made else create_invite(context, office, Role.ADMIN, "")
