"""Our program with as many chairs as asked for. Arguments: base address, token, folder, chairs, [hold].

With "hold" the replies stay in the outbox: the turn ends with their commit, as it is counted for the ratio.
It writes a line whenever a message was answered and committed.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.app import build
from bot.channels.telegram import TelegramChannel
from bot.config import Database as DatabaseSettings
from bot.config import Settings
from bot.services.setup import prepare
from domain.messages import InboxRow, Incoming
from domain.people import Contact, ContactState, Membership, Person, Role, Unit, UnitKind, UnitLevel
from storage.database import Database
from storage.unit_of_work import UnitOfWork

NOW = datetime(2024, 4, 15, 2, 0, tzinfo=UTC)


class FixedClock:
    """It is always the same Monday morning, so that every run does the same work."""

    def now(self) -> datetime:
        """Return that moment."""
        return NOW


def enrol(uow: UnitOfWork, number: int) -> None:
    """Add one enterprise union with its chair, in the chat that the fake gives that user."""
    unit = uow.units.add(
        Unit(
            f"u{number}", f"CĐCS Công ty số {number}", UnitLevel.GRASSROOTS, UnitKind.ENTERPRISE, workers=100
        )
    )
    person = uow.people.add(Person(f"Người {number}", "chị"))
    uow.memberships.add(Membership(person.id, unit.id, Role.CHAIR, date(2024, 1, 1)))
    uow.contacts.add(Contact(person.id, "telegram", str(1000 + number), ContactState.ACTIVE, NOW))


def handled(row: InboxRow, incoming: Incoming | None) -> None:
    """Say that one more reply is committed."""
    sys.stdout.write("handled\n")
    sys.stdout.flush()


async def main() -> None:
    """Serve until terminated."""
    base_url, token, folder, chairs, *how = sys.argv[1:]
    url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
    settings = replace(Settings(), database=replace(DatabaseSettings(), url=url, media_folder=folder))
    database = Database(url)
    database.migrate()
    channel = TelegramChannel(token=token, base_url=base_url)
    # The limits are lifted: what is measured is the work, not the waiting.
    channel.limits = replace(channel.limits, per_second=10_000, per_chat_per_second=10_000)
    app = build(settings, FixedClock(), database, [channel])
    with database.begin() as uow:
        prepare(app.context(uow, NOW))
        for number in range(int(chairs)):
            enrol(uow, number)
    if how:
        app.dispatchers.clear()
        app.intake.when_handled = handled
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await app.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await stop.wait()
    await app.stop()
    database.close()


if __name__ == "__main__":
    asyncio.run(main())
