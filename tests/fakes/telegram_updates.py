"""Telegram's queue of updates: what getUpdates confirms, repeats and refuses."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.fakes.telegram_rules import Refused

_MAX_BATCH = 100
_NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")
_SECOND_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class UpdateQueue:
    """Updates wait here until a later call names a higher offset; until then they come again."""

    def __init__(self) -> None:
        self.webhook_url = ""
        self.waiting: list[dict[str, Any]] = []
        self._next_id = 100_001
        self._allowed: tuple[str, ...] = ()
        self._poll: asyncio.Future[None] | None = None

    def add(self, kind: str, content: object) -> int:
        """Queue one update unless the bot did not ask for its kind; return its id."""
        update_id = self._next_id
        self._next_id += 1
        if self._wants(kind):
            self.waiting.append({"update_id": update_id, kind: content})
            self.wake()
        return update_id

    def wake(self) -> None:
        """Let a waiting poll look again; the queue is also closed so."""
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    async def get(
        self, offset: int, limit: int, timeout_secs: float, allowed: tuple[str, ...] | None
    ) -> list[dict[str, Any]]:
        """Confirm what lies before `offset`, then return what waits, waiting for it when nothing does.

        Raises: Refused (409) while a webhook is set, and in the older of two polls at once.
        """
        if self.webhook_url:
            raise Refused(409, _WEBHOOK)
        if self._poll and not self._poll.done():
            self._poll.set_exception(Refused(409, _SECOND_POLLER))
        if allowed is not None:
            self._allowed = allowed
        self._confirm(offset)
        if not self.waiting and timeout_secs > 0:
            await self._wait(timeout_secs)
        return self.waiting[: limit if 1 <= limit <= _MAX_BATCH else _MAX_BATCH]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset > 0:
            self.waiting = [update for update in self.waiting if update["update_id"] >= offset]

    async def _wait(self, timeout_secs: float) -> None:
        self._poll = asyncio.get_running_loop().create_future()
        poll = self._poll
        try:
            await asyncio.wait_for(poll, min(timeout_secs, 50))
        except TimeoutError:
            return

    def _wants(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in _NOT_BY_DEFAULT
