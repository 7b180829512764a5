"""Stored before answered, answered once, and no bad update stops the others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from domain.errors import UnparsableUpdate
from domain.messages import InboxRow, InboxState, Incoming, IncomingKind, JobRun, RawUpdate
from scheduler.intake import Intake
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.worker import DatabaseWorker
from tests.fakes.clock import StandingClock

NOW = datetime(2024, 4, 15, 2, 0, tzinfo=UTC)


@dataclass
class Desk:
    database: Database
    worker: DatabaseWorker
    answered: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    handled: list[str] = field(default_factory=list)

    def intake(self) -> Intake:
        return Intake(
            self.worker, StandingClock(NOW), ("memory",), self.answer, self.give_up, self.when_handled
        )

    def answer(self, uow: UnitOfWork, row: InboxRow, now: datetime) -> Incoming | None:
        self.answered.append(row.body)
        if row.body in ("poison", "unreadable twice"):
            raise UnparsableUpdate("poison")
        if row.body == "bug":
            uow.job_runs.add(JobRun("half-written", now))
            raise ZeroDivisionError
        return Incoming(row.account, "7", row.provider_id, now, IncomingKind.TEXT, row.body)

    def give_up(self, uow: UnitOfWork, row: InboxRow, now: datetime) -> None:
        self.given_up.append(row.body)
        if row.body == "unreadable twice":
            raise KeyError(row.account)

    def when_handled(self, row: InboxRow, incoming: Incoming | None) -> None:
        self.handled.append(row.body)

    def rows(self) -> list[InboxRow]:
        with self.database.begin() as uow:
            return uow.inbox.find()


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    worker = DatabaseWorker(database)
    yield Desk(database, worker)
    worker.close()


def updates(*bodies: str) -> list[RawUpdate]:
    return [RawUpdate("memory", f"u{number}", body) for number, body in enumerate(bodies)]


async def test_an_update_is_on_disk_before_it_is_answered(desk: Desk) -> None:
    await desk.intake().receive(updates("a", "b"))
    assert [row.state for row in desk.rows()] == [InboxState.NEW, InboxState.NEW]
    assert desk.answered == []


async def test_the_same_update_is_answered_once(desk: Desk) -> None:
    intake = desk.intake()
    await intake.receive(updates("a"))
    await intake.receive(updates("a"))
    assert await intake.drain() == 1
    await intake.receive(updates("a"))
    assert await intake.drain() == 0
    assert desk.handled == ["a"]


async def test_what_was_stored_before_a_restart_is_answered_after_it(desk: Desk) -> None:
    await desk.intake().receive(updates("a", "b"))
    assert await desk.intake().drain() == 2
    assert [(row.state, row.chat_id) for row in desk.rows()] == [(InboxState.DONE, "7")] * 2


async def test_what_people_wrote_is_not_kept_once_it_was_answered(desk: Desk) -> None:
    intake = desk.intake()
    await intake.receive(updates("a", "poison"))
    await intake.drain()
    assert [row.body for row in desk.rows()] == ["", "poison"]


async def test_a_page_that_shows_its_own_history_keeps_it(desk: Desk) -> None:
    intake = replace(desk.intake(), shown=("memory",))
    await intake.receive(updates("a"))
    await intake.drain()
    assert [row.body for row in desk.rows()] == ["a"]


async def test_an_unreadable_update_is_set_aside_at_once(desk: Desk) -> None:
    intake = desk.intake()
    await intake.receive(updates("poison", "a"))
    await intake.drain()
    assert desk.answered == ["poison", "a"]
    assert [row.state for row in desk.rows()] == [InboxState.FAILED, InboxState.DONE]


async def test_a_failing_answer_is_tried_three_times_and_leaves_nothing_half_written(desk: Desk) -> None:
    intake = desk.intake()
    await intake.receive(updates("bug", "a"))
    await intake.drain()
    assert desk.answered == ["bug", "bug", "bug", "a"]
    assert desk.given_up == ["bug"]
    assert desk.handled == ["a"]
    with desk.database.begin() as uow:
        assert uow.job_runs.find() == []


async def test_a_failing_apology_does_not_stop_the_rest(desk: Desk) -> None:
    intake = desk.intake()
    await intake.receive(updates("unreadable twice", "a"))
    await intake.drain()
    assert [row.state for row in desk.rows()] == [InboxState.FAILED, InboxState.DONE]
    assert desk.given_up == ["unreadable twice"]


async def test_what_came_on_an_account_that_is_not_served_waits_and_stops_nobody(desk: Desk) -> None:
    intake = desk.intake()
    await intake.receive([RawUpdate("local", "u9", "earlier"), *updates("a")])
    await intake.drain()
    assert desk.answered == ["a"]
    assert [row.state for row in desk.rows()] == [InboxState.NEW, InboxState.DONE]
