"""A channel that talks to the fake Telegram, and time that passes at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.channels.telegram import TelegramChannel
from tests.fakes.telegram import FakeTelegram

PATIENCE_SECS = 10


class Pauses:
    """Stands in for sleep: remembers how long was asked for, and waits for nothing."""

    def __init__(self) -> None:
        self.secs: list[float] = []

    async def __call__(self, secs: float) -> None:
        self.secs.append(secs)
        await asyncio.sleep(0.001)


@asynccontextmanager
async def channel_of(telegram: FakeTelegram, **changes: Any) -> AsyncIterator[TelegramChannel]:
    """Give a channel of the fake's bot, stopped at the end."""
    usual: dict[str, Any] = {"token": telegram.token, "base_url": telegram.base_url, "sleep": Pauses()}
    channel = TelegramChannel(**{**usual, **changes})
    try:
        yield channel
    finally:
        await channel.stop()


async def until(condition: Callable[[], bool]) -> None:
    """Return once `condition` holds; fail when it never does."""
    async with asyncio.timeout(PATIENCE_SECS):
        while not condition():  # noqa: ASYNC110 - what the other side of a socket does has no event here
            await asyncio.sleep(0.005)
