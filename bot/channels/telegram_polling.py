"""Fetches updates: each is on disk before Telegram is told that we have it.

The library's own updater confirms what no handler has seen yet, and one update that it cannot read makes it
ask for the same batch for ever. So updates are taken here as they come, unread, and are parsed later.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import random
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar
from urllib.parse import urlencode

from telegram.error import Conflict
from telegram.request import HTTPXRequest

from bot.channels.telegram_errors import translated
from domain.errors import BadCredential, ChannelError, RateLimited, UnparsableUpdate
from domain.messages import RawUpdate
from domain.ports import Receive

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
_LONGEST_PAUSE_SECS = 60.0
_CONFLICT_PAUSE_SECS = 30.0
_GRACE_SECS = 10.0  # How much longer than the long poll itself its answer may take.
_LAST_CALL_SECS = 5.0

_T = TypeVar("_T")
Sleep = Callable[[float], Coroutine[Any, Any, None]]
_log = logging.getLogger(__name__)
_random = random.SystemRandom()


class Poller:
    """One long poll after the other, each batch handed over before the next one confirms it."""

    def __init__(
        self,
        account: str,
        base_url: str,
        request: HTTPXRequest,
        *,
        timeout_secs: int,
        sleep: Sleep,
        receive: Receive,
    ) -> None:
        self._account = account
        self._base_url = base_url
        self._request = request
        self._timeout_secs = timeout_secs
        self._sleep = sleep
        self._receive = receive
        self._offset: int | None = None
        self._stopping = asyncio.Event()

    async def run(self, prepare: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Prepare and then poll until `stop`, however long the network is away. Raises: BadCredential."""
        await self._until_done(lambda: self._unless_stopped(prepare()))
        while not self._stopping.is_set():
            await self._until_done(self._poll)
        if self._offset is not None:
            await self._last_call()

    def stop(self) -> None:
        """End `run` soon: a batch that is being stored is stored, a poll that waits is given up."""
        self._stopping.set()

    async def _until_done(self, step: Callable[[], Coroutine[Any, Any, None]]) -> None:
        for attempt in itertools.count():
            try:
                with translated():
                    return await step()
            except BadCredential:
                raise
            # This loop has to outlive every failure: of the network, of storage, or a mistake of ours.
            except Exception as error:
                pause_secs = _pause_secs(error, attempt)
                self._report(error, pause_secs)
                await self._unless_stopped(self._sleep(pause_secs))
            if self._stopping.is_set():
                return None

    async def _poll(self) -> None:
        updates = await self._unless_stopped(self._fetch(self._timeout_secs))
        if updates is not None:
            await self._hand_over(updates)

    async def _last_call(self) -> None:
        """Confirm what is on disk; on failure it comes again at the next start, and the inbox knows it."""
        try:
            async with asyncio.timeout(_LAST_CALL_SECS):
                with translated():
                    await self._hand_over(await self._fetch(0))
        except Exception as error:  # Stopping goes on whatever happens here.
            _log.info("%s: the last updates stay unconfirmed (%s)", self._account, type(error).__name__)

    async def _fetch(self, timeout_secs: int) -> list[Any]:
        query: dict[str, Any] = {"timeout": timeout_secs, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if self._offset is not None:
            query["offset"] = self._offset
        # Bot.get_updates parses the whole batch or nothing, so its request is made here. The parameters
        # stand in the address because the library's classes for a request's body are not public.
        address = f"{self._base_url}/getUpdates?{urlencode(query)}"
        answer = await self._request.post(address, read_timeout=timeout_secs + _GRACE_SECS)
        return answer if isinstance(answer, list) else [answer]

    async def _hand_over(self, updates: list[Any]) -> None:
        """Store `updates`, then move the offset; when storing fails the offset stays and they come again."""
        known = [update for update in updates if isinstance(update, dict) and _id(update) is not None]
        if updates and not known:
            raise UnparsableUpdate("no update carries an update_id")
        if known:
            await self._receive([self._raw(update) for update in known])
        # After an empty answer all before the offset is confirmed, and it is not sent again: after a silent
        # week Telegram numbers on from a random start, which may lie below it (Bot API, Update.update_id).
        self._offset = max(int(update["update_id"]) for update in known) + 1 if known else None

    def _raw(self, update: dict[str, Any]) -> RawUpdate:
        # ASCII, so that half a surrogate pair in it cannot make the inbox refuse the batch for ever.
        return RawUpdate(self._account, str(update["update_id"]), json.dumps(update, separators=(",", ":")))

    async def _unless_stopped(self, work: Coroutine[Any, Any, _T]) -> _T | None:
        """Return what `work` returns, or None when `stop` was called first; `work` is cancelled then."""
        task, stop = asyncio.create_task(work), asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait((task, stop), return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            task.cancel()
            stop.cancel()
            await asyncio.gather(task, stop, return_exceptions=True)

    def _report(self, error: Exception, pause_secs: float) -> None:
        if isinstance(error.__cause__, Conflict):
            _log.error(
                "%s: another program polls with this token, or a webhook was set (%s); next try in %.0f s",
                *(self._account, error, pause_secs),
            )
            return
        unexpected = None if isinstance(error, ChannelError) else error
        _log.warning(
            "%s: no updates (%s: %s); next try in %.0f s",
            *(self._account, type(error).__name__, error, pause_secs),
            exc_info=unexpected,
        )


def _id(update: dict[str, Any]) -> int | None:
    number = update.get("update_id")
    return number if isinstance(number, int) else None


def _pause_secs(error: Exception, attempt: int) -> float:
    """Return a pause that doubles up to a minute, shortened at random so that not all come at once."""
    if isinstance(error, RateLimited):
        return error.retry_after_secs
    if isinstance(error.__cause__, Conflict):
        return _CONFLICT_PAUSE_SECS
    longest = min(_LONGEST_PAUSE_SECS, 2.0 ** min(attempt, 6))
    return longest * _random.uniform(0.5, 1)
