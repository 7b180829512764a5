"""What is claimed, in which order, and never twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta

from domain.messages import OutboxRow, OutboxState, Priority
from storage.database import Database

NOW = datetime(2024, 4, 12, 3, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def fill(database: Database, *rows: tuple[str, str, Priority, datetime]) -> None:
    with database.begin() as uow:
        for key, chat, priority, not_before in rows:
            uow.outbox.add(OutboxRow(key, "local", chat, priority, key, NOW, not_before))


def claim(database: Database, now: datetime = NOW) -> list[str]:
    with database.begin() as uow:
        return [row.key for row in uow.queries.claim_outbox("local", now, 10)]


def finish(database: Database, key: str, state: OutboxState, **values: object) -> None:
    with database.begin() as uow:
        uow.outbox.change_where({"key": key}, state=state, **values)


def test_it_claims_one_message_a_chat_replies_first(database: Database) -> None:
    fill(
        database,
        ("a1", "a", Priority.BROADCAST, NOW),
        ("a2", "a", Priority.REPLY, NOW),
        ("a3", "a", Priority.REPLY, NOW),
        ("b1", "b", Priority.REMINDER, NOW),
    )
    assert claim(database) == ["a2", "b1"]
    assert claim(database) == []
    finish(database, "a2", OutboxState.SENT)
    assert claim(database) == ["a3"]


def test_it_leaves_what_is_not_due_and_does_not_wait_for_it(database: Database) -> None:
    fill(database, ("later", "a", Priority.REPLY, LATER), ("now", "a", Priority.REPLY, NOW))
    assert claim(database) == ["now"]


def test_a_message_waiting_for_another_try_holds_back_those_behind_it(database: Database) -> None:
    fill(database, ("first", "a", Priority.REPLY, NOW), ("second", "a", Priority.REPLY, NOW))
    assert claim(database) == ["first"]
    finish(database, "first", OutboxState.RETRY, not_before=LATER)
    assert claim(database) == []
    assert claim(database, LATER) == ["first"]


def test_it_knows_when_the_next_one_is_due(database: Database) -> None:
    fill(database, ("later", "a", Priority.REPLY, LATER))
    with database.begin() as uow:
        assert uow.queries.next_outbox_time("local", NOW) == LATER
        assert uow.queries.next_outbox_time("local", LATER) is None


def test_what_is_taken_back_at_the_same_moment_is_not_claimed(database: Database) -> None:
    fill(database, ("r", "a", Priority.REMINDER, NOW))
    with ThreadPoolExecutor(1) as pool:
        with database.begin() as uow:
            uow.outbox.change_where({"key": "r"}, state=OutboxState.CANCELLED)
            claimed = pool.submit(claim, database)
            # The other transaction gets as far as it can while this one is open.
            wait([claimed], timeout=0.5)
        assert claimed.result(timeout=20) == []
