"""`tiendo run`: the program on the real clock, with a messenger or, without one, on the local page."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import secrets
import signal
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from bot.app import App, SystemClock, build
from bot.channels.local import LocalChannel
from bot.config import Settings, load_settings
from bot.local_site import local_site
from bot.services.invites import show_code
from bot.services.setup import first_invite, prepare
from bot.web.ports import Site
from bot.web.server import WebServer, build_app
from domain.marks import plain
from domain.people import Invite
from domain.ports import Channel
from messages_vi.catalogue import Marked, _
from messages_vi.menu import MENU
from storage.database import Database
from storage.unit_of_work import UnitOfWork

_LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def run(args: argparse.Namespace) -> int:
    """Run until SIGTERM or Ctrl-C; return 0 after a graceful stop."""
    settings = load_settings(getattr(args, "config", None), os.environ)
    logging.basicConfig(level=settings.log.level, format=_LOG_FORMAT)
    for library in ("alembic", "apscheduler", "aiohttp.access"):
        logging.getLogger(library).setLevel(logging.WARNING)
    asyncio.run(serve(settings))
    return 0


async def serve(settings: Settings) -> None:
    """Open the database, start everything, and stop in order when asked to.

    Raises StorageError and InputError for what cannot work; then nothing was started.
    """
    database = Database(settings.database.url)
    try:
        database.migrate()
        channel = _channel(settings)
        app = build(settings, SystemClock(), database, [channel], bot_links=BotLinks(channel))
        await _run(app, channel)
    finally:
        database.close()


async def _run(app: App, channel: Channel) -> None:
    asked_to_stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, asked_to_stop.set)
    site, opening = _site(app, channel)
    server = WebServer(build_app(site), app.settings.web.host, app.settings.web.port)
    try:
        first = await app.worker.run(partial(_prepare, app=app))
        await server.start()
        await app.start()
        tell(_ready(server.address, opening, first, app.office.bot_links))
        await asked_to_stop.wait()
    finally:
        await app.stop()
        await server.stop()


def _channel(settings: Settings) -> Channel:
    if settings.telegram.token is None:
        return LocalChannel(Path(settings.database.media_folder) / "local")
    # The Telegram library takes a third of a second to load; only those who use it wait for it.
    from bot.channels.telegram import TelegramChannel

    telegram = settings.telegram
    return TelegramChannel(
        token=telegram.token or "",
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        proxy=telegram.proxy or None,
        poll_timeout_secs=telegram.poll_timeout_secs,
        commands=[(name, plain(_(description))) for name, description in MENU],
    )


def _site(app: App, channel: Channel) -> tuple[Site, str]:
    """Return what is served, and the path that opens the local page, "" once a messenger is configured."""
    if not isinstance(channel, LocalChannel):
        return Site(health=app.faults), ""
    secret = secrets.token_urlsafe(24)
    return Site(local_site(app, channel, None, secret), app.faults), f"/local/open?key={secret}"


def _prepare(uow: UnitOfWork, *, app: App) -> Invite | None:
    context = app.context(uow, app.clock.now())
    prepare(context)
    return first_invite(context)


class BotLinks(Mapping[str, str]):
    """The address that opens the bot with a code in it, by account, once the messenger has told its name."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def __getitem__(self, account: str) -> str:
        return self._links()[account]

    def __iter__(self) -> Iterator[str]:
        return iter(self._links())

    def __len__(self) -> int:
        return len(self._links())

    def _links(self) -> dict[str, str]:
        username = getattr(self._channel, "username", "")
        return {self._channel.account: f"https://t.me/{username}?start="} if username else {}


def _ready(address: str, opening: str, first: Invite | None, links: Mapping[str, str]) -> list[Marked]:
    lines = []
    if opening:
        lines.append(
            _("No messenger is connected yet. The phones of this machine: {url}", url=address + opening)
        )
        lines.append(_("For Telegram, set TIENDO_TELEGRAM_TOKEN (see docs/telegram.md) and start again."))
    else:
        lines.append(_("Ready. Stop with Ctrl-C."))
    if first is not None:
        lines.append(_("Nobody of the office has joined yet. First code: {code}", code=show_code(first.code)))
        lines += [Marked(link + first.code) for link in links.values()]
    return lines


def tell(lines: list[Marked]) -> None:
    """Write the lines for whoever sits at the terminal."""

    for line in lines:
        sys.stdout.write(plain(line) + "\n")
    sys.stdout.flush()
