"""The bridge from the event loop to the database: one hop into a thread for each unit of work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from storage.database import Database
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
POSTGRES_THREADS = 4


class DatabaseWorker:
    """Runs synchronous work inside a transaction, off the event loop.

    SQLite gets one thread, so that transactions queue here and not on the file's lock.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        threads = 1 if database.one_writer else POSTGRES_THREADS
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="database")

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in one transaction and return its result once committed.

        A cancelled caller waits for the commit before the cancellation goes on: nothing is half known.
        """
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(self._pool, self._transact, work)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            await asyncio.wait([future])
            raise

    def close(self) -> None:
        """Wait for what is running and take no more."""
        self._pool.shutdown(wait=True)

    def _transact(self, work: Callable[[UnitOfWork], T]) -> T:
        with self._database.begin() as uow:
            return work(uow)
