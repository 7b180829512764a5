"""The schema, its migrations, and what a transaction promises."""

from __future__ import annotations

import dataclasses
import sqlite3
import traceback
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from domain.errors import DatabaseTooNew, NotFound, StorageError
from domain.messages import JobRun, OutboxRow, Priority
from domain.people import Person
from storage import database as database_module
from storage.database import HEAD, Database
from storage.schema import METADATA, TABLES, table_of

NOW = datetime(2024, 4, 1, 1, 0, tzinfo=UTC)


def test_every_record_has_a_table_with_the_same_names() -> None:
    for record in TABLES:
        fields = {field.name for field in dataclasses.fields(record)}
        assert set(table_of(record).columns.keys()) == fields, record


def test_a_migrated_schema_equals_the_declared_one(database: Database) -> None:
    with database._engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, METADATA) == []


def test_the_head_is_the_newest_migration() -> None:
    folder = Path(database_module.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == HEAD


def test_it_migrates_again_without_a_change(database: Database) -> None:
    database.migrate()
    assert database.revision() == HEAD


def test_it_refuses_a_database_of_a_newer_version(database: Database) -> None:
    with database._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew):
        database.migrate()


def test_it_refuses_a_database_of_something_else(database_url: str) -> None:
    other = Database(database_url)
    with other._engine.begin() as connection:
        connection.execute(text("CREATE TABLE somebody_elses (id INTEGER)"))
    with pytest.raises(StorageError):
        other.migrate()
    other.close()


def test_a_file_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE somebody_elses (id INTEGER)")
        other.commit()
    before = path.read_bytes()
    refused = Database(f"sqlite:///{path}")
    with pytest.raises(StorageError):
        refused.migrate()
    refused.close()
    assert path.read_bytes() == before


def test_it_refuses_a_damaged_file_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite3"
    path.write_bytes(b"this is no database" * 100)
    damaged = Database(f"sqlite:///{path}")
    with pytest.raises(StorageError):
        damaged.migrate()
    damaged.close()
    assert path.read_bytes() == b"this is no database" * 100


def test_it_says_that_an_address_is_none() -> None:
    with pytest.raises(StorageError):
        Database("not an address")


def test_sqlite_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    kept = Database(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    kept.migrate()
    with kept._engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
    kept.close()


def test_a_failing_unit_of_work_leaves_nothing(database: Database) -> None:
    def fail_half_way() -> None:
        with database.begin() as uow:
            uow.people.add(Person("Hoa"))
            uow.people.get(999)

    with pytest.raises(NotFound):
        fail_half_way()
    with database.begin() as uow:
        assert uow.people.find() == []


def test_a_broken_rule_of_the_database_is_our_error(database: Database) -> None:
    with database.begin() as uow:
        uow.job_runs.add(JobRun("x", NOW))
    with pytest.raises(StorageError), database.begin() as uow:
        uow.job_runs.add(JobRun("x", NOW))


def test_naive_times_never_reach_the_database(database: Database) -> None:
    with pytest.raises(StorageError), database.begin() as uow:
        uow.job_runs.add(JobRun("x", datetime(2024, 4, 1)))  # noqa: DTZ001 - the fault under test


def test_an_unreachable_server_is_our_error() -> None:
    with pytest.raises(StorageError):
        Database("postgresql://nobody@127.0.0.1:1/none").migrate()


def test_what_people_wrote_does_not_stand_in_an_error(database: Database) -> None:
    row = OutboxRow("k", "local", "7", Priority.REPLY, "ket nap chi Hoa 0912345678", NOW, NOW)
    with pytest.raises(StorageError) as failed, database.begin() as uow:
        uow.outbox.add_all([row, row])
    assert "chi Hoa" not in "".join(traceback.format_exception(failed.value))
