"""Messages that the bot starts by itself: to a person, on the contact that can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.messages import Choice, ConversationState, OutboxRow, Priority
from domain.people import Contact
from storage.unit_of_work import UnitOfWork

_LEFT_ALONE = timedelta(hours=2)


def reachable_contact(uow: UnitOfWork, person_id: int) -> Contact | None:
    """Return the contact to write to: the preferred account's when it can be reached, else the oldest."""
    contacts = uow.queries.active_contacts([person_id])
    if len(contacts) < 2:
        return contacts[0] if contacts else None
    preferred = uow.people.get(person_id).preferred_account
    return next((contact for contact in contacts if contact.account == preferred), contacts[0])


def notify(
    uow: UnitOfWork,
    person_id: int,
    text: str,
    *,
    key: str,
    now: datetime,
    choices: Sequence[Choice] = (),
    priority: Priority = Priority.NOTICE,
    not_before: datetime | None = None,
    valid_until: datetime | None = None,
    media_id: int | None = None,
    broadcast_id: int | None = None,
) -> OutboxRow | None:
    """Queue a message to a person once; return it, or None when it was queued before or nobody is there.

    `key` names the message for ever: the same key is never queued twice. The choices become those that a
    typed "1" means, unless the person is in the middle of a dialogue there.
    """
    contact = reachable_contact(uow, person_id)
    if contact is None:
        return None
    row = OutboxRow(
        key=key,
        account=contact.account,
        chat_id=contact.chat_id,
        priority=priority,
        text=text,
        created_at=now,
        not_before=not_before or now,
        choices=tuple(choices),
        media_id=media_id,
        person_id=person_id,
        broadcast_id=broadcast_id,
        valid_until=valid_until,
    )
    queued = uow.outbox.add_new(row, "key")
    if queued is not None and choices:
        _offer(uow, contact, tuple(choices), now)
    return queued


def _offer(uow: UnitOfWork, contact: Contact, choices: tuple[Choice, ...], now: datetime) -> None:
    state = uow.states.first(account=contact.account, chat_id=contact.chat_id)
    if state is None:
        uow.states.add(ConversationState(contact.account, contact.chat_id, now, choices=choices))
    elif not state.step or _is_left(state, now):
        open_now = replace(state, step="", data={}, choices=choices)
        uow.states.change(
            state.id, step=open_now.step, data=open_now.data, choices=choices, expires_at=None, updated_at=now
        )


def _is_left(state: ConversationState, now: datetime) -> bool:
    """Tell whether nothing was said for so long that what was read last is the new message."""
    return state.updated_at <= now - _LEFT_ALONE or (state.expires_at is not None and state.expires_at <= now)
