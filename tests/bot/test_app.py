"""The running program: what it does by itself, and how it stops."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.app import App, build, jobs_of
from bot.config import Settings
from domain.errors import BadCredential, Unavailable
from domain.messages import OutboxRow, OutboxState, Outgoing, Priority, Receipt
from domain.people import Contact, ContactState
from scheduler.jobs import every, run_due
from scheduler.outgoing import notify
from storage.unit_of_work import UnitOfWork
from tests.bot.channels.telegram_house import until
from tests.fakes.channel import MemoryChannel
from tests.fakes.clock import StandingClock
from tests.people import MONDAY, House


class Connected(MemoryChannel):
    """A channel that sends only while it is connected, and takes its time."""

    connected = True

    async def stop(self) -> None:
        self.connected = False

    async def send(self, message: Outgoing) -> Receipt:
        await asyncio.sleep(0.1)
        if not self.connected:
            raise Unavailable("the connection is closed")
        return await super().send(message)


def program(house: House, channel: MemoryChannel, now: datetime = MONDAY) -> App:
    return build(Settings(), StandingClock(now), house.database, [channel], beat_secs=0)


async def test_what_is_being_sent_when_it_stops_is_finished_first(small_house: House) -> None:
    channel = Connected()
    app = program(small_house, channel)
    with small_house.context() as context:
        context.uow.outbox.add(OutboxRow("k", "memory", "7", Priority.REPLY, "k", MONDAY, MONDAY))
    await app.start()
    await until(lambda: _state(small_house) is OutboxState.SENDING)
    await app.stop()
    assert not channel.connected
    assert _state(small_house) is OutboxState.SENT


def _state(house: House) -> OutboxState:
    with house.context() as context:
        return context.uow.outbox.get(1).state


async def test_a_job_that_fails_stops_neither_the_others_nor_the_start(
    small_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def fails(uow: UnitOfWork, now: datetime) -> int:
        raise KeyError("odd data")

    def works(uow: UnitOfWork, now: datetime) -> int:
        done.append("worked")
        return 1

    app = program(small_house, MemoryChannel())
    app.jobs = (every("first", timedelta(0), fails, "?"), every("second", timedelta(0), works, "works done"))
    app.beat_secs = 3600
    await app.start()
    await app.stop()
    assert done == ["worked"]
    assert "the job first failed" in caplog.text


def test_the_periods_of_the_coming_year_are_there_however_long_it_runs(small_house: House) -> None:
    now = datetime(2025, 12, 1, 3, 0, tzinfo=UTC)
    settings = Settings()
    app = program(small_house, MemoryChannel(), MONDAY)
    with small_house.database.begin() as uow:
        run_due(uow, jobs_of(settings, app.office), now)
        assert {period.year for period in uow.periods.find()} == {2024, 2025, 2026}
    app.worker.close()


def test_the_bots_own_address_reaches_the_invitations_once_it_is_known(small_house: House) -> None:
    links: dict[str, str] = {}
    app = build(
        Settings(),
        StandingClock(MONDAY),
        small_house.database,
        [MemoryChannel()],
        bot_links=links,
        beat_secs=0,
    )
    links["telegram"] = "https://t.me/an_hoa_bot?start="
    assert app.office.bot_links == links
    app.worker.close()


def test_holidays_are_known_for_as_long_as_a_program_may_run(small_house: House) -> None:
    app = program(small_house, MemoryChannel())
    assert not app.office.calendar.is_working_day(date(2030, 4, 30))
    app.worker.close()


async def test_an_account_whose_token_is_refused_shows_in_its_health(small_house: House) -> None:
    channel = MemoryChannel(fails=[BadCredential()])
    app = program(small_house, channel)
    assert await app.faults() == []
    with small_house.context() as context:
        context.uow.outbox.add(OutboxRow("k", "memory", "7", Priority.REPLY, "k", MONDAY, MONDAY))
    await app.dispatchers["memory"].deliver_due()
    assert await app.faults() == ["memory: token refused"]
    app.worker.close()


async def test_nobody_is_written_to_on_an_account_that_is_not_served_any_more(small_house: House) -> None:
    chair = small_house.people["chair"].id
    with small_house.context() as context:
        context.uow.contacts.add(Contact(chair, "memory", "77", ContactState.ACTIVE, MONDAY))
    app = program(small_house, MemoryChannel())
    await app.start()
    await app.stop()
    with small_house.context() as context:
        row = notify(context.uow, chair, "Em nhắc chị báo cáo.", key="n", now=MONDAY)
        assert row is not None
        assert (row.account, row.chat_id) == ("memory", "77")
        assert notify(context.uow, small_house.people["staff"].id, "?", key="s", now=MONDAY) is None


async def test_a_start_without_the_token_by_mistake_leaves_nobody_out_of_reach(small_house: House) -> None:
    for channel in (MemoryChannel(), MemoryChannel("local"), MemoryChannel("local")):
        app = program(small_house, channel)
        await app.start()
        await app.stop()
    with small_house.context() as context:
        assert context.uow.contacts.count(state=ContactState.UNREACHABLE) == 0
        assert context.uow.contacts.count(account="local", state=ContactState.ACTIVE) > 0
