from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import TelegramChannel
from tests.contracts.channel_contract import ChannelContract, Platform
from tests.fakes.telegram import FakeTelegram


async def at_once(_: float) -> None:
    """A pause that takes no time."""
    await asyncio.sleep(0)


class TelegramPlatform(Platform):
    def __init__(self, telegram: FakeTelegram) -> None:
        self.telegram = telegram
        self.lan = telegram.user(1, "Lan")
        self.chat_id = "1"
        self.channel = TelegramChannel(token=telegram.token, base_url=telegram.base_url, sleep=at_once)

    async def person_writes(self, text: str) -> None:
        await self.lan.sends(text)

    async def person_leaves(self) -> None:
        await self.lan.blocks()

    def shown(self) -> list[str]:
        return [message.text for message in self.lan.messages]

    def unconfirmed(self) -> int:
        return self.telegram.unconfirmed


class TestTelegramKeepsTheContract(ChannelContract):
    @pytest.fixture
    async def platform(self) -> AsyncIterator[Platform]:
        async with FakeTelegram() as telegram:
            platform = TelegramPlatform(telegram)
            yield platform
            await platform.channel.stop()
