"""A channel in memory that does what it is told: for the dispatcher, whose subject is not a messenger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import ChannelError
from domain.messages import Attachment, Incoming, MediaFile, Outgoing, Receipt
from domain.ports import ChannelLimits, Receive

LIMITS = ChannelLimits(4096, 1024, 20 * 2**20, True, 10_000, 10_000)


@dataclass
class MemoryChannel:
    """Keeps what it was asked to send; `fails` are raised one after the other before it sends again."""

    account: str = "memory"
    limits: ChannelLimits = LIMITS
    sent: list[Outgoing] = field(default_factory=list)
    fails: list[ChannelError] = field(default_factory=list)
    on_send: Callable[[Outgoing], None] | None = None

    async def start(self, receive: Receive) -> None:
        """Nothing comes in by itself."""

    async def stop(self) -> None:
        """Nothing to close."""

    def parse(self, body: str, now: datetime) -> Incoming | None:
        return None

    async def send(self, message: Outgoing) -> Receipt:
        if self.fails:
            raise self.fails.pop(0)
        if self.on_send is not None:
            self.on_send(message)
        self.sent.append(message)
        return Receipt(f"out-{len(self.sent)}")

    async def acknowledge(self, incoming: Incoming) -> None:
        """Nobody waits for it."""

    async def download(self, attachment: Attachment) -> MediaFile:
        raise NotImplementedError
