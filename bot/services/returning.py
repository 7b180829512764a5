"""A figure that staff sent back: its sender, or the unit's chair, is asked to look at it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.services.context import Context
from domain.ledger import Report, ReportState
from domain.messages import Choice, ConversationState
from domain.people import UNIT_ROLES, Contact, Person, Role
from messages_vi import approvals
from scheduler.outgoing import notify, reachable_contact

STEP = "report.returned"
"""The step in which a chair's next line is the right figure."""
_WAITS = timedelta(days=7)
_OFFERED = 3


def tell_of_return(context: Context, row: Report) -> Person | None:
    """Ask the sender, or the unit's chair, for the right figure; return who was asked, None for nobody.

    The next line typed there is taken for the right figure, unless the chat is in the middle of something
    else, or other figures came back too and the line could mean any of them: then the choices lead there.
    """
    person = _whom(context, row)
    contact = reachable_contact(context.uow, person.id) if person is not None else None
    if person is None or contact is None:
        return None
    chat = _chat(context, contact)
    busy = bool(chat.step) and chat.step != STEP
    others = [] if busy else _other_returned(context, row)
    indicators = {one.code: one for one in context.uow.indicators.find()}
    how = (
        approvals.Answering.BUSY
        if busy
        else approvals.Answering.CHOOSE
        if others
        else approvals.Answering.TYPE
    )
    asked = approvals.Return(person, context.uow.units.get(row.unit_id), row, indicators, how)
    choices = approvals.return_choices(asked, others)
    text = approvals.return_text(asked, context.today)
    queued = notify(context.uow, person.id, text, key=_key(row), now=context.now, choices=choices)
    if queued is not None and not busy:
        _wait(context, chat, row if not others else None, choices)
    return person if queued is not None else None


def _whom(context: Context, row: Report) -> Person | None:
    held = context.uow.queries.people_with_roles(tuple(UNIT_ROLES), context.today, row.unit_id)
    chairs = [one.person_id for one in held if one.role is Role.CHAIR]
    deputies = [one.person_id for one in held if one.role is not Role.CHAIR]
    ids = [*chairs, *deputies]
    if row.reported_by_id in ids:
        ids.insert(0, row.reported_by_id)
    reachable = (one for one in ids if reachable_contact(context.uow, one) is not None)
    found = next(reachable, None)
    return context.uow.people.get(found) if found is not None else None


def _chat(context: Context, contact: Contact) -> ConversationState:
    """Return where the chat stands; a dialogue past its time counts for nothing."""
    found = context.uow.states.first(account=contact.account, chat_id=contact.chat_id)
    if found is None:
        return ConversationState(contact.account, contact.chat_id, context.now)
    if found.expires_at is not None and found.expires_at <= context.now:
        return replace(found, step="", data={}, choices=())
    return found


def _other_returned(context: Context, row: Report) -> list[Report]:
    found = context.uow.reports.find("-id", unit_id=row.unit_id, state=ReportState.RETURNED)
    return [one for one in found if one.id != row.id][: _OFFERED - 1]


def _wait(context: Context, chat: ConversationState, row: Report | None, choices: Sequence[Choice]) -> None:
    """Let the chat's next line be the right figure for `row`, or only a choice when it is None."""
    waiting = replace(
        chat,
        step=STEP if row is not None else "",
        data={"report": row.id} if row is not None else {},
        choices=tuple(choices),
    )
    kept = context.uow.states.first(account=chat.account, chat_id=chat.chat_id)
    known = kept or context.uow.states.add(waiting)
    context.uow.states.change(
        known.id,
        step=waiting.step,
        data=waiting.data,
        choices=waiting.choices,
        updated_at=context.now,
        expires_at=context.now + _WAITS,
    )


def _key(row: Report) -> str:
    # A figure that was kept may come back a second time: its last confirmation tells the times apart.
    return f"returned:{row.id}:{row.confirmed_at.isoformat() if row.confirmed_at else ''}"
