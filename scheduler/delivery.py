"""The dispatcher: the only part that calls a channel. It claims, sends and records.

What is in flight when the program dies is found as "sending" at the next start (`recover`): replies, notices
and reminders are said again, marked as possibly known; a broadcast is not, and staff see it as unknown.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from domain.errors import (
    AddressChanged,
    BadCredential,
    BudgetSpent,
    ChannelError,
    RateLimited,
    RecipientGone,
    Rejected,
    StorageError,
    Unavailable,
    Uncertain,
)
from domain.messages import (
    Choice,
    MediaFile,
    OutboxRow,
    OutboxState,
    Outgoing,
    Priority,
    Receipt,
    with_numbers,
)
from domain.people import ContactState
from domain.ports import Channel, Clock
from messages_vi.catalogue import Marked, _, join
from scheduler.outgoing import reachable_contact
from scheduler.pace import Pace
from scheduler.splitting import split_text
from storage.unit_of_work import UnitOfWork
from storage.worker import DatabaseWorker

log = logging.getLogger(__name__)

FetchMedia = Callable[[int], Awaitable[MediaFile | None]]
Gone = Callable[[UnitOfWork, OutboxRow, datetime], None]
Outcome = tuple[OutboxRow, Receipt | ChannelError]
_Flight = asyncio.Task[Outcome]
_IN_FLIGHT = 8
_IDLE_SECS = 5.0
_BUDGET_PAUSE = timedelta(hours=1)
_SHORT_SECS = 1.0
_WAITING = (OutboxState.QUEUED, OutboxState.RETRY)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how long a message is tried; the pauses double from `first_pause_secs`.

    Left as it is, it outlasts a day without network.
    """

    attempts: int = 300
    first_pause_secs: float = 5.0
    longest_pause_secs: float = 300.0

    def pause(self, attempts: int) -> timedelta:
        """Return the pause after `attempts` tries, with jitter so that chats do not march in step."""
        pause = min(self.longest_pause_secs, self.first_pause_secs * 2 ** max(0, attempts - 1))
        return timedelta(seconds=pause * random.uniform(0.8, 1.2))  # noqa: S311 - jitter is no secret


def recover(uow: UnitOfWork, account: str) -> int:
    """Settle what was in flight when the program last died; return how many such messages there were."""
    found = uow.outbox.find(account=account, state=OutboxState.SENDING)
    for row in found:
        propaganda = row.priority is Priority.BROADCAST
        state = OutboxState.UNKNOWN if propaganda else OutboxState.QUEUED
        uow.outbox.change(row.id, state=state, doubtful=True)
    return len(found)


@dataclass
class Dispatcher:
    """Delivers one account's outbox.

    `when_gone` tells staff that somebody cannot be reached any more; `when_recorded` hears that outcomes are
    on disk.
    """

    channel: Channel
    worker: DatabaseWorker
    clock: Clock
    fetch_media: FetchMedia
    when_gone: Gone
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    when_recorded: Callable[[], None] = lambda: None
    failure_pause_secs: float = 1.0
    stopped_by: ChannelError | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._pace = Pace(self.channel.limits)

    def wake(self) -> None:
        """Say that something was queued."""
        self._wake.set()

    def stop(self) -> None:
        """Claim nothing more; what is being sent is finished."""
        self._stop.set()
        self._wake.set()

    async def run(self) -> None:
        """Deliver until stopped, or until the platform no longer knows our token."""
        recovered = False
        while not self._stop.is_set() and self.stopped_by is None:
            self._wake.clear()
            try:
                if not recovered:
                    await self.worker.run(lambda uow: recover(uow, self.channel.account))
                    recovered = True
                if not await self.deliver_due():
                    await self._wait()
            except Exception:
                log.exception("delivery on %s failed; it goes on", self.channel.account)
                # An outcome may have been lost with the database: its chat must not wait for a restart.
                recovered = False
                await asyncio.sleep(self.failure_pause_secs)

    async def deliver_due(self) -> int:
        """Send everything that is due now, and return how many messages were handled.

        What takes long, such as a picture, holds up its own chat only: what is queued meanwhile overtakes it.
        """
        handled = 0
        flying: set[_Flight] = set()
        landed: set[_Flight] = set()
        try:
            while True:
                flying |= await self._exchange(landed, _IN_FLIGHT - len(flying))
                if not flying:
                    return handled
                landed, flying = await self._landing(flying)
                handled += len(landed)
        finally:
            for flight in flying:
                flight.cancel()
            await asyncio.gather(*flying, return_exceptions=True)

    async def _exchange(self, landed: set[_Flight], room: int) -> set[_Flight]:
        """Record what landed and let the next ones go."""
        outcomes = [flight.result() for flight in landed]
        settle = partial(self._settle, outcomes=outcomes, room=room, now=self.clock.now())
        rows = await self.worker.run(settle)
        if outcomes:
            self.when_recorded()
        return {asyncio.create_task(self._attempt(row)) for row in rows}

    async def _landing(self, flying: set[_Flight]) -> tuple[set[_Flight], set[_Flight]]:
        """Wait until something landed or was queued; return what landed and what still flies."""
        woken = asyncio.create_task(self._wake.wait())
        await asyncio.wait({*flying, woken}, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()
        self._wake.clear()
        landed = {flight for flight in flying if flight.done()}
        return landed, flying - landed

    def _settle(
        self, uow: UnitOfWork, *, outcomes: Sequence[Outcome], room: int, now: datetime
    ) -> list[OutboxRow]:
        """Record what became of the last messages and claim the next ones, in one transaction."""
        self._record(uow, outcomes, now)
        if self._stop.is_set() or self.stopped_by is not None:
            return []
        uow.queries.expire_outbox(self.channel.account, now)
        return uow.queries.claim_outbox(self.channel.account, now, room)

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), _IDLE_SECS)
        except TimeoutError:
            return

    async def _attempt(self, row: OutboxRow) -> Outcome:
        receipts: list[Receipt] = []
        try:
            await self._send(row, receipts)
            return row, receipts[-1]
        except Uncertain as error:
            return row, error
        except ChannelError as error:
            # What arrived of a longer text will be said again with the rest.
            return replace(row, doubtful=row.doubtful or bool(receipts)), error
        except Exception as error:
            # A fault of our own must not leave the row "sending" for ever: it is recorded as refused.
            log.exception("message %s could not be handed to %s", row.id, row.account)
            return row, Rejected(repr(error))

    async def _send(self, row: OutboxRow, receipts: list[Receipt]) -> None:
        """Send the parts of one message one after the other, and note the receipt of each."""
        media = await self._file(row.media_id) if row.media_id is not None else None
        limits = self.channel.limits
        parts = split_text(_shown(row, buttons=limits.has_buttons), limits.max_text)
        for number, part in enumerate(parts, start=1):
            await self._await_turn(row.chat_id)
            last = number == len(parts)
            message = Outgoing(
                row.chat_id,
                part,
                row.choices if last else (),
                media if last else None,
                row.reply_to_id if number == 1 else "",
            )
            receipts.append(await self.channel.send(message))

    async def _file(self, media_id: int) -> MediaFile | None:
        try:
            return await self.fetch_media(media_id)
        except (StorageError, OSError) as error:
            raise Unavailable(repr(error)) from error

    async def _await_turn(self, chat_id: str) -> None:
        secs = self._pace.take(chat_id, time.monotonic())
        if secs < _SHORT_SECS:
            await asyncio.sleep(secs)
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), secs)
            raise Unavailable("the program stops")

    def _record(self, uow: UnitOfWork, outcomes: Sequence[Outcome], now: datetime) -> None:
        for row, outcome in outcomes:
            if isinstance(outcome, Receipt):
                uow.outbox.change(
                    row.id, state=OutboxState.SENT, sent_at=now, message_id=outcome.message_id, error=""
                )
            else:
                self._record_failure(uow, row, outcome, now)

    def _record_failure(self, uow: UnitOfWork, row: OutboxRow, error: ChannelError, now: datetime) -> None:
        match error:
            case RecipientGone():
                self._gone(uow, row, now)
            case AddressChanged():
                self._moved(uow, row, error.new_address)
            case RateLimited():
                if error.whole_account:
                    self._pace.hold(error.retry_after_secs, time.monotonic())
                wait = timedelta(seconds=error.retry_after_secs)
                _again(uow, row, now + wait, error, attempts=row.attempts - 1)
            case BudgetSpent():
                _again(uow, row, now + _BUDGET_PAUSE, error, attempts=row.attempts - 1)
            case BadCredential():
                self.stopped_by = error
                _again(uow, row, now, error, attempts=row.attempts - 1)
                log.error("%s: the platform does not know our token; nothing is sent", row.account)
            case Unavailable() if self._stop.is_set():
                _again(uow, row, now, error, attempts=row.attempts - 1)
            case Unavailable() if row.attempts < self.retry.attempts:
                _again(uow, row, now + self.retry.pause(row.attempts), error)
            case Uncertain():
                self._maybe_arrived(uow, row, error, now)
            case _:
                _failed(uow, row, error)

    def _maybe_arrived(self, uow: UnitOfWork, row: OutboxRow, error: ChannelError, now: datetime) -> None:
        # Nobody can tell whether it arrived. One more try, marked; propaganda is not worth saying twice.
        if row.priority is Priority.BROADCAST or row.doubtful:
            uow.outbox.change(row.id, state=OutboxState.UNKNOWN, error=repr(error), doubtful=True)
        else:
            _again(uow, replace(row, doubtful=True), now + self.retry.pause(row.attempts), error)

    def _gone(self, uow: UnitOfWork, row: OutboxRow, now: datetime) -> None:
        where = {"account": row.account, "chat_id": row.chat_id}
        uow.contacts.change_where(where, state=ContactState.UNREACHABLE)
        other = reachable_contact(uow, row.person_id) if row.person_id is not None else None
        if other is not None:
            uow.outbox.change(
                row.id, account=other.account, chat_id=other.chat_id, state=OutboxState.QUEUED, choices=()
            )
            return
        _failed(uow, row, RecipientGone())
        self.when_gone(uow, row, now)

    def _moved(self, uow: UnitOfWork, row: OutboxRow, new_address: str) -> None:
        where = {"account": row.account, "chat_id": row.chat_id}
        uow.contacts.change_where(where, chat_id=new_address)
        uow.states.change_where(where, chat_id=new_address)
        uow.open_questions.change_where(where, chat_id=new_address)
        uow.outbox.change_where(where | {"state": _WAITING}, chat_id=new_address)
        uow.outbox.change(row.id, state=OutboxState.QUEUED, chat_id=new_address)


def _again(
    uow: UnitOfWork, row: OutboxRow, at: datetime, error: ChannelError, attempts: int | None = None
) -> None:
    uow.outbox.change(
        row.id,
        state=OutboxState.RETRY,
        not_before=at,
        error=repr(error),
        attempts=row.attempts if attempts is None else attempts,
        doubtful=row.doubtful,
    )


def _failed(uow: UnitOfWork, row: OutboxRow, error: ChannelError) -> None:
    uow.outbox.change(row.id, state=OutboxState.FAILED, error=repr(error))
    log.warning("message %s on %s was given up: %r", row.id, row.account, error)


def _shown(row: OutboxRow, *, buttons: bool) -> Marked:
    lines = [Marked(row.text)]
    if row.choices and not buttons:
        offered = (_offered(number, choice) for number, choice in with_numbers(row.choices))
        lines.append(join(offered, " · "))
    if row.doubtful:
        lines.insert(0, _("(You may have had this message already.)"))
    return join(lines)


def _offered(number: int | None, choice: Choice) -> str:
    if number is None:
        return choice.label
    return _("*{number}* {label}", number=number, label=choice.label)
