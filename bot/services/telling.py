"""Words passed on to somebody else than who is talking: one person, or the people of the office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.services.context import Context
from domain.people import Role
from scheduler.outgoing import notify


def tell(context: Context, person_id: int, text: str, key: str, not_before: datetime | None = None) -> bool:
    """Send `text` to a person once under `key`; tell whether it is on its way, or was before."""
    sent = notify(context.uow, person_id, text, key=key, now=context.now, not_before=not_before)
    return sent is not None or context.uow.outbox.count(key=key) > 0


def tell_office(
    context: Context, roles: Iterable[Role], text: str, key: str, not_before: datetime | None = None
) -> int:
    """Send `text` to everybody at the office with one of `roles` but who is talking; return to how many.

    Each gets one copy whatever number of roles they hold; those without a chat to write to are passed over.
    """
    held = context.uow.queries.people_with_roles(tuple(roles), context.today)
    people = dict.fromkeys(one.person_id for one in held if one.person_id != context.person_id)
    return sum(tell(context, person_id, text, f"{key}:{person_id}", not_before) for person_id in people)
