"""What every channel promises, as tests. A channel's own test file brings the platform.

class TestTelegramKeepsTheContract(ChannelContract):
    @pytest.fixture
    async def platform(self) -> AsyncIterator[Platform]: ...
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from datetime import UTC, datetime

import pytest

from domain.errors import RecipientGone, UnparsableUpdate
from domain.marks import BOLD_OFF, BOLD_ON
from domain.messages import Choice, Incoming, IncomingKind, Outgoing, RawUpdate
from domain.ports import Channel

NOW = datetime(2026, 4, 12, 2, 0, tzinfo=UTC)
PATIENCE_SECS = 10
JUNK = ["", "not JSON", "null", "5", "[]", '"text"', '{"update_id": 1, "message": {"message_id": "x"}}']


class Platform(ABC):
    """A messenger under test: one channel, and one person who has met the bot before."""

    channel: Channel
    chat_id: str

    @abstractmethod
    async def person_writes(self, text: str) -> None:
        """Let the person write; need not wait until the channel has it."""

    @abstractmethod
    async def person_leaves(self) -> None:
        """Let the person block the bot, or close the chat."""

    @abstractmethod
    def shown(self) -> list[str]:
        """Return the texts that the person sees, without formatting, oldest first."""

    @abstractmethod
    def unconfirmed(self) -> int:
        """Return how many updates the platform would hand over again."""


class Inbox:
    """What `receive` was given; it fails so many times first, and waits while it is held."""

    def __init__(self, failures: int = 0) -> None:
        self.rows: list[RawUpdate] = []
        self.attempts = 0
        self.released = asyncio.Event()
        self.released.set()
        self._failures = failures
        self._news = asyncio.Condition()

    async def receive(self, updates: list[RawUpdate]) -> None:
        """Store updates, as the real inbox does."""
        async with self._news:
            self.attempts += 1
            self._news.notify_all()
        await self.released.wait()
        async with self._news:
            if self.attempts <= self._failures:
                raise OSError("disk full")
            self.rows += updates
            self._news.notify_all()

    async def holds(self, count: int) -> list[RawUpdate]:
        """Return the rows once there are `count`."""
        async with asyncio.timeout(PATIENCE_SECS), self._news:
            await self._news.wait_for(lambda: len(self.rows) >= count)
        return self.rows

    async def is_asked(self) -> None:
        """Return once `receive` was called."""
        async with asyncio.timeout(PATIENCE_SECS), self._news:
            await self._news.wait_for(lambda: self.attempts > 0)


async def eventually_confirmed(platform: Platform) -> None:
    """Return once the platform would hand over nothing again."""
    async with asyncio.timeout(PATIENCE_SECS):
        while platform.unconfirmed():  # noqa: ASYNC110 - the platform has no event to wait for
            await asyncio.sleep(0.01)


class ChannelContract:
    """Inherit, name the class Test..., and give a `platform` fixture."""

    async def test_it_returns_another_receipt_for_each_message(self, platform: Platform) -> None:
        first = await platform.channel.send(Outgoing(platform.chat_id, "Chào chị Lan."))
        second = await platform.channel.send(Outgoing(platform.chat_id, "Quý II còn 3 ngày."))
        assert platform.shown() == ["Chào chị Lan.", "Quý II còn 3 ngày."]
        assert first.message_id
        assert first.message_id != second.message_id

    @pytest.mark.parametrize("value", ["<b>&", "a < b > c", "&amp;", "</b>", "[x](y) *z* _u_", "“Lan” 'Hoa'"])
    async def test_it_shows_what_people_wrote_unchanged(self, platform: Platform, value: str) -> None:
        await platform.channel.send(Outgoing(platform.chat_id, f"Đơn vị {value} đã báo."))
        assert platform.shown() == [f"Đơn vị {value} đã báo."]

    @pytest.mark.parametrize(
        "text", [f"{BOLD_ON}Đủ{BOLD_OFF} rồi", f"{BOLD_ON}Đủ rồi", f"Đủ{BOLD_OFF} rồi{BOLD_ON}"]
    )
    async def test_it_never_shows_a_mark(self, platform: Platform, text: str) -> None:
        await platform.channel.send(Outgoing(platform.chat_id, text))
        assert platform.shown() == ["Đủ rồi"]

    async def test_it_sends_a_text_of_the_declared_length(self, platform: Platform) -> None:
        text = "ữ" * platform.channel.limits.max_text
        await platform.channel.send(Outgoing(platform.chat_id, text))
        assert platform.shown() == [text]

    async def test_it_takes_a_question_with_choices(self, platform: Platform) -> None:
        choices = (Choice("Đúng", "report:yes:12"), Choice("Sửa", "report:edit:12"))
        await platform.channel.send(Outgoing(platform.chat_id, "Đúng không?", choices))
        assert platform.shown()[0].startswith("Đúng không?")

    async def test_it_says_that_a_person_is_gone(self, platform: Platform) -> None:
        await platform.person_leaves()
        with pytest.raises(RecipientGone):
            await platform.channel.send(Outgoing(platform.chat_id, "Chào chị Lan."))

    async def test_it_says_that_a_chat_never_existed(self, platform: Platform) -> None:
        with pytest.raises(RecipientGone):
            await platform.channel.send(Outgoing("424242", "Chào chị Lan."))

    async def test_it_hands_over_what_a_person_wrote(self, platform: Platform) -> None:
        inbox = Inbox()
        await platform.channel.start(inbox.receive)
        await platform.person_writes("kết nạp 5")
        [row] = await inbox.holds(1)
        assert row.account == platform.channel.account
        assert row.provider_id
        incoming = platform.channel.parse(row.body, NOW)
        assert incoming is not None
        assert (incoming.kind, incoming.text) == (IncomingKind.TEXT, "kết nạp 5")
        assert (incoming.account, incoming.chat_id) == (platform.channel.account, platform.chat_id)
        assert incoming.sent_at.utcoffset() is not None

    async def test_it_confirms_only_what_is_stored(self, platform: Platform) -> None:
        inbox = Inbox()
        inbox.released.clear()
        await platform.channel.start(inbox.receive)
        writing = asyncio.create_task(platform.person_writes("kết nạp 5"))
        await inbox.is_asked()
        assert platform.unconfirmed() == 1
        inbox.released.set()
        await writing
        await eventually_confirmed(platform)
        assert len(inbox.rows) == 1

    async def test_it_hands_over_again_what_could_not_be_stored(self, platform: Platform) -> None:
        inbox = Inbox(failures=1)
        await platform.channel.start(inbox.receive)
        await platform.person_writes("kết nạp 5")
        [row] = await inbox.holds(1)
        assert inbox.attempts >= 2
        incoming = platform.channel.parse(row.body, NOW)
        assert incoming is not None
        assert incoming.text == "kết nạp 5"

    @pytest.mark.parametrize("body", JUNK)
    async def test_it_refuses_to_read_junk(self, platform: Platform, body: str) -> None:
        with pytest.raises(UnparsableUpdate):
            platform.channel.parse(body, NOW)

    async def test_it_reads_the_same_body_twice_alike(self, platform: Platform) -> None:
        inbox = Inbox()
        await platform.channel.start(inbox.receive)
        await platform.person_writes("đối thoại 1 lần")
        [row] = await inbox.holds(1)
        assert platform.channel.parse(row.body, NOW) == platform.channel.parse(row.body, NOW)

    async def test_it_never_fails_to_acknowledge(self, platform: Platform) -> None:
        tap = Incoming("x", platform.chat_id, "1", NOW, IncomingKind.CHOICE, action="a", callback_id="gone")
        await platform.channel.acknowledge(tap)
        assert platform.shown() == []

    async def test_it_stops_twice(self, platform: Platform) -> None:
        await platform.channel.start(Inbox().receive)
        await platform.channel.stop()
        await platform.channel.stop()
        assert platform.unconfirmed() == 0

    async def test_it_stops_without_a_start(self, platform: Platform) -> None:
        await platform.channel.stop()
        assert platform.unconfirmed() == 0

    async def test_it_starts_again_after_a_stop(self, platform: Platform) -> None:
        await platform.channel.start(Inbox().receive)
        await platform.channel.stop()
        inbox = Inbox()
        await platform.channel.start(inbox.receive)
        await platform.person_writes("kết nạp 5")
        assert len(await inbox.holds(1)) == 1

    async def test_its_limits_make_sense(self, platform: Platform) -> None:
        limits = platform.channel.limits
        assert limits.max_text >= limits.max_caption > 0
        assert limits.per_second >= limits.per_chat_per_second > 0
