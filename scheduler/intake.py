"""The inbox: raw updates are committed first, then answered one after the other, each in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from domain.errors import UnparsableUpdate
from domain.messages import InboxRow, InboxState, Incoming, RawUpdate
from domain.ports import Clock
from storage.unit_of_work import UnitOfWork
from storage.worker import DatabaseWorker

log = logging.getLogger(__name__)

Answer = Callable[[UnitOfWork, InboxRow, datetime], Incoming | None]
"""Answer one stored update inside its transaction; return it in our words, None when it says nothing."""
GiveUp = Callable[[UnitOfWork, InboxRow, datetime], None]
ATTEMPTS = 3


@dataclass
class Intake:
    """Receives, stores and answers updates.

    Those of other `accounts`, such as one that was switched off, wait. `when_handled` hears of each answered
    update after its commit; `give_up` apologises for one that failed `ATTEMPTS` times, in a transaction of
    its own. Once answered, the body of an update is emptied: what people wrote beside their figures is
    nobody's any more. `shown` are accounts whose page reads its own history from there.
    """

    worker: DatabaseWorker
    clock: Clock
    accounts: Collection[str]
    answer: Answer
    give_up: GiveUp
    when_handled: Callable[[InboxRow, Incoming | None], None]
    shown: Collection[str] = ()
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False

    async def receive(self, updates: list[RawUpdate]) -> None:
        """Commit the updates to the inbox; one that is there already is left as it is."""
        await self.worker.run(partial(_keep, updates=updates, now=self.clock.now()))
        self._wake.set()

    def stop(self) -> None:
        """Begin no further update; the one in hand is finished."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Answer what is stored, also from before a restart, until stopped."""
        self._wake.set()
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self.drain()
            except Exception:
                log.exception("the inbox could not be read; trying again")
                await asyncio.sleep(1)
                self._wake.set()

    async def drain(self) -> int:
        """Answer everything that waits, oldest first, and return how many updates there were."""
        handled = 0
        more = True
        while more and not self._stopping:
            answered, more = await self._next()
            handled += answered
        return handled

    async def _next(self) -> tuple[int, bool]:
        """Answer the oldest update that waits; return how many that were, 0 or 1, and whether more wait."""
        reached: list[InboxRow] = []
        try:
            result = await self.worker.run(partial(self._answer_next, reached=reached, now=self.clock.now()))
        except Exception as error:
            # Whatever went wrong, this row must not stop the rest; without a row it was the database.
            if not reached:
                raise
            log.exception("update %s of %s could not be answered", reached[0].id, reached[0].account)
            await self._set_aside(reached[0], error)
            return 1, True
        if result is None:
            return 0, False
        row, incoming, more = result
        self.when_handled(row, incoming)
        return 1, more

    def _answer_next(
        self, uow: UnitOfWork, *, reached: list[InboxRow], now: datetime
    ) -> tuple[InboxRow, Incoming | None, bool] | None:
        waiting = uow.inbox.find("id", 2, state=InboxState.NEW, account=tuple(self.accounts))
        if not waiting:
            return None
        row = waiting[0]
        reached.append(row)
        incoming = self.answer(uow, row, now)
        chat_id = incoming.chat_id if incoming is not None else ""
        body = row.body if row.account in self.shown else ""
        uow.inbox.change(row.id, state=InboxState.DONE, chat_id=chat_id, done_at=now, body=body)
        return row, incoming, len(waiting) > 1

    async def _set_aside(self, row: InboxRow, error: Exception) -> None:
        final = row.attempts + 1 >= ATTEMPTS or isinstance(error, UnparsableUpdate)
        note = partial(self._failed, row=row, error=error, final=final)
        try:
            await self.worker.run(partial(note, apology=final, now=self.clock.now()))
        except Exception:
            if not final:
                raise
            # What cannot be answered may be as hard to apologise for: the row is set aside without.
            log.exception("nobody could be told that update %s failed", row.id)
            await self.worker.run(partial(note, apology=False, now=self.clock.now()))

    def _failed(
        self, uow: UnitOfWork, *, row: InboxRow, error: Exception, final: bool, apology: bool, now: datetime
    ) -> None:
        state = InboxState.FAILED if final else InboxState.NEW
        uow.inbox.change(row.id, state=state, attempts=row.attempts + 1, error=repr(error)[:500])
        if apology:
            self.give_up(uow, row, now)


def _keep(uow: UnitOfWork, *, updates: list[RawUpdate], now: datetime) -> None:
    for update in updates:
        row = InboxRow(update.account, update.provider_id, update.body, now)
        uow.inbox.add_new(row, "account", "provider_id")
