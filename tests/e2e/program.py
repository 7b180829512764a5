"""The whole program as a process of its own, so that a test can kill it.

    python -m tests.e2e.program FOLDER --database URL (--telegram ADDRESS | --page CHAT,CHAT [--port N])

The folder is what the test and the program tell each other through:

    clock           the business time; moved by the test, or by the page's own buttons
    ready           written once the program answers: the address of its page, "" without one
    hold-<moment>   asks it to stand still at that moment of its work, once (see `Holds`)
    held-<moment>   says that it stands there now, and waits for its end
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.app import App, build
from bot.channels.local import LocalChannel
from bot.channels.telegram import TelegramChannel
from bot.config import Database as DatabaseSettings
from bot.config import Settings
from bot.local_site import SimulatedClock, local_site
from bot.web.ports import Site
from bot.web.server import WebServer, build_app
from domain.marks import plain
from domain.messages import Incoming, OutboxState, Outgoing, RawUpdate, Receipt
from domain.ports import Receive
from messages_vi.catalogue import _
from messages_vi.menu import MENU
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.fakes.telegram import DEFAULT_CREDENTIAL

_BEAT_SECS = 0.2
"""Faster than the program beats by itself: a test must not wait for twenty seconds."""


class KeptClock(SimulatedClock):
    """A business clock whose time stands in a file, so that it outlives the program."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def at(self) -> datetime:
        """Where the clock stands."""
        return datetime.fromisoformat(self._file.read_text())

    @at.setter
    def at(self, moment: datetime) -> None:
        draft = self._file.with_suffix(".draft")
        draft.write_text(moment.isoformat())
        draft.replace(self._file)


class Holds:
    """The moments at which a test may ask the program to stand still until it is killed.

    "confirm": updates are stored, and Telegram is not told so. "answer": an update is stored and not looked
    at. "commit": its answer is written and not committed. "send": a message has left, its receipt is not
    recorded.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def is_asked(self, moment: str) -> bool:
        """Tell whether to stand still at `moment`."""
        return (self._folder / f"hold-{moment}").exists()

    def stand(self, moment: str) -> None:
        """Stand still for ever if that was asked for; others of the same moment go on."""
        if self._begins(moment):
            threading.Event().wait()

    async def wait(self, moment: str) -> None:
        """The same on the event loop, where the rest of the program goes on meanwhile."""
        if self._begins(moment):
            await asyncio.Event().wait()

    def _begins(self, moment: str) -> bool:
        try:
            (self._folder / f"hold-{moment}").rename(self._folder / f"held-{moment}")
        except FileNotFoundError:
            return False
        return True


class HeldDatabase(Database):
    """A database that can stand still right before it commits something to be said."""

    def __init__(self, url: str, holds: Holds) -> None:
        super().__init__(url)
        self._holds = holds

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """See `Database.begin`."""
        with super().begin() as uow:
            yield uow
            if self._holds.is_asked("commit") and uow.outbox.find(state=OutboxState.QUEUED):
                self._holds.stand("commit")


class HeldTelegram(TelegramChannel):
    """Telegram without the pause between two messages to one person, which the fake does not ask for."""

    limits = replace(TelegramChannel.limits, per_second=1000, per_chat_per_second=1000)

    def __init__(self, address: str, holds: Holds) -> None:
        menu = [(name, plain(_(description))) for name, description in MENU]
        super().__init__(token=DEFAULT_CREDENTIAL, base_url=address, commands=menu)
        self._holds = holds

    async def start(self, receive: Receive) -> None:
        """See `Channel.start`."""

        async def stored(updates: list[RawUpdate]) -> None:
            await receive(updates)
            await self._holds.wait("confirm")

        await super().start(stored)

    def parse(self, body: str, now: datetime) -> Incoming | None:
        """See `Channel.parse`."""
        self._holds.stand("answer")
        return super().parse(body, now)


class HeldLocal(LocalChannel):
    """The local channel, which can stand still too."""

    def __init__(self, folder: Path, holds: Holds) -> None:
        super().__init__(folder)
        self._holds = holds

    def parse(self, body: str, now: datetime) -> Incoming:
        """See `Channel.parse`."""
        self._holds.stand("answer")
        return super().parse(body, now)

    async def send(self, message: Outgoing) -> Receipt:
        """See `Channel.send`."""
        receipt = await super().send(message)
        await self._holds.wait("send")
        return receipt


def main() -> int:
    """Run until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--database", required=True)
    parser.add_argument("--telegram", default="")
    parser.add_argument("--page", default="")
    parser.add_argument("--port", type=int, default=0)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    asyncio.run(_serve(parser.parse_args()))
    return 0


async def _serve(asked: argparse.Namespace) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = HeldDatabase(asked.database, Holds(asked.folder))
    try:
        if asked.telegram:
            await _on_telegram(asked, database, stop)
        else:
            await _on_the_page(asked, database, stop)
    finally:
        database.close()


async def _on_telegram(asked: argparse.Namespace, database: Database, stop: asyncio.Event) -> None:
    channel = HeldTelegram(asked.telegram, Holds(asked.folder))
    app = _app(asked, database, channel)
    try:
        await app.start()
        _ready(asked.folder, "")
        await stop.wait()
    finally:
        await app.stop()


async def _on_the_page(asked: argparse.Namespace, database: Database, stop: asyncio.Event) -> None:
    channel = HeldLocal(asked.folder / "local", Holds(asked.folder))
    app = _app(asked, database, channel)
    site = local_site(app, channel, _clock(asked), "", _chats(asked.page))
    server = WebServer(build_app(Site(site)), "127.0.0.1", asked.port)
    await server.start()
    try:
        await app.start()
        _ready(asked.folder, server.address)
        await stop.wait()
    finally:
        await app.stop()
        await server.stop()


def _app(asked: argparse.Namespace, database: Database, channel: HeldTelegram | HeldLocal) -> App:
    files = DatabaseSettings(url=asked.database, media_folder=str(asked.folder / "media"))
    return build(
        replace(Settings(), database=files), _clock(asked), database, [channel], beat_secs=_BEAT_SECS
    )


def _clock(asked: argparse.Namespace) -> KeptClock:
    return KeptClock(asked.folder / "clock")


def _chats(listed: str) -> Sequence[str]:
    return tuple(listed.split(","))


def _ready(folder: Path, address: str) -> None:
    draft = folder / "ready.draft"
    draft.write_text(address)
    draft.replace(folder / "ready")


if __name__ == "__main__":
    raise SystemExit(main())
