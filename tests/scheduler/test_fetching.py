"""Files are fetched after the message, refused in words, and tried again when the platform is away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from domain.errors import (
    BadCredential,
    BudgetSpent,
    ChannelError,
    InputError,
    RateLimited,
    RecipientGone,
    StorageError,
    Unavailable,
)
from domain.messages import Attachment, Media, MediaFile, MediaState
from scheduler.fetching import MediaFetcher
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.worker import DatabaseWorker
from tests.fakes.channel import MemoryChannel
from tests.fakes.clock import StandingClock

NOW = datetime(2024, 4, 15, 2, 0, tzinfo=UTC)


class FileChannel(MemoryChannel):
    """Hands out the bytes of every file, or raises what it was told to."""

    async def download(self, attachment: Attachment) -> MediaFile:
        if self.fails:
            raise self.fails.pop(0)
        return MediaFile(attachment.name, attachment.content_type, b"bytes")


@dataclass
class Desk:
    database: Database
    channel: FileChannel
    fetcher: MediaFetcher
    refused: list[str] = field(default_factory=list)

    def states(self) -> list[MediaState]:
        with self.database.begin() as uow:
            return [media.state for media in uow.media.find()]


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    worker = DatabaseWorker(database)
    channel = FileChannel()
    refused: list[str] = []

    def keep(uow: UnitOfWork, media: Media, file: MediaFile, now: datetime) -> None:
        if media.name.endswith(".exe"):
            raise InputError("unsafe-file", name=media.name)
        uow.media.change(media.id, state=MediaState.STORED)

    def refuse(uow: UnitOfWork, media: Media, reason: str, now: datetime) -> None:
        refused.append(reason)
        uow.media.change(media.id, state=MediaState.REFUSED)

    fetcher = MediaFetcher(
        worker, StandingClock(NOW), {channel.account: channel}, keep, refuse, when_done=lambda: None
    )
    yield Desk(database, channel, fetcher, refused)
    worker.close()


def announce(desk: Desk, name: str = "bien-ban.jpg") -> None:
    with desk.database.begin() as uow:
        uow.media.add(Media(name, "image/jpeg", MediaState.WAITING, NOW, account="memory", file_id="f1"))


async def test_a_waiting_file_is_stored(desk: Desk) -> None:
    announce(desk)
    assert await desk.fetcher.drain() == 1
    assert desk.states() == [MediaState.STORED]
    assert await desk.fetcher.drain() == 0


async def test_a_platform_that_is_away_is_asked_again(desk: Desk) -> None:
    announce(desk)
    desk.channel.fails = [Unavailable("down")]
    assert await desk.fetcher.drain() == 0
    assert await desk.fetcher.drain() == 1
    assert desk.states() == [MediaState.STORED]


@pytest.mark.parametrize(
    ("name", "fails", "reason"),
    [("virus.exe", [], "unsafe-file"), ("old.jpg", [RecipientGone()], "gone")],
)
async def test_what_cannot_be_kept_is_refused_once(
    desk: Desk, name: str, fails: list[ChannelError], reason: str
) -> None:
    announce(desk, name)
    desk.channel.fails = list(fails)
    await desk.fetcher.drain()
    await desk.fetcher.drain()
    assert desk.states() == [MediaState.REFUSED]
    assert desk.refused == [reason]


@pytest.mark.parametrize("error", [RateLimited(30), BudgetSpent(), BadCredential(), StorageError("away")])
async def test_a_file_is_not_given_up_for_what_passes(desk: Desk, error: Exception) -> None:
    announce(desk)
    desk.channel.fails = [error]  # type: ignore[list-item]
    assert await desk.fetcher.drain() == 0
    assert desk.refused == []
    assert await desk.fetcher.drain() == 1
    assert desk.states() == [MediaState.STORED]


async def test_a_file_that_nobody_can_handle_does_not_hold_up_the_others(desk: Desk) -> None:
    announce(desk)
    announce(desk)
    desk.channel.fails = [ZeroDivisionError()]  # type: ignore[list-item]
    await desk.fetcher.drain()
    assert sorted(desk.states()) == [MediaState.REFUSED, MediaState.STORED]
    assert desk.refused == ["gone"]
