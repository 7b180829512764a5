"""Open a database, bring its schema up to date, and hand out transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from domain.errors import DatabaseTooNew, StorageError
from storage.unit_of_work import UnitOfWork

HEAD = "0002"
"""The newest revision in `storage/migrations/versions`."""

BUSY_TIMEOUT_SECS = 15


class Database:
    """One database. SQLite runs WAL with synchronous=FULL: what was committed is on disk."""

    def __init__(self, url: str) -> None:
        """Connect lazily to `url`, a SQLAlchemy address. Raises StorageError when it cannot be one."""
        try:
            self._url = _driver_url(make_url(url))
        except ArgumentError as error:
            raise StorageError("not a database address") from error
        self._engine = _engine(self._url)

    @property
    def one_writer(self) -> bool:
        """Tell whether only one thread may write at a time (SQLite)."""
        return self._engine.dialect.name == "sqlite"

    def migrate(self) -> None:
        """Bring the schema to `HEAD` in one transaction; a no-op when it is there already.

        Raises DatabaseTooNew when a newer version of this program wrote it, StorageError when it is no
        database of ours or cannot be opened.
        """
        with _translated(), self._engine.begin() as connection:
            current = _revision(connection)
            if current == HEAD:
                return
            if current is not None and current > HEAD:
                raise DatabaseTooNew(current)
            _upgrade(connection)

    def revision(self) -> str | None:
        """Return the schema's revision, or None for an empty database. Raises StorageError."""
        with _translated(), self._engine.begin() as connection:
            return _revision(connection)

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Open a transaction; commit at the end, roll back when anything is raised."""
        with _translated(), self._engine.begin() as connection:
            yield UnitOfWork(connection)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _driver_url(url: URL) -> URL:
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


def _engine(url: URL) -> Engine:
    # Parameters are what people wrote: errors, and so the log, must not quote them.
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if url.database and url.database != ":memory:":
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(str(error)) from error
    options = {"check_same_thread": False, "timeout": BUSY_TIMEOUT_SECS}
    engine = create_engine(url, connect_args=options, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _set_up_sqlite(connection: object, _record: object) -> None:
    # The driver must not open transactions by itself: a deferred one that turns into a writer fails with
    # "database is locked" whatever the timeout is.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    # WAL is written into the file itself, so a file of somebody else's must not be switched to it.
    names = [name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if not names or "alembic_version" in names:
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _revision(connection: Connection) -> str | None:
    tables = connection.dialect.get_table_names(connection)
    if "alembic_version" not in tables:
        if tables:
            raise StorageError("the database holds other tables")
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _upgrade(connection: Connection) -> None:
    # Alembic is needed once in the life of a schema; loading it at every start would cost half a second.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise StorageError(str(getattr(error, "orig", None) or error)) from error
