"""What the house needs from outside: messengers and a clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.messages import Attachment, Incoming, MediaFile, Outgoing, RawUpdate, Receipt

Receive = Callable[[list[RawUpdate]], Awaitable[None]]
"""Commit raw updates to the inbox; returns once on disk. Only then does a channel confirm to its platform."""


@dataclass(frozen=True, slots=True)
class ChannelLimits:
    """What a messenger allows; text lengths are in characters, rates in messages a second.

    `monthly_budget` is None when sending is free.
    """

    max_text: int
    max_caption: int
    max_download_bytes: int
    has_buttons: bool
    per_second: float
    per_chat_per_second: float
    monthly_budget: int | None = None


class Channel(Protocol):
    """One account of one messenger. It sends and translates, and decides nothing.

    No database, no wording, no retry loop: the dispatcher owns those.
    """

    account: str
    limits: ChannelLimits

    async def start(self, receive: Receive) -> None:
        """Begin to hand over raw updates, oldest first; return once running.

        Each batch is awaited through `receive` before it is confirmed to the platform. A failing platform is
        retried inside with back-off; only BadCredential ends the account.
        """

    async def stop(self) -> None:
        """Take no more updates, confirm those on disk, close connections. Safe to call twice."""

    def parse(self, body: str, now: datetime) -> Incoming | None:
        """Return the update in our words, or None for one that means nothing to us.

        Pure. `now` stands in where the platform gives no time. Raises UnparsableUpdate.
        """

    async def send(self, message: Outgoing) -> Receipt:
        """Send one message and return the platform's receipt.

        Raises a ChannelError: RecipientGone, AddressChanged, RateLimited, BudgetSpent, Unavailable,
        Uncertain, Rejected or BadCredential. Anything else is a bug and must not be caught by the channel.
        """

    async def acknowledge(self, incoming: Incoming) -> None:
        """Tell the platform that a tap or message was seen (spinner, "typing"). May be lost; never raises."""

    async def download(self, attachment: Attachment) -> MediaFile:
        """Fetch the bytes of an attachment. Raises RecipientGone when expired, Rejected when too large."""


class Clock(Protocol):
    """The business clock. Rules get its value as an argument; jobs and messages read it once."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
