"""The office as commands work in it: settings, database and the moment, opened once for each command."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.app import SystemClock, office_of
from bot.commands.shared import Refused, database_fault
from bot.config import Settings, load_settings
from bot.services.context import Context, Office
from domain.errors import StorageError
from messages_vi.catalogue import _
from storage.database import Database

ACCOUNT = "tiendo"
"""What the audit names as the channel of a change made on the command line."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The open office. `now` is read once; each `context` is a transaction of its own."""

    settings: Settings
    office: Office
    now: datetime
    database: Database

    @property
    def today(self) -> date:
        """The civil day in the office's zone."""
        return self.office.calendar.local_date(self.now)

    @contextmanager
    def context(self) -> Iterator[Context]:
        """Open a transaction in which nobody in particular acts."""
        with self.database.begin() as uow:
            yield Context(uow, self.now, self.office, account=ACCOUNT)


def settings_of(args: argparse.Namespace) -> Settings:
    """Return the settings that the command line names. Raises ConfigProblems."""
    return load_settings(args.config, os.environ)


@contextmanager
def open_desk(
    settings: Settings, *, create: bool = False, bot_links: Mapping[str, str] | None = None
) -> Iterator[Desk]:
    """Open the office's database, brought up to date; only with `create` is a missing file made.

    Raises: Refused, also for whatever the database refuses later on.
    """
    if not create and is_missing(settings.database.url):
        raise Refused(
            _("There is no database at {place} yet. Import a plan or units first.", place=place_of(settings))
        )
    now = SystemClock().now()
    office = office_of(settings, now, bot_links)
    try:
        database = Database(settings.database.url)
        try:
            database.migrate()
            yield Desk(settings, office, now, database)
        finally:
            database.close()
    except StorageError as error:
        raise Refused(database_fault(error, place_of(settings))) from error


def is_missing(url: str) -> bool:
    """Tell whether `url` names a SQLite file that is not there; opening it would make it."""
    file = _sqlite_file(url)
    return bool(file) and not Path(file).exists()


def place_of(settings: Settings) -> str:
    """Return where the database is, without user and password."""
    url = settings.database.url
    parts = urlsplit(url)
    return _sqlite_file(url) or f"{parts.hostname or ''}{parts.path}"


def _sqlite_file(url: str) -> str:
    file = url.partition(":///")[2].partition("?")[0]
    return file if url.startswith("sqlite") and file != ":memory:" else ""
