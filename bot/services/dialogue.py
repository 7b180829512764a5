"""Who is talking, where their chat stands, and putting the answers on their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.services.alarms import tell_staff_of_unreachable
from bot.services.context import Context
from domain.messages import Choice, ConversationState, Incoming, IncomingKind, OutboxRow, Priority
from domain.people import ContactState, Sender
from scheduler.outgoing import reachable_contact


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer on its way: text with marks, choices, and a stored file to send along."""

    text: str
    choices: tuple[Choice, ...] = ()
    media_id: int | None = None


def identify(context: Context, incoming: Incoming) -> Sender | None:
    """Return who wrote, with the roles of today, or None for a stranger.

    A person whose roles have all ended is a stranger too.
    """
    contact = context.uow.contacts.first(account=incoming.account, chat_id=incoming.chat_id)
    if contact is None or contact.state is ContactState.LEFT:
        return None
    roles = context.uow.queries.roles_of(contact.person_id, context.today)
    if not roles:
        return None
    return Sender(context.uow.people.get(contact.person_id), contact, roles)


def load_state(context: Context, incoming: Incoming) -> ConversationState:
    """Return where the chat stands; a state past its expiry starts anew."""
    found = context.uow.states.first(account=incoming.account, chat_id=incoming.chat_id)
    if found is None:
        return ConversationState(incoming.account, incoming.chat_id, context.now)
    if found.expires_at is not None and found.expires_at <= context.now:
        return replace(found, step="", data={}, choices=(), expires_at=None)
    return found


def save_state(context: Context, state: ConversationState) -> None:
    """Keep where the chat stands, valid for the office's dialogue time."""
    kept = replace(state, updated_at=context.now, expires_at=context.now + context.office.dialogue_valid)
    if state.id:
        context.uow.states.change(
            state.id,
            step=kept.step,
            data=kept.data,
            choices=kept.choices,
            updated_at=kept.updated_at,
            expires_at=kept.expires_at,
        )
    else:
        context.uow.states.add(kept)


def queue_replies(
    context: Context, incoming: Incoming, person_id: int | None, replies: Sequence[Reply]
) -> None:
    """Put the answers to one message into the outbox, in order, in the transaction of the facts."""
    for number, reply in enumerate(replies, start=1):
        context.uow.outbox.add(
            OutboxRow(
                key=f"reply:{context.inbox_id}:{number}",
                account=incoming.account,
                chat_id=incoming.chat_id,
                priority=Priority.REPLY,
                text=reply.text,
                created_at=context.now,
                not_before=context.now,
                choices=reply.choices,
                media_id=reply.media_id,
                person_id=person_id,
            )
        )


def contact_changed(context: Context, incoming: Incoming) -> None:
    """Follow what a platform says of a chat: blocked, unblocked, or moved to another address.

    Staff hear of a person who is left without any chat: nothing will be sent there that could fail.
    """
    where = {"account": incoming.account, "chat_id": incoming.chat_id}
    if incoming.kind is IncomingKind.MOVED:
        context.uow.contacts.change_where(where, chat_id=incoming.new_chat_id)
        context.uow.states.change_where(where, chat_id=incoming.new_chat_id)
        context.uow.open_questions.change_where(where, chat_id=incoming.new_chat_id)
        return
    stopped = incoming.kind is IncomingKind.STOPPED
    before = ContactState.ACTIVE if stopped else ContactState.UNREACHABLE
    after = ContactState.UNREACHABLE if stopped else ContactState.ACTIVE
    changed = context.uow.contacts.change_where(where | {"state": before}, state=after)
    contact = context.uow.contacts.first(account=incoming.account, chat_id=incoming.chat_id)
    if stopped and changed and contact and reachable_contact(context.uow, contact.person_id) is None:
        tell_staff_of_unreachable(context, contact.person_id)


def chat_is_busy(context: Context, account: str, chat_id: str, quiet_since: datetime) -> bool:
    """Tell whether a dialogue is in progress that was touched after `quiet_since`."""
    state = context.uow.states.first(account=account, chat_id=chat_id)
    return state is not None and bool(state.step) and state.updated_at > quiet_since
