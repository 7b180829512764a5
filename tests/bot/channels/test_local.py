from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.local import MAX_BYTES, LocalChannel, read_body
from domain.errors import RecipientGone, Rejected, Unavailable, UnparsableUpdate
from domain.messages import Attachment, IncomingKind, MediaFile, Outgoing, RawUpdate

NOW = datetime(2024, 4, 1, 1, tzinfo=UTC)
CHAIR = "phone-hoa"


class Inbox:
    """Keeps each update once, as the table does."""

    def __init__(self) -> None:
        self.rows: dict[str, str] = {}

    async def receive(self, updates: Iterable[RawUpdate]) -> None:
        for update in updates:
            self.rows.setdefault(update.provider_id, update.body)

    @property
    def only(self) -> str:
        (body,) = self.rows.values()
        return body


async def started(folder: Path) -> tuple[LocalChannel, Inbox]:
    channel, inbox = LocalChannel(folder), Inbox()
    await channel.start(inbox.receive)
    return channel, inbox


async def test_it_hands_a_typed_line_to_the_inbox(tmp_path: Path) -> None:
    channel, inbox = await started(tmp_path)
    await channel.push("id-1", CHAIR, text="kết nạp 5 đoàn viên", reply_to_id="7")
    incoming = channel.parse(inbox.only, NOW)
    assert (incoming.account, incoming.chat_id, incoming.kind) == ("local", CHAIR, IncomingKind.TEXT)
    assert (incoming.text, incoming.sent_at, incoming.reply_to_id) == ("kết nạp 5 đoàn viên", NOW, "7")


async def test_it_reads_a_tap_as_a_choice_and_keeps_its_label_for_the_page(tmp_path: Path) -> None:
    channel, inbox = await started(tmp_path)
    await channel.push("id-1", CHAIR, text="Đúng", action="report:yes")
    incoming = channel.parse(inbox.only, NOW)
    assert (incoming.kind, incoming.action, incoming.text) == (IncomingKind.CHOICE, "report:yes", "")
    assert read_body(inbox.only).text == "Đúng"


async def test_it_keeps_files_until_they_are_downloaded(tmp_path: Path) -> None:
    channel, inbox = await started(tmp_path / "not there yet")
    photo = MediaFile("biên bản.jpg", "image/jpeg", b"\xff\xd8\xff photo")
    await channel.push("id-1", CHAIR, files=[photo, MediaFile("../a\n/b.pdf", "application/pdf", b"%PDF")])
    attached = channel.parse(inbox.only, NOW).attachments
    assert [(each.name, each.size_bytes) for each in attached] == [("biên bản.jpg", 9), ("b.pdf", 4)]
    assert await channel.download(attached[0]) == photo
    assert await channel.download(attached[0]) == photo


async def test_it_takes_the_same_push_once_also_after_a_restart(tmp_path: Path) -> None:
    channel, inbox = await started(tmp_path)
    await channel.push("id-1", CHAIR, text="chào", files=[MediaFile("a.png", "image/png", b"1")])
    again = LocalChannel(tmp_path)
    await again.start(inbox.receive)
    await again.push("id-1", CHAIR, text="chào", files=[MediaFile("a.png", "image/png", b"1")])
    await again.push("id-1", "phone-lan", text="chào")
    assert len(inbox.rows) == 2
    assert len(os.listdir(tmp_path)) == 1


async def test_it_numbers_both_directions_in_one_growing_row(tmp_path: Path) -> None:
    channel, inbox = await started(tmp_path)
    await channel.push("id-1", CHAIR, text="chào")
    sent = [await channel.send(Outgoing(CHAIR, "Chào chị Hoa.")) for _ in range(3)]
    await channel.push("id-2", CHAIR, text="/tiendo")
    first, last = (int(read_body(body).message_id) for body in inbox.rows.values())
    row = [first, *(int(receipt.message_id) for receipt in sent), last]
    assert row == sorted(set(row))


async def test_it_rings_those_who_listen_and_only_them(tmp_path: Path) -> None:
    channel, _ = await started(tmp_path)
    with channel.listening() as left:
        pass
    with channel.listening() as bell:
        await channel.send(Outgoing(CHAIR, "Chào chị Hoa."))
        assert bell.is_set()
        bell.clear()
        await channel.push("id-1", CHAIR, text="chào")
        assert bell.is_set()
    assert not left.is_set()


async def test_it_does_not_ring_for_what_could_not_be_stored(tmp_path: Path) -> None:
    async def broken(updates: list[RawUpdate]) -> None:
        raise Unavailable("no database")

    channel = LocalChannel(tmp_path)
    await channel.start(broken)
    with channel.listening() as bell:
        with pytest.raises(Unavailable):
            await channel.push("id-1", CHAIR, text="chào")
        assert not bell.is_set()


async def test_it_takes_nothing_before_the_start_and_after_the_stop(tmp_path: Path) -> None:
    channel = LocalChannel(tmp_path)
    with pytest.raises(Unavailable):
        await channel.push("id-1", CHAIR, text="chào")
    await channel.start(Inbox().receive)
    await channel.stop()
    await channel.stop()
    with pytest.raises(Unavailable):
        await channel.push("id-1", CHAIR, text="chào")


async def test_it_says_when_the_disk_refuses_a_file(tmp_path: Path) -> None:
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("")
    channel, inbox = await started(blocked)
    with pytest.raises(Unavailable):
        await channel.push("id-1", CHAIR, files=[MediaFile("a.png", "image/png", b"1")])
    assert inbox.rows == {}


async def test_it_refuses_what_it_cannot_show(tmp_path: Path) -> None:
    channel, inbox = await started(tmp_path)
    for text in ("", "a" * 20_001):
        with pytest.raises(Rejected):
            await channel.send(Outgoing(CHAIR, text))
    with pytest.raises(Rejected):
        await channel.push("id-1", CHAIR, files=[MediaFile("a.bin", "x/y", bytes(MAX_BYTES + 1))])
    assert inbox.rows == {}


@pytest.mark.parametrize("file_id", ["", "../secret", "0" * 32 + "-0", "/etc/passwd"])
async def test_it_gives_only_files_that_were_pushed(tmp_path: Path, file_id: str) -> None:
    channel, _ = await started(tmp_path / "media")
    (tmp_path / "secret").write_text("x")
    with pytest.raises(RecipientGone):
        await channel.download(Attachment(file_id, "x", "text/plain"))


async def test_it_forgets_files_after_a_day_and_touches_no_others(tmp_path: Path) -> None:
    channel, inbox = await started(tmp_path)
    await channel.push("id-1", CHAIR, files=[MediaFile("a.png", "image/png", b"1")])
    foreign = tmp_path / "notes.txt"
    foreign.write_text("x")
    yesterday = time.time() - 2 * 24 * 3600
    for name in os.listdir(tmp_path):
        os.utime(tmp_path / name, (yesterday, yesterday))
    await channel.start(inbox.receive)
    assert os.listdir(tmp_path) == [foreign.name]
    (attachment,) = channel.parse(inbox.only, NOW).attachments
    with pytest.raises(RecipientGone):
        await channel.download(attachment)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not json",
        "[]",
        "null",
        "{}",
        '{"chat_id": "a"}',
        '{"chat_id": 5, "message_id": "1"}',
        '{"chat_id": "a", "message_id": "1", "text": null}',
        '{"chat_id": "a", "message_id": "1", "files": [{}]}',
        '{"chat_id": "a", "message_id": "1", "files": 7}',
        '{"chat_id": "a", "message_id": "1", "files": [{"file_id": "x", "size_bytes": "1"}]}',
        "[" * 100_000,
    ],
)
def test_it_names_junk_as_unparsable(body: str) -> None:
    with pytest.raises(UnparsableUpdate):
        read_body(body)


_LEAF = st.none() | st.integers() | st.text(max_size=5)
_FILE = st.dictionaries(st.sampled_from(["file_id", "name", "content_type", "size_bytes"]), _LEAF)
_KEYS = st.sampled_from(["chat_id", "message_id", "text", "action", "files", "reply_to_id"])


@given(st.dictionaries(_KEYS, _LEAF | st.lists(_FILE, max_size=3)))
def test_it_either_reads_a_body_or_says_that_it_cannot(raw: dict[str, object]) -> None:
    try:
        pushed = read_body(json.dumps(raw))
    except UnparsableUpdate:
        return
    assert pushed.chat_id == raw["chat_id"]
    assert pushed.text == raw.get("text", "")


async def test_it_stores_no_character_that_a_database_refuses(tmp_path: Path) -> None:
    channel, inbox = await started(tmp_path)
    await channel.push("id-1", CHAIR, text="kết\x00 nạp \ud83d 5")
    assert read_body(inbox.only).text == "kết nạp ? 5"


async def test_it_takes_two_pushes_of_one_id_at_the_same_time(tmp_path: Path) -> None:
    channel, inbox = await started(tmp_path)
    photo = MediaFile("a.png", "image/png", b"1")
    await asyncio.gather(*(channel.push("id-1", CHAIR, files=[photo]) for _ in range(5)))
    (attachment,) = channel.parse(inbox.only, NOW).attachments
    assert await channel.download(attachment) == photo
