"""Broadcasts by the clock: when the last message is settled, their author gets the result, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.broadcasts import MISSED_BY_STATE, WAITING_STATES, BroadcastResult, Missed, result_of
from domain.messages import Broadcast, BroadcastState, OutboxState
from domain.people import UNIT_ROLES
from messages_vi.broadcasts import result_text
from messages_vi.catalogue import _
from messages_vi.formats import local_date
from scheduler.jobs import Job, every
from scheduler.outgoing import notify
from storage.unit_of_work import UnitOfWork

OPEN_STATES = (BroadcastState.SCHEDULED, BroadcastState.SENDING)
_NAMED = 10
"""So many people are named for each reason; the rest is a number."""


def broadcast_job() -> Job:
    """Return the job that ends broadcasts. It looks at every beat: authors wait for the result."""
    looking = every("broadcasts", timedelta(0), finish_due, "broadcasts ended")
    return replace(looking, upcoming=next_broadcast)


def finish_due(uow: UnitOfWork, now: datetime) -> int:
    """End the broadcasts of which nothing waits any more and send each author the result; return how many.

    A scheduled one whose time has come is being sent from then on.
    """
    return sum(_finish(uow, broadcast, now) for broadcast in uow.broadcasts.find(state=OPEN_STATES))


def next_broadcast(uow: UnitOfWork, now: datetime) -> datetime | None:
    """Return the next moment after `now` at which a message of a broadcast is to be sent, or None."""
    moments = (moment for one in uow.broadcasts.find(state=OPEN_STATES) for moment in _moments(uow, one))
    return min((moment for moment in moments if moment > now), default=None)


def broadcast_result(uow: UnitOfWork, broadcast: Broadcast, day: date) -> BroadcastResult:
    """Return who has the broadcast and who missed it; units are those in which people act on `day`."""
    unreachable = {"broadcast_id": broadcast.id, "outbox_key": ""}
    missing = [one.person_id for one in uow.recipients.find("id", _NAMED, **unreachable)]
    who = {Missed.UNREACHABLE: _names(uow, missing, day)}
    for state, why in MISSED_BY_STATE.items():
        if why is not Missed.CANCELLED:
            rows = uow.outbox.find("id", _NAMED, broadcast_id=broadcast.id, state=state)
            who[why] = _names(uow, [row.person_id for row in rows if row.person_id], day)
    counts = uow.queries.outbox_counts(broadcast.id)
    return result_of(counts, uow.recipients.count(**unreachable), who)


def cancel_waiting(uow: UnitOfWork, broadcast_id: int) -> int:
    """Take back the messages that were not sent yet; return how many."""
    where = {"broadcast_id": broadcast_id, "state": (OutboxState.QUEUED, OutboxState.RETRY)}
    return uow.outbox.change_where(where, state=OutboxState.CANCELLED)


def _finish(uow: UnitOfWork, broadcast: Broadcast, now: datetime) -> bool:
    counts = uow.queries.outbox_counts(broadcast.id)
    if any(counts.get(state) for state in WAITING_STATES):
        if broadcast.not_before is None or broadcast.not_before <= now:
            scheduled = {"id": broadcast.id, "state": BroadcastState.SCHEDULED}
            uow.broadcasts.change_where(scheduled, state=BroadcastState.SENDING)
        return False
    # Claimed by its state: of two processes that look at once, one tells the author.
    claim = {"id": broadcast.id, "state": OPEN_STATES}
    if not uow.broadcasts.change_where(claim, state=BroadcastState.DONE, done_at=now):
        return False
    text = result_text(broadcast, broadcast_result(uow, broadcast, local_date(now)))
    notify(uow, broadcast.created_by_id, text, key=f"broadcast-result:{broadcast.id}", now=now)
    return True


def _moments(uow: UnitOfWork, broadcast: Broadcast) -> Iterator[datetime]:
    if broadcast.not_before is not None:
        yield broadcast.not_before
    for row in uow.outbox.find("not_before", broadcast_id=broadcast.id, state=OutboxState.RETRY):
        yield row.not_before


def _names(uow: UnitOfWork, person_ids: list[int], day: date) -> tuple[str, ...]:
    return tuple(_name(uow, person_id, day) for person_id in person_ids)


def _name(uow: UnitOfWork, person_id: int, day: date) -> str:
    name = uow.people.get(person_id).name
    units = [unit.name for unit, role in uow.queries.roles_of(person_id, day) if role in UNIT_ROLES]
    return _("{name} ({unit})", name=name, unit=units[0]) if units else name
