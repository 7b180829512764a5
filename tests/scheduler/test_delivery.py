"""What the dispatcher does with each outcome, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from domain.errors import (
    AddressChanged,
    BadCredential,
    ChannelError,
    RateLimited,
    RecipientGone,
    Rejected,
    StorageError,
    Unavailable,
    Uncertain,
)
from domain.marks import plain
from domain.messages import Choice, Media, MediaState, OutboxRow, OutboxState, Outgoing, Priority, Receipt
from domain.people import Contact, ContactState, Person
from scheduler.delivery import Dispatcher, RetryPolicy, recover
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.worker import DatabaseWorker
from tests.bot.channels.telegram_house import until
from tests.fakes.channel import LIMITS, MemoryChannel
from tests.fakes.clock import StandingClock

T = TypeVar("T")
NOW = datetime(2024, 4, 15, 2, 0, tzinfo=UTC)


@dataclass
class Desk:
    database: Database
    channel: MemoryChannel
    clock: StandingClock
    dispatcher: Dispatcher
    gone: list[str] = field(default_factory=list)

    def queue(self, key: str = "k", priority: Priority = Priority.REPLY, **more: object) -> None:
        row = OutboxRow(key, "memory", "7", priority, key, NOW, NOW)
        with self.database.begin() as uow:
            uow.outbox.add(replace(row, **more))  # type: ignore[arg-type]

    def row(self, key: str = "k") -> OutboxRow:
        with self.database.begin() as uow:
            found = uow.outbox.first(key=key)
        assert found is not None
        return found


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    worker = DatabaseWorker(database)
    channel, clock = MemoryChannel(), StandingClock(NOW)
    gone: list[str] = []

    async def no_media(media_id: int) -> None:
        return None

    def note(uow: UnitOfWork, row: OutboxRow, now: datetime) -> None:
        gone.append(row.key)

    dispatcher = Dispatcher(channel, worker, clock, no_media, note, RetryPolicy(attempts=3))
    yield Desk(database, channel, clock, dispatcher, gone)
    worker.close()


class Stumbling(DatabaseWorker):
    """A worker whose database is away for one of its transactions."""

    def __init__(self, database: Database, stumbles_at: int) -> None:
        super().__init__(database)
        self._count = 0
        self._stumbles_at = stumbles_at

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        self._count += 1
        if self._count == self._stumbles_at:
            raise StorageError("the server closed the connection unexpectedly")
        return await super().run(work)


async def test_it_sends_replies_first_and_keeps_the_receipt(desk: Desk) -> None:
    desk.queue("broadcast", Priority.BROADCAST)
    desk.queue("reply")
    assert await desk.dispatcher.deliver_due() == 2
    assert [message.text for message in desk.channel.sent] == ["reply", "broadcast"]
    assert (desk.row("reply").state, desk.row("reply").message_id) == (OutboxState.SENT, "out-1")


async def test_it_tries_again_later_when_the_platform_is_away(desk: Desk) -> None:
    desk.queue()
    desk.channel.fails = [Unavailable("down")]
    await desk.dispatcher.deliver_due()
    assert desk.row().state is OutboxState.RETRY
    assert await desk.dispatcher.deliver_due() == 0
    desk.clock.forward(minutes=1)
    await desk.dispatcher.deliver_due()
    assert desk.row().state is OutboxState.SENT
    assert not desk.row().doubtful


async def test_it_gives_up_after_the_last_attempt(desk: Desk) -> None:
    desk.queue()
    desk.channel.fails = [Unavailable("down")] * 3
    for _ in range(3):
        await desk.dispatcher.deliver_due()
        desk.clock.forward(hours=1)
    assert desk.row().state is OutboxState.FAILED


async def test_a_night_without_network_loses_nothing(desk: Desk) -> None:
    desk.queue()
    desk.dispatcher.retry = RetryPolicy()
    desk.channel.fails = [Unavailable("no network")] * 1000
    while desk.clock.now() < NOW + timedelta(hours=14):
        await desk.dispatcher.deliver_due()
        desk.clock.at = max(desk.row().not_before, desk.clock.now() + timedelta(minutes=1))
    desk.channel.fails = []
    await desk.dispatcher.deliver_due()
    assert desk.row().state is OutboxState.SENT


async def test_a_file_that_cannot_be_read_right_now_is_sent_later(desk: Desk) -> None:
    async def away(media_id: int) -> None:
        raise StorageError("the server closed the connection unexpectedly")

    with desk.database.begin() as uow:
        media = uow.media.add(Media("anh.jpg", "image/jpeg", MediaState.STORED, NOW))
    desk.queue(media_id=media.id)
    desk.dispatcher.fetch_media = away
    await desk.dispatcher.deliver_due()
    assert desk.row().state is OutboxState.RETRY


async def test_a_slow_message_does_not_hold_up_other_chats(desk: Desk) -> None:
    arrived, slow = asyncio.Event(), asyncio.Event()

    class Slow(MemoryChannel):
        async def send(self, message: Outgoing) -> Receipt:
            if message.chat_id == "slow":
                await slow.wait()
            else:
                arrived.set()
            return Receipt("out")

    desk.dispatcher.channel = Slow()
    desk.queue("picture", chat_id="slow")
    running = asyncio.create_task(desk.dispatcher.run())
    await until(lambda: desk.row("picture").state is OutboxState.SENDING)
    desk.queue("reply")
    desk.dispatcher.wake()
    async with asyncio.timeout(10):
        await arrived.wait()
    desk.dispatcher.stop()
    slow.set()
    await running
    assert [desk.row(key).state for key in ("picture", "reply")] == [OutboxState.SENT] * 2


async def test_what_waits_for_its_turn_when_the_program_stops_is_not_in_doubt(desk: Desk) -> None:
    desk.queue("first", Priority.BROADCAST, chat_id="1")
    desk.queue("second", Priority.BROADCAST, chat_id="2")
    desk.channel.limits = replace(LIMITS, per_second=0.001)
    desk.dispatcher.__post_init__()
    running = asyncio.create_task(desk.dispatcher.run())
    await until(lambda: desk.row("first").state is OutboxState.SENT)
    desk.dispatcher.stop()
    async with asyncio.timeout(10):
        await running
    row = desk.row("second")
    assert (row.state, row.attempts, row.doubtful) == (OutboxState.RETRY, 0, False)


async def test_waiting_as_told_costs_no_attempt(desk: Desk) -> None:
    desk.queue()
    desk.channel.fails = [RateLimited(30)] * 5
    for _ in range(5):
        await desk.dispatcher.deliver_due()
        assert desk.row().not_before == desk.clock.now() + timedelta(seconds=30)
        desk.clock.forward(seconds=30)
    await desk.dispatcher.deliver_due()
    assert desk.row().state is OutboxState.SENT


@pytest.mark.parametrize(
    ("priority", "texts"),
    [
        (Priority.REMINDER, ["(Em nhắn lại, có thể anh/chị đã nhận tin này rồi.)\nk"]),
        (Priority.BROADCAST, []),
    ],
)
async def test_after_a_lost_answer_only_what_matters_is_said_again(
    desk: Desk, priority: Priority, texts: list[str]
) -> None:
    desk.queue(priority=priority)
    desk.channel.fails = [Uncertain("no answer")]
    await desk.dispatcher.deliver_due()
    desk.clock.forward(hours=1)
    await desk.dispatcher.deliver_due()
    assert [message.text for message in desk.channel.sent] == texts
    assert desk.row().doubtful


async def test_a_second_lost_answer_ends_it(desk: Desk) -> None:
    desk.queue()
    desk.channel.fails = [Uncertain(""), Uncertain("")]
    for _ in range(3):
        await desk.dispatcher.deliver_due()
        desk.clock.forward(hours=1)
    assert desk.row().state is OutboxState.UNKNOWN
    assert desk.channel.sent == []


async def test_somebody_gone_is_written_to_elsewhere(desk: Desk) -> None:
    with desk.database.begin() as uow:
        person = uow.people.add(Person("Hoa"))
        for account, chat in (("memory", "7"), ("other", "9")):
            uow.contacts.add(Contact(person.id, account, chat, ContactState.ACTIVE, NOW))
    desk.queue(person_id=person.id)
    desk.channel.fails = [RecipientGone()]
    await desk.dispatcher.deliver_due()
    row = desk.row()
    assert (row.account, row.chat_id, row.state) == ("other", "9", OutboxState.QUEUED)
    assert desk.gone == []


async def test_staff_hear_of_somebody_who_cannot_be_reached(desk: Desk) -> None:
    with desk.database.begin() as uow:
        person = uow.people.add(Person("Hoa"))
        uow.contacts.add(Contact(person.id, "memory", "7", ContactState.ACTIVE, NOW))
    desk.queue(person_id=person.id)
    desk.channel.fails = [RecipientGone()]
    await desk.dispatcher.deliver_due()
    assert desk.row().state is OutboxState.FAILED
    assert desk.gone == ["k"]
    with desk.database.begin() as uow:
        assert uow.contacts.find()[0].state is ContactState.UNREACHABLE


async def test_a_chat_that_moved_is_followed(desk: Desk) -> None:
    desk.queue("k")
    desk.queue("behind")
    desk.channel.fails = [AddressChanged("-100")]
    await desk.dispatcher.deliver_due()
    assert [message.chat_id for message in desk.channel.sent] == ["-100", "-100"]


@pytest.mark.parametrize("error", [Rejected("too odd"), ChannelError("unheard of")])
async def test_what_the_platform_refuses_is_not_sent_again(desk: Desk, error: ChannelError) -> None:
    desk.queue()
    desk.channel.fails = [error]
    await desk.dispatcher.deliver_due()
    assert desk.row().state is OutboxState.FAILED


async def test_a_wrong_token_stops_the_account_and_loses_nothing(desk: Desk) -> None:
    desk.queue()
    desk.channel.fails = [BadCredential()]
    await desk.dispatcher.run()
    assert desk.dispatcher.stopped_by is not None
    assert desk.row().state is OutboxState.RETRY


@pytest.mark.parametrize(
    ("failing", "times"),
    [("recover", 1), ("claim", 1), ("record", 2)],
)
async def test_it_goes_on_after_the_database_was_away(desk: Desk, failing: str, times: int) -> None:
    stumbling = Stumbling(desk.database, ("recover", "claim", "record").index(failing) + 1)
    desk.dispatcher.worker, desk.dispatcher.failure_pause_secs = stumbling, 0
    desk.dispatcher.when_recorded = desk.dispatcher.stop
    desk.queue()
    await desk.dispatcher.run()
    assert (desk.row().state, len(desk.channel.sent)) == (OutboxState.SENT, times)
    assert desk.row().doubtful is (failing == "record")
    stumbling.close()


async def test_what_is_past_its_use_is_not_sent(desk: Desk) -> None:
    desk.queue(valid_until=NOW - timedelta(seconds=1))
    assert await desk.dispatcher.deliver_due() == 0
    assert desk.row().state is OutboxState.EXPIRED


async def test_after_a_crash_only_what_was_in_flight_is_doubtful(desk: Desk) -> None:
    desk.queue("reply", state=OutboxState.SENDING)
    desk.queue("item", Priority.BROADCAST, state=OutboxState.SENDING)
    desk.queue("waiting")
    with desk.database.begin() as uow:
        assert recover(uow, "memory") == 2
    assert (desk.row("reply").state, desk.row("reply").doubtful) == (OutboxState.QUEUED, True)
    assert (desk.row("item").state, desk.row("item").doubtful) == (OutboxState.UNKNOWN, True)
    assert not desk.row("waiting").doubtful


async def test_without_buttons_the_choices_are_written_below(desk: Desk) -> None:
    desk.channel.limits = replace(LIMITS, has_buttons=False)
    desk.queue(choices=(Choice("Đúng", "report.ok:1"), Choice("Sửa", "report.fix:1")))
    await desk.dispatcher.deliver_due()
    assert plain(desk.channel.sent[0].text) == "k\n1 Đúng · 2 Sửa"


async def test_without_buttons_a_choice_without_a_number_is_its_label(desk: Desk) -> None:
    desk.channel.limits = replace(LIMITS, has_buttons=False)
    none, stop = (Choice(label, label[0], numbered=False) for label in ("Không có", "Dừng"))
    desk.queue(choices=(none, Choice("Sửa", "report.fix:1"), stop, Choice("Bỏ", "report.drop:1")))
    await desk.dispatcher.deliver_due()
    assert plain(desk.channel.sent[0].text) == "k\nKhông có · 1 Sửa · Dừng · 2 Bỏ"


async def test_a_long_text_goes_in_parts_with_the_choices_on_the_last(desk: Desk) -> None:
    desk.channel.limits = replace(LIMITS, max_text=20)
    desk.queue(text="một hai ba bốn.\n\nnăm sáu bảy tám.", choices=(Choice("Đúng", "x"),))
    await desk.dispatcher.deliver_due()
    assert [(m.text, len(m.choices)) for m in desk.channel.sent] == [
        ("một hai ba bốn.", 0),
        ("năm sáu bảy tám.", 1),
    ]


async def test_a_long_text_that_broke_off_is_marked_when_it_is_said_again(desk: Desk) -> None:
    class Breaking(MemoryChannel):
        async def send(self, message: Outgoing) -> Receipt:
            if len(self.sent) == 1 and self.fails:
                raise self.fails.pop()
            self.sent.append(message)
            return Receipt("out")

    channel = Breaking(limits=replace(LIMITS, max_text=60), fails=[Unavailable("down")])
    desk.dispatcher.channel = channel
    desk.queue(text="một hai ba bốn năm sáu bảy tám.\n\nchín mười mười một mười hai mười ba mười bốn.")
    await desk.dispatcher.deliver_due()
    desk.clock.forward(hours=1)
    await desk.dispatcher.deliver_due()
    assert desk.row().doubtful
    assert [message.text[:12] for message in channel.sent][:2] == ["một hai ba b", "(Em nhắn lại"]
