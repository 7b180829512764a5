"""A small office in memory: the dependencies of the local page, and a running server over them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.web.ports import LocalSite, Phone, PhoneKind, PhoneMedia, PhoneMessage, Site
from bot.web.server import WebServer, build_app
from domain.errors import Unavailable
from domain.marks import BOLD_OFF, BOLD_ON
from domain.messages import Choice, MediaFile

NOW = datetime(2024, 4, 1, 1, tzinfo=UTC)
STAFF, CHAIR, STRANGER = "phone-ha", "phone-hoa", "phone-3"
PNG = b"\x89PNG\r\n\x1a\n fake"
PHONES = (
    Phone(STAFF, "Nguyễn Thị Hà", "Cán bộ công đoàn", True, PhoneKind.OFFICE),
    Phone(CHAIR, "Lê Thị Hoa", "CĐCS Hạt điều Phước Minh", True, PhoneKind.ENTERPRISE),
    Phone(STRANGER, "", "", False, PhoneKind.PUBLIC),
)


class Clock:
    """Moves when told; something happens every week."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment

    async def advance_to(self, moment: datetime) -> str:
        self.moment = moment
        return "Chưa có việc gì."

    async def advance_to_next_event(self) -> str:
        await self.advance_to(self.moment + timedelta(days=7))
        return "1 lời nhắc đã gửi."


@dataclass
class Office:
    """Keeps each push once, as the inbox does, and answers nothing by itself."""

    messages: dict[str, list[PhoneMessage]] = field(default_factory=dict)
    pushed: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    media: dict[int, MediaFile] = field(default_factory=dict)
    bells: set[asyncio.Event] = field(default_factory=set)
    down: bool = False

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
        if self.down:
            raise Unavailable("no database")
        content = {"text": text, "action": action, "files": list(files), "reply": reply_to_id}
        if self.pushed.setdefault((chat_id, push_id), content) is content:
            self.put(chat_id, PhoneMessage(len(self.pushed), False, text, NOW))

    def put(self, chat_id: str, message: PhoneMessage) -> None:
        self.messages.setdefault(chat_id, []).append(message)
        for bell in self.bells:
            bell.set()

    @contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        bell = asyncio.Event()
        self.bells.add(bell)
        try:
            yield bell
        finally:
            self.bells.discard(bell)

    async def phones(self) -> Sequence[Phone]:
        return PHONES

    async def history(self, chat_id: str, after: int) -> Sequence[PhoneMessage]:
        return [message for message in self.messages.get(chat_id, []) if message.cursor > after]

    async def stored(self, media_id: int) -> MediaFile | None:
        return self.media.get(media_id)

    def site(self, **changes: Any) -> LocalSite:
        """Return the office as the page's dependencies, with a clock and without a key."""
        return replace(LocalSite(self, self.phones, self.history, self.stored, Clock()), **changes)


QUESTION = PhoneMessage(
    50,
    True,
    f"Em ghi {BOLD_ON}5 đoàn viên mới{BOLD_OFF}, đúng không chị?",
    NOW,
    choices=(Choice("Đúng", "report:yes"), Choice("Không có", "report:none", numbered=False)),
    media=(PhoneMedia(7, "biên bản.png", "image/png"), PhoneMedia(None, "b.pdf", "application/pdf")),
    doubtful=True,
    state="sent",
)


@asynccontextmanager
async def browser(site: LocalSite | None, **headers: str) -> AsyncIterator[aiohttp.ClientSession]:
    """Yield a client of a running server over `site`; both end afterwards."""
    server = WebServer(build_app(Site(site)), "127.0.0.1", 0)
    await server.start()
    jar = aiohttp.CookieJar(unsafe=True)  # Cookies of an address that is a number.
    try:
        async with aiohttp.ClientSession(server.address, headers=headers, cookie_jar=jar) as session:
            yield session
    finally:
        await server.stop()
