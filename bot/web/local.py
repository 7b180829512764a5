"""The local phones: the page, what it asks for and what it posts."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

from aiohttp import web

from bot.web.errors import Refusal
from bot.web.forms import posted_json, posted_message
from bot.web.page import STATIC_TYPES, page, static_file
from bot.web.ports import ClockControl, LocalSite
from bot.web.state import PICTURE_TYPES, clock_state, page_state
from messages_vi.formats import ZONE

_MORNING_HOUR = 8
_HEARTBEAT_SECS = 15.0


class LocalPages:
    """The handlers of `/local`; one for each site."""

    def __init__(self, site: LocalSite) -> None:
        self._site = site
        self._page = page(demo=site.clock is not None)
        self._clock_lock = asyncio.Lock()
        self._streams: set[asyncio.Event] = set()
        self._closing = False

    def add_to(self, app: web.Application) -> None:
        """Register the routes, and end open event streams when the server stops."""
        add = app.router.add_get
        add("/", self.to_page, allow_head=False)
        add("/local", self.to_page, allow_head=False)
        add("/local/", self.show_page, allow_head=False)
        add("/local/static/{name}", self.static, allow_head=False)
        add("/local/api/state", self.state, allow_head=False)
        add("/local/events", self.events, allow_head=False)
        add(r"/local/media/{id:\d{1,18}}", self.media, allow_head=False)
        app.router.add_post("/local/api/messages", self.post_message)
        app.router.add_post("/local/api/clock", self.post_clock)
        app.on_shutdown.append(self._end_streams)

    async def to_page(self, request: web.Request) -> web.StreamResponse:
        """Lead a bare address to the page."""
        raise web.HTTPSeeOther("/local/")

    async def show_page(self, request: web.Request) -> web.Response:
        """Serve the page itself."""
        return web.Response(text=self._page, content_type="text/html")

    async def static(self, request: web.Request) -> web.Response:
        """Serve one of the page's own files."""
        name = request.match_info["name"]
        if name not in STATIC_TYPES:
            raise Refusal(404, "not_found")
        headers = {"Cache-Control": "no-cache"}
        return web.Response(text=static_file(name), content_type=STATIC_TYPES[name], headers=headers)

    async def state(self, request: web.Request) -> web.Response:
        """Tell clock, phones and messages; `after=<cursor>@<chat>` leaves out what the page has."""
        return web.json_response(
            await page_state(self._site, dict(map(_after, request.query.getall("after", []))))
        )

    async def post_message(self, request: web.Request) -> web.Response:
        """Hand in what was typed, tapped or attached; answers once it is on disk."""
        posted = await posted_message(request)
        if posted.chat_id not in {phone.chat_id for phone in await self._site.phones()}:
            raise Refusal(404, "unknown_phone")
        await self._site.door.push(
            posted.push_id,
            posted.chat_id,
            text=posted.text,
            action=posted.action,
            files=posted.files,
            reply_to_id=posted.reply_to_id,
        )
        return web.json_response({"stored": True}, status=201)

    async def post_clock(self, request: web.Request) -> web.Response:
        """Move the demonstration's clock; answers when all that fell due has been done."""
        step = (await posted_json(request)).get("step")
        clock = self._site.clock
        if clock is None:
            raise Refusal(404, "not_found")
        if step not in ("hour", "morning", "next"):
            raise Refusal(400, "bad_form")
        async with self._clock_lock:
            said = await _move(clock, step)
        return web.json_response({"clock": clock_state(self._site), "said": said})

    async def media(self, request: web.Request) -> web.Response:
        """Serve a photo for looking at, anything else for saving."""
        file = await self._site.media(int(request.match_info["id"]))
        if file is None:
            raise Refusal(404, "not_found")
        picture = file.content_type in PICTURE_TYPES
        name = quote(file.name.encode("utf-8", "replace"))
        headers = {
            "Content-Type": file.content_type if picture else "application/octet-stream",
            "Content-Disposition": f"{'inline' if picture else 'attachment'}; filename*=UTF-8''{name}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=3600",
        }
        return web.Response(body=file.content, headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Say "changed" whenever the page should look again, until it leaves or the server stops."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
        )
        await response.prepare(request)
        with self._site.door.listening() as bell, self._open(bell), contextlib.suppress(ConnectionError):
            await response.write(b"retry: 1000\n\n")
            while not self._closing:
                await response.write(await _news(bell))
        return response

    @contextlib.contextmanager
    def _open(self, bell: asyncio.Event) -> Iterator[None]:
        self._streams.add(bell)
        try:
            yield
        finally:
            self._streams.discard(bell)

    async def _end_streams(self, app: web.Application) -> None:
        self._closing = True
        for bell in self._streams:
            bell.set()


async def _news(bell: asyncio.Event) -> bytes:
    try:
        await asyncio.wait_for(bell.wait(), _HEARTBEAT_SECS)
    except TimeoutError:
        return b": still here\n\n"
    bell.clear()
    return b"event: changed\ndata: 1\n\n"


async def _move(clock: ClockControl, step: str) -> str:
    if step == "next":
        return await clock.advance_to_next_event()
    now = clock.now()
    return await clock.advance_to(now + timedelta(hours=1) if step == "hour" else tomorrow_morning(now))


def tomorrow_morning(now: datetime) -> datetime:
    """Return eight o'clock of Vietnam's next civil day."""
    tomorrow = now.astimezone(ZONE) + timedelta(days=1)
    return tomorrow.replace(hour=_MORNING_HOUR, minute=0, second=0, microsecond=0).astimezone(now.tzinfo)


def _after(pair: str) -> tuple[str, int]:
    cursor, at, chat_id = pair.partition("@")
    if not (at and cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise Refusal(400, "bad_form")
    return chat_id, int(cursor)
