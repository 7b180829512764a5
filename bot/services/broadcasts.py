"""Broadcasts of staff: drafted, their audience frozen when they are approved, taken back, their results."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.context import Context
from bot.services.units import grassroots_unions
from domain.broadcasts import BroadcastResult
from domain.errors import InputError, NotFound
from domain.marks import plain
from domain.messages import Broadcast, BroadcastRecipient, BroadcastState, Media, MediaState, Priority
from domain.people import UNIT_ROLES, Unit, UnitKind
from scheduler.broadcasting import OPEN_STATES, broadcast_result, cancel_waiting
from scheduler.outgoing import notify

LONGEST_TEXT = 3500
FURTHEST = timedelta(days=180)
EVERYBODY = "all"
_KIND, _GROUP = "kind:", "group:"
_SHOWN_STATES = (*OPEN_STATES, BroadcastState.DONE)


@dataclass(frozen=True, slots=True)
class Audience:
    """Somebody to send to: "all", "kind:<kind>" or "group:<name>", and the units that it means today."""

    code: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an audience reaches today: people by id, each once, oldest role first.

    `unreachable` have no chat that can be written to; `not_joined` are units in which nobody has joined.
    """

    people: tuple[int, ...]
    unreachable: tuple[int, ...]
    units: int
    not_joined: int


@dataclass(frozen=True, slots=True)
class Approved:
    """A broadcast on its way; `before` tells that it was no draft any more, so nothing was done now."""

    broadcast: Broadcast
    queued: int = 0
    unreachable: int = 0
    before: bool = False


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A broadcast taken back and what became of it; `before` tells that there was nothing to take back."""

    broadcast: Broadcast
    result: BroadcastResult
    before: bool = False


def draft(context: Context, text: str, media_id: int | None = None) -> Broadcast:
    """Begin a broadcast of the acting person and return it; it has no audience yet.

    Raises: InputError `text-missing` or `text-too-long`.
    """
    if context.person_id is None:
        raise NotFound("people", None)
    kept = context.uow.broadcasts.add(
        Broadcast(_checked(text), "", context.person_id, context.now, media_id=media_id)
    )
    context.audit("broadcast.draft", "broadcast", kept.id)
    return kept


def rewrite(context: Context, broadcast_id: int, text: str, media_id: int | None) -> Broadcast:
    """Change an own draft's content and return it.

    Raises: NotFound when it is no own draft (any more); InputError as `draft` does.
    """
    return _change(context, broadcast_id, text=_checked(text), media_id=media_id)


def address(context: Context, broadcast_id: int, audience: str) -> Broadcast:
    """Give an own draft its audience and return it.

    Raises: NotFound when it is no own draft (any more), or when the audience means no unit.
    """
    if not any(one.code == audience for one in audiences(context)):
        raise NotFound("audience", audience)
    return _change(context, broadcast_id, audience=audience)


def drop(context: Context, broadcast_id: int) -> Broadcast:
    """Give up an own draft. Raises: NotFound when it is none (any more)."""
    return _change(context, broadcast_id, state=BroadcastState.CANCELLED)


def own_broadcast(context: Context, broadcast_id: int) -> Broadcast:
    """Return a broadcast that the acting person wrote, in any state. Raises: NotFound, also for others'."""
    found = context.uow.broadcasts.first(id=broadcast_id, created_by_id=context.person_id)
    if found is None:
        raise NotFound("broadcasts", broadcast_id)
    return found


def open_draft(context: Context) -> Broadcast | None:
    """Return the acting person's newest draft that is not older than a dialogue may last, or None."""
    found = context.uow.broadcasts.first("-id", created_by_id=context.person_id, state=BroadcastState.DRAFT)
    fresh = found is not None and found.created_at > context.now - context.office.dialogue_valid
    return found if fresh else None


def version(broadcast: Broadcast) -> str:
    """Return a short mark of what would be sent to whom: a button of an older preview carries another."""
    content = f"{broadcast.text}\0{broadcast.audience}\0{broadcast.media_id}"
    return f"{zlib.crc32(content.encode()):08x}"


def audiences(context: Context) -> list[Audience]:
    """Return the audiences that mean some unit today: all, the kinds, then the groups by name."""
    units = grassroots_unions(context)
    groups = sorted({group for unit in units for group in unit.groups})
    codes = [EVERYBODY, *(_KIND + kind.value for kind in UnitKind), *(_GROUP + name for name in groups)]
    found = (Audience(code, _units_of(units, code)) for code in codes)
    return [one for one in found if one.units]


def reach(context: Context, audience: str) -> Reach:
    """Return whom an audience reaches today: the chairs and deputies of its units."""
    units = _units_of(grassroots_unions(context), audience)
    unit_ids = {unit.id for unit in units}
    held = context.uow.queries.people_with_roles(tuple(UNIT_ROLES), context.today)
    members = [one for one in held if one.unit_id in unit_ids]
    people = dict.fromkeys(one.person_id for one in members)
    active = {contact.person_id for contact in context.uow.queries.active_contacts(list(people))}
    return Reach(
        tuple(one for one in people if one in active),
        tuple(one for one in people if one not in active),
        len(units),
        len(unit_ids - {one.unit_id for one in members}),
    )


def attachment(context: Context, broadcast: Broadcast) -> Media | None:
    """Return the photo or file that goes along, in whatever state, or None."""
    return context.uow.media.get(broadcast.media_id) if broadcast.media_id is not None else None


def approve(context: Context, broadcast_id: int, at: datetime | None = None) -> Approved:
    """Send an own draft now, or at `at`: freeze its audience and queue one message for each person.

    Approved twice, the second finds nothing to do.
    Raises: NotFound for somebody else's; InputError `nobody`, `media-waiting`, `media-refused`, `past` or
    `too-far`.
    Source: DESIGN.md section 3, Broadcast.
    """
    broadcast = own_broadcast(context, broadcast_id)
    if broadcast.state is not BroadcastState.DRAFT:
        return Approved(broadcast, before=True)
    whom = reach(context, broadcast.audience)
    _check(context, broadcast, whom, at)
    start = at or context.now
    state = BroadcastState.SENDING if at is None else BroadcastState.SCHEDULED
    values = {"state": state, "not_before": start, "valid_until": start + context.office.broadcast_valid}
    # The claim: of two taps at the same moment only one goes on to queue anything.
    if not context.uow.broadcasts.change_where({"id": broadcast.id, "state": BroadcastState.DRAFT}, **values):
        return Approved(own_broadcast(context, broadcast_id), before=True)
    approved = own_broadcast(context, broadcast_id)
    queued = _queue(context, approved, (*whom.people, *whom.unreachable))
    context.audit("broadcast.approve", "broadcast", broadcast.id, f"{broadcast.audience} queued={queued}")
    return Approved(approved, queued, len(whom.people) + len(whom.unreachable) - queued)


def cancel(context: Context, broadcast_id: int) -> Cancelled:
    """Take back what of a broadcast is not sent yet; any staff member may. Raises: NotFound."""
    broadcast = context.uow.broadcasts.get(broadcast_id)
    claim = {"id": broadcast_id, "state": OPEN_STATES}
    claimed = context.uow.broadcasts.change_where(claim, state=BroadcastState.CANCELLED, done_at=context.now)
    if claimed:
        count = cancel_waiting(context.uow, broadcast_id)
        context.audit("broadcast.cancel", "broadcast", broadcast_id, f"cancelled={count}")
        broadcast = context.uow.broadcasts.get(broadcast_id)
    return Cancelled(broadcast, result(context, broadcast), before=not claimed)


def approved_broadcast(context: Context, broadcast_id: int) -> Broadcast:
    """Return a broadcast that went out or will; any staff member's. Raises: NotFound, also for drafts."""
    found = context.uow.broadcasts.get(broadcast_id)
    if found.not_before is None:
        raise NotFound("broadcasts", broadcast_id)
    return found


def latest(context: Context, limit: int = 3) -> list[Broadcast]:
    """Return the office's latest broadcasts that were sent, are being sent or will be, newest first."""
    return context.uow.broadcasts.find("-id", limit, state=_SHOWN_STATES)


def result(context: Context, broadcast: Broadcast) -> BroadcastResult:
    """Return who has a broadcast, who waits for it and who missed it."""
    return broadcast_result(context.uow, broadcast, context.today)


def _checked(text: str) -> str:
    said = plain(text).strip()
    if not said:
        raise InputError("text-missing")
    if len(said) > LONGEST_TEXT:
        raise InputError("text-too-long", length=len(said), limit=LONGEST_TEXT)
    return said


def _check(context: Context, broadcast: Broadcast, whom: Reach, at: datetime | None) -> None:
    if not whom.people:
        raise InputError("nobody")
    if at is not None and at <= context.now:
        raise InputError("past")
    if at is not None and at > context.now + FURTHEST:
        raise InputError("too-far")
    media = attachment(context, broadcast)
    if media is not None and media.state is not MediaState.STORED:
        raise InputError("media-waiting" if media.state is MediaState.WAITING else "media-refused")


def _change(context: Context, broadcast_id: int, **values: object) -> Broadcast:
    own = {"id": broadcast_id, "created_by_id": context.person_id, "state": BroadcastState.DRAFT}
    if not context.uow.broadcasts.change_where(own, **values):
        raise NotFound("broadcasts", broadcast_id)
    context.audit("broadcast.change", "broadcast", broadcast_id, ",".join(values))
    return context.uow.broadcasts.get(broadcast_id)


def _units_of(units: Sequence[Unit], audience: str) -> tuple[Unit, ...]:
    if audience == EVERYBODY:
        return tuple(units)
    if audience.startswith(_KIND):
        return tuple(unit for unit in units if unit.kind.value == audience.removeprefix(_KIND))
    group = audience.removeprefix(_GROUP)
    return tuple(unit for unit in units if audience.startswith(_GROUP) and group in unit.groups)


def _queue(context: Context, broadcast: Broadcast, people: Sequence[int]) -> int:
    keys = [_send(context, broadcast, person_id) for person_id in people]
    context.uow.recipients.add_all(
        BroadcastRecipient(broadcast.id, person_id, key) for person_id, key in zip(people, keys, strict=True)
    )
    return sum(bool(key) for key in keys)


def _send(context: Context, broadcast: Broadcast, person_id: int) -> str:
    """Queue the message for one person and return its key, "" for somebody who cannot be written to."""
    queued = notify(
        context.uow,
        person_id,
        broadcast.text,
        key=f"broadcast:{broadcast.id}:{person_id}",
        now=context.now,
        priority=Priority.BROADCAST,
        not_before=broadcast.not_before,
        valid_until=broadcast.valid_until,
        media_id=broadcast.media_id,
        broadcast_id=broadcast.id,
    )
    return queued.key if queued is not None else ""
