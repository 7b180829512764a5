"""The metronome: APScheduler only beats; what is to be done stands in the tables."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)
BEAT_SECS = 20


class Metronome:
    """Calls `beat` every few seconds; a beat that takes longer swallows those that fall into it."""

    def __init__(self, beat: Callable[[], Awaitable[object]], secs: float = BEAT_SECS) -> None:
        self._beat = beat
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._safely, "interval", seconds=secs, coalesce=True, max_instances=1, misfire_grace_time=None
        )

    def start(self) -> None:
        """Begin to beat on the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Beat no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _safely(self) -> None:
        try:
            await self._beat()
        except asyncio.CancelledError:
            # The scheduler cancels a beat in hand when it stops, and would log that as a failure.
            log.debug("the last beat of the clock was cut short")
        except Exception:
            log.exception("a beat of the clock failed; the next one comes")
