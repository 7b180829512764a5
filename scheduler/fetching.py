"""Photos and files: their bytes are fetched after the message was answered, until they are here."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from domain.errors import (
    BadCredential,
    BudgetSpent,
    InputError,
    RateLimited,
    StorageError,
    Unavailable,
    Uncertain,
)
from domain.messages import Attachment, Media, MediaFile, MediaState
from domain.ports import Channel, Clock
from storage.unit_of_work import UnitOfWork
from storage.worker import DatabaseWorker

log = logging.getLogger(__name__)

Keep = Callable[[UnitOfWork, Media, MediaFile, datetime], None]
Refuse = Callable[[UnitOfWork, Media, str, datetime], None]
_PAUSE_SECS = 30.0
_PASSING = (Unavailable, Uncertain, RateLimited, BudgetSpent, BadCredential, StorageError, OSError)
"""What says nothing about the file: it is there when this is over."""


@dataclass
class MediaFetcher:
    """Fetches what waits at the platforms.

    `keep` stores the bytes or raises InputError, `refuse` tells the sender why not.
    """

    worker: DatabaseWorker
    clock: Clock
    channels: Mapping[str, Channel]
    keep: Keep
    refuse: Refuse
    when_done: Callable[[], None]
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False

    def wake(self) -> None:
        """Say that a file was announced."""
        self._wake.set()

    def stop(self) -> None:
        """Begin no further file."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Fetch until stopped; what could not be fetched is tried again later."""
        self._wake.set()
        while not self._stopping:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _PAUSE_SECS)
            self._wake.clear()
            try:
                await self.drain()
            except Exception:
                log.exception("files could not be fetched; trying again later")

    async def drain(self) -> int:
        """Try every waiting file once and return how many were settled."""
        waiting = await self.worker.run(lambda uow: uow.media.find(state=MediaState.WAITING))
        settled = [await self._fetch(media) for media in waiting if not self._stopping]
        if any(settled):
            self.when_done()
        return sum(settled)

    async def _fetch(self, media: Media) -> bool:
        channel = self.channels.get(media.account)
        if channel is None:
            return False
        attachment = Attachment(media.file_id, media.name, media.content_type, media.size_bytes)
        try:
            file = await channel.download(attachment)
            await self.worker.run(partial(self._keep, media=media, file=file, now=self.clock.now()))
        except _PASSING as error:
            log.info("file %s is tried again later: %r", media.id, error)
            return False
        except Exception as error:
            # Whatever is odd about one file, those behind it must not wait for ever.
            log.warning("file %s was not kept: %r", media.id, error)
            reason = error.code if isinstance(error, InputError) else "gone"
            await self.worker.run(partial(self._refuse, media=media, reason=reason, now=self.clock.now()))
        return True

    def _keep(self, uow: UnitOfWork, *, media: Media, file: MediaFile, now: datetime) -> None:
        self.keep(uow, media, file, now)

    def _refuse(self, uow: UnitOfWork, *, media: Media, reason: str, now: datetime) -> None:
        self.refuse(uow, media, reason, now)
