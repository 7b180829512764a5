"""What must not stop the running program: unreadable updates, people who block it, chats that move."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import App, build
from bot.channels.telegram import TelegramChannel
from bot.config import Database as DatabaseSettings
from bot.config import Settings
from domain.ledger import ReportState
from domain.messages import InboxState, MediaState
from domain.people import Contact, ContactState
from scheduler.outgoing import notify
from storage.database import Database
from tests.bot.channels.telegram_house import until
from tests.e2e.office import EVERYBODY, OfficeDatabase
from tests.fakes.clock import StandingClock
from tests.fakes.telegram import FakeTelegram, FakeUser, SentMessage

NOW = datetime(2024, 4, 15, 2, 0, tzinfo=UTC)
JPEG = b"\xff\xd8\xff\xe0" + b"\x00\x10JFIF\x00\x01" + b"quyet dinh ket nap" * 40 + b"\xff\xd9"


@dataclass
class Running:
    """The program in this process, on a fake Telegram, with everybody of the office on it."""

    app: App
    telegram: FakeTelegram
    office: OfficeDatabase
    people: dict[str, FakeUser]

    async def hears(self, who: str, containing: str) -> SentMessage:
        """Return the latest message to `who` that holds these words, waiting for it."""
        await until(lambda: bool(self._with(who, containing)))
        return self._with(who, containing)[-1]

    def _with(self, who: str, containing: str) -> list[SentMessage]:
        return [message for message in self.people[who].messages if containing in message.text]


class QuickTelegram(TelegramChannel):
    """Without the pause between two messages to one person, which the fake does not ask for."""

    limits = replace(TelegramChannel.limits, per_second=1000, per_chat_per_second=1000)


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    database = Database(f"sqlite:///{tmp_path / 'tiendo.sqlite3'}")
    office = OfficeDatabase(database)
    office.fill(NOW)
    settings = replace(Settings(), database=DatabaseSettings(media_folder=str(tmp_path / "media")))
    async with FakeTelegram(now=lambda: NOW) as telegram, _started(settings, telegram, database) as app:
        people = {who: telegram.user(number, who) for number, who in enumerate(EVERYBODY, start=1001)}
        house = Running(app, telegram, office, people)
        for who, phone in people.items():
            await phone.sends(office.codes[who])
            await house.hears(who, "✅")
        yield house
    database.close()


@asynccontextmanager
async def _started(settings: Settings, telegram: FakeTelegram, database: Database) -> AsyncIterator[App]:
    channel = QuickTelegram(
        token=telegram.token, base_url=telegram.base_url, base_file_url=telegram.base_file_url
    )
    app = build(settings, StandingClock(NOW), database, [channel], beat_secs=0)
    await app.start()
    try:
        yield app
    finally:
        await app.stop()


async def test_an_update_that_nobody_can_read_is_set_aside_and_the_rest_is_answered(running: Running) -> None:
    await running.people["hoa"].sends("kết nạp 5 đoàn viên")
    poison = await running.telegram.poison_update()
    await running.people["lam"].sends("kết nạp 7 đoàn viên")
    await running.hears("lam", "7 đoàn viên mới")
    await running.hears("hoa", "5 đoàn viên mới")
    await until(lambda: running.telegram.unconfirmed == 0)
    with running.office.database.begin() as uow:
        kept = uow.inbox.find(provider_id=str(poison))
        assert [row.state for row in kept] == [InboxState.FAILED]
        assert uow.inbox.count(state=InboxState.NEW) == 0


async def test_an_edited_line_corrects_its_figure_and_does_not_add_one(running: Running) -> None:
    hoa = running.people["hoa"]
    line = await hoa.sends("kết nạp 5 đoàn viên")
    await running.hears("hoa", "5 đoàn viên mới")
    await hoa.edits(line, "kết nạp 6 đoàn viên")
    await hoa.taps(await running.hears("hoa", "6 đoàn viên mới"), "Đúng")
    await running.hears("hoa", "Đã ghi")
    with running.office.database.begin() as uow:
        rows = uow.reports.find(state=ReportState.PENDING)
        assert [(row.indicator, row.value) for row in rows] == [("doan_vien_moi", 6)]


async def test_staff_are_told_of_somebody_who_can_no_longer_be_reached(running: Running) -> None:
    hoa = running.people["hoa"]
    await hoa.deletes_account()
    person_id = _person_of(running, hoa)
    with running.office.database.begin() as uow:
        notify(uow, person_id, "Em nhắc chị báo cáo quý II.", key="notice:1", now=NOW)
    running.app.wake()
    told = await running.hears("thu", "Em không nhắn được cho")
    assert told.text == (
        "⚠️ Em không nhắn được cho chị Hoa (CĐCS Công ty TNHH Hạt điều Phước Minh) nữa: người nhận đã chặn "
        "hoặc bỏ tài khoản. Nhờ anh/chị gọi điện giúp."
    )
    assert len(hoa.messages) == 1


async def test_who_blocked_the_bot_and_comes_back_is_served_again(running: Running) -> None:
    hoa = running.people["hoa"]
    await hoa.blocks()
    await until(lambda: _contact_of(running, hoa).state is ContactState.UNREACHABLE)
    await running.hears("thu", "Em không nhắn được cho chị Hoa (CĐCS Công ty TNHH Hạt điều Phước Minh) nữa")
    await hoa.unblocks()
    await until(lambda: _contact_of(running, hoa).state is ContactState.ACTIVE)
    await hoa.sends("kết nạp 5 đoàn viên")
    await running.hears("hoa", "5 đoàn viên mới")


async def test_nothing_is_said_in_a_group_and_its_new_address_is_followed(running: Running) -> None:
    group = running.telegram.group(-77, "Công đoàn cơ sở khu vực")
    lam = running.people["lam"]
    await lam.sends("kết nạp 7 đoàn viên", group=group)
    person_id = _person_of(running, lam)
    with running.office.database.begin() as uow:
        uow.contacts.change_where({"person_id": person_id}, chat_id="-77")
    await running.telegram.group_migrates(-77, -1001)
    await until(lambda: bool(_contacts_at(running, "-1001")))
    with running.office.database.begin() as uow:
        notify(uow, person_id, "Em nhắc anh báo cáo quý II.", key="notice:1", now=NOW)
    running.app.wake()
    await until(lambda: running.telegram.sent[-1].chat_id == -1001)
    assert [one.text for one in running.telegram.sent if one.chat_id < 0] == ["Em nhắc anh báo cáo quý II."]


async def test_a_group_that_moved_while_the_program_was_deaf_is_found_when_it_is_written_to(
    running: Running,
) -> None:
    lam = running.people["lam"]
    running.telegram.group(-77, "Công đoàn cơ sở khu vực").migrated_to = -1001
    running.telegram.group(-1001, "Công đoàn cơ sở khu vực")
    person_id = _person_of(running, lam)
    with running.office.database.begin() as uow:
        uow.contacts.change_where({"person_id": person_id}, chat_id="-77")
        notify(uow, person_id, "Em nhắc anh báo cáo quý II.", key="notice:1", now=NOW)
    running.app.wake()
    await until(lambda: running.telegram.sent[-1].chat_id == -1001)
    assert len(_contacts_at(running, "-1001")) == 1


async def test_a_photo_with_a_caption_is_evidence_and_its_bytes_are_kept(running: Running) -> None:
    hoa = running.people["hoa"]
    await hoa.sends_photo(JPEG, caption="kết nạp 5 đoàn viên ngày 12/4")
    await hoa.taps(await running.hears("hoa", "5 đoàn viên mới"), "Đúng")
    await running.hears("hoa", "Đã ghi")
    await until(lambda: _is_stored(running))
    with running.office.database.begin() as uow:
        (report,) = uow.reports.find(state=ReportState.PENDING)
        (proof,) = uow.evidence.find(batch=report.batch)
        media = uow.media.get(proof.media_id)
    assert (report.indicator, report.value) == ("doan_vien_moi", 5)
    assert media.sha256 == hashlib.sha256(JPEG).hexdigest()
    assert (running.app.media_folder / media.path).read_bytes() == JPEG


def _is_stored(running: Running) -> bool:
    with running.office.database.begin() as uow:
        return bool(uow.media.count(state=MediaState.STORED))


def _contacts_at(running: Running, chat_id: str) -> list[Contact]:
    with running.office.database.begin() as uow:
        return uow.contacts.find(chat_id=chat_id)


def _contact_of(running: Running, user: FakeUser) -> Contact:
    (contact,) = _contacts_at(running, str(user.id))
    return contact


def _person_of(running: Running, user: FakeUser) -> int:
    return _contact_of(running, user).person_id
