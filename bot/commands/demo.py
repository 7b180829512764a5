"""`tiendo demo`: a throw-away office with the sample plan, on a clock that moves when it is told to."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from bot.app import App, build
from bot.channels.local import ACCOUNT, LocalChannel
from bot.config import Database as DatabaseSettings
from bot.config import Office as OfficeSettings
from bot.config import Settings
from bot.documents.units_sheet import read_units
from bot.local_site import CHATS, SimulatedClock, local_site
from bot.planreader.reader import read_plan
from bot.services.invites import create_invite, live_invites, show_code
from bot.services.plans import store_plan
from bot.services.setup import prepare
from bot.services.units import ensure_office
from bot.services.units_import import apply
from bot.web.ports import Site
from bot.web.server import WebServer, build_app
from domain.marks import plain
from domain.people import Role
from messages_vi.catalogue import _
from messages_vi.formats import weekday_day
from storage.database import Database
from storage.unit_of_work import UnitOfWork

BEGINS = datetime(2024, 4, 1, 1, 0, tzinfo=UTC)  # Monday, 8:00 in Vietnam
OFFICE = "Công đoàn khu vực Dương Minh Châu"
# The simulated clock stands still between its steps, but results of what was sent are due at once.
_BEAT_SECS = 2.0
_STAFF = "chị Lê Thị Thu"
_CHAIRS = ("THCK", "HDPM", "MSD")
"""The units whose chairs have the phones: a school, a cashew factory, a garment factory."""


def run(args: argparse.Namespace) -> int:
    """Serve the demonstration until Ctrl-C; return 0. Its folder is gone afterwards."""
    logging.basicConfig(level=logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="tiendo-") as folder:
        asyncio.run(serve(Path(folder), args.port))
    return 0


async def serve(folder: Path, port: int) -> None:
    """Build the sample office in `folder`, serve its page on `port`, and stop when asked to."""
    asked_to_stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, asked_to_stop.set)
    app, channel, clock = sample_app(folder)
    server = WebServer(build_app(Site(local_site(app, channel, clock, ""))), "127.0.0.1", port)
    try:
        await server.start()
        await open_office(app, channel)
        _greet(server.address)
        await asked_to_stop.wait()
    finally:
        await app.stop()
        await server.stop()
        app.database.close()


def sample_app(folder: Path, begins: datetime = BEGINS) -> tuple[App, LocalChannel, SimulatedClock]:
    """Return the sample office's program, its local channel and its clock, not yet filled or started."""
    settings = replace(
        Settings(),
        office=replace(OfficeSettings(), name=OFFICE),
        database=replace(
            DatabaseSettings(),
            url=f"sqlite:///{folder / 'demo.sqlite3'}",
            media_folder=str(folder / "media"),
        ),
    )
    database = Database(settings.database.url)
    database.migrate()
    channel, clock = LocalChannel(folder / "local"), SimulatedClock(begins)
    return build(settings, clock, database, [channel], beat_secs=_BEAT_SECS), channel, clock


async def open_office(app: App, channel: LocalChannel) -> None:
    """Load the sample plan and units, and let a staff member and three chairs type their codes."""
    codes = await app.worker.run(partial(fill, app=app))
    await app.start()
    for chat_id, code in codes.items():
        await channel.push("join", chat_id, text=code)
    await app.settle()
    await app.step()
    await app.settle()


def fill(uow: UnitOfWork, *, app: App) -> dict[str, str]:
    """Store the sample plan and units; return the code for each phone, by its chat."""
    context = app.context(uow, app.clock.now(), ACCOUNT)
    prepare(context)
    name = "ke-hoach-2024.toml"
    store_plan(context, read_plan(name, _sample(name)))
    apply(context, read_units("don-vi.csv", _sample("don-vi.csv")).rows)
    staff = create_invite(context, ensure_office(context, OFFICE), Role.STAFF, _STAFF)
    units = {unit.code: unit for unit in uow.units.find(code=_CHAIRS)}
    chairs = [live_invites(context, units[code], Role.CHAIR)[0] for code in _CHAIRS]
    return {chat: show_code(invite.code) for chat, invite in zip(CHATS, [staff, *chairs], strict=True)}


def _sample(name: str) -> bytes:
    """Return a file of the sample office: inside an installed package, or in the root of a checkout."""
    here = Path(__file__).parent.parent
    installed = here / "examples" / name
    return (installed if installed.is_file() else here.parent / "examples" / name).read_bytes()


def _greet(address: str) -> None:
    begins = weekday_day(date(2024, 4, 1), None)
    lines = (
        _(
            "The sample year begins on {day}. Open {url} in a browser here.",
            day=begins,
            url=address,
        ),
        _("Everything is thrown away when you stop with Ctrl-C."),
    )
    sys.stdout.write("".join(plain(line) + "\n" for line in lines))
    sys.stdout.flush()
