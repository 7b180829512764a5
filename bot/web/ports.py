"""What the web server needs from the rest of the program; handed in by the composition root."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.messages import Choice, MediaFile


class PhoneKind(StrEnum):
    """Whose phone it is; it decides which lines the page proposes to try."""

    OFFICE = "office"  # staff and leaders
    PUBLIC = "public"  # chair of a school, a health station, an agency
    ENTERPRISE = "enterprise"  # chair in an enterprise


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone of the page. `title` is the person's name and `subtitle` the unit or role.

    Nobody has joined on it yet when `joined` is false; then both may be "" and the page numbers the phone.
    """

    chat_id: str
    title: str
    subtitle: str
    joined: bool
    kind: PhoneKind


@dataclass(frozen=True, slots=True)
class PhoneMedia:
    """A photo or file of a message; `media_id` is None while its bytes are not stored, or were refused."""

    media_id: int | None
    name: str
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class PhoneMessage:
    """One bubble. `text` carries marks when it is the bot's; for a tap it is the button's label.

    `cursor` orders the chat and names the message: the number of the pushed message or of the receipt.
    `state` is that of the inbox or outbox row ("new", "done", "failed", "sent" ...).
    """

    cursor: int
    from_bot: bool
    text: str
    at: datetime
    choices: tuple[Choice, ...] = ()
    media: tuple[PhoneMedia, ...] = ()
    doubtful: bool = False
    state: str = ""


class LocalDoor(Protocol):
    """The local channel as the page uses it."""

    async def push(
        self,
        push_id: str,
        chat_id: str,
        *,
        text: str = "",
        action: str = "",
        files: Sequence[MediaFile] = (),
        reply_to_id: str = "",
    ) -> None:
        """Hand in a message; returns once it is on disk. The same `push_id` again changes nothing."""

    def listening(self) -> AbstractContextManager[asyncio.Event]:
        """Yield an event that is set whenever something may look different; the listener clears it."""


class ClockControl(Protocol):
    """The business clock of the demonstration, which only moves when somebody moves it."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""

    async def advance_to(self, moment: datetime) -> str:
        """Go to `moment`, doing what falls due on the way; return in a Vietnamese line what happened."""

    async def advance_to_next_event(self) -> str:
        """Go to the next moment at which something happens; return in a Vietnamese line what it was."""


Phones = Callable[[], Awaitable[Sequence[Phone]]]
"""The phones of the page, from left to right."""

History = Callable[[str, int], Awaitable[Sequence[PhoneMessage]]]
"""The messages of a chat with a cursor above the number, ascending.

Only what was sent or received is shown. The page asks again for the last ones, so that a row whose outcome
reaches the disk after a later one still finds its place.
"""

Media = Callable[[int], Awaitable[MediaFile | None]]
"""The bytes of a stored photo or file, None when there are none (any more)."""

Health = Callable[[], Awaitable[Sequence[str]]]
"""What is wrong, in short English codes; nothing when all is well."""


@dataclass(frozen=True, slots=True)
class LocalSite:
    """The local phones and what they need.

    With `secret` the page opens only through `/local/open?key=<secret>`, once. `hosts` are the names under
    which a browser may ask for it; others are refused, since a foreign name may point to this machine.
    """

    door: LocalDoor
    phones: Phones
    history: History
    media: Media
    clock: ClockControl | None = None
    secret: str = ""
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")


async def all_well() -> Sequence[str]:
    """Return no faults: the health of a program that answers at all."""
    return ()


@dataclass(frozen=True, slots=True)
class Site:
    """Everything the server serves; without `local` there are no local phones."""

    local: LocalSite | None = None
    health: Health = all_well
