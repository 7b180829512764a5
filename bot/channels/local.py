"""The local phones: a messenger without a platform, spoken by the page that this program serves.

What a person types on the page is pushed in and goes the same way as any other message. What the bot
says needs no sending: it stands in the outbox, where the page reads it; `send` gives it its place in the
chat and rings those who listen.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.errors import RecipientGone, Rejected, Unavailable, UnparsableUpdate
from domain.messages import Attachment, Incoming, IncomingKind, MediaFile, Outgoing, RawUpdate, Receipt
from domain.ports import ChannelLimits, Receive

ACCOUNT = "local"
MAX_BYTES = 20 * 1024 * 1024
_KEEP_SECS = 24 * 3600
_MAX_NAME = 120
_FILE_ID = re.compile(r"[0-9a-f]{32}-[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Pushed:
    """What the page pushed, as the inbox keeps it. `text` is the label of the button for a tap.

    `message_id` is a number in digits that grows in one row with the receipts of `send`.
    """

    chat_id: str
    message_id: str
    text: str = ""
    action: str = ""
    files: tuple[Attachment, ...] = ()
    reply_to_id: str = ""


class LocalChannel:
    """The account of the local page. Free, with buttons, and never in doubt whether a message arrived."""

    limits = ChannelLimits(
        max_text=20_000,
        max_caption=20_000,
        max_download_bytes=MAX_BYTES,
        has_buttons=True,
        per_second=1000.0,
        per_chat_per_second=1000.0,
    )

    def __init__(self, media_folder: Path, account: str = ACCOUNT) -> None:
        self.account = account
        self._folder = media_folder
        self._receive: Receive | None = None
        self._last_number = 0
        self._bells: set[asyncio.Event] = set()

    async def start(self, receive: Receive) -> None:
        """Open the door for `push`."""
        await asyncio.to_thread(_forget_old, self._folder)
        self._receive = receive

    async def stop(self) -> None:
        """Close the door; what is already being committed ends by itself."""
        self._receive = None

    async def push(
        self,
        push_id: str,
        chat_id: str,
        *,
        text: str = "",
        action: str = "",
        files: Sequence[MediaFile] = (),
        reply_to_id: str = "",
    ) -> None:
        """Hand in what a person typed, tapped or attached; returns once it is on disk.

        `push_id` is the page's own: pushing the same one again changes nothing, also after a restart.
        For a tap, `action` is the button's and `text` its label. Raises Unavailable, when it may be tried
        again.
        """
        if self._receive is None:
            raise Unavailable("the local channel is not running")
        provider_id = f"{chat_id}/{push_id}"
        kept = await self._keep(provider_id, files)
        body = {
            "chat_id": chat_id,
            "message_id": self._next_number(),
            "text": _storable(text),
            "action": action,
            "files": kept,
            "reply_to_id": reply_to_id,
        }
        await self._receive([RawUpdate(self.account, provider_id, json.dumps(body, ensure_ascii=False))])
        self.ring()

    def parse(self, body: str, now: datetime) -> Incoming:
        """Return the pushed message; the page tells no time, so it was sent `now`."""
        pushed = read_body(body)
        tapped = bool(pushed.action)
        return Incoming(
            account=self.account,
            chat_id=pushed.chat_id,
            message_id=pushed.message_id,
            sent_at=now,
            kind=IncomingKind.CHOICE if tapped else IncomingKind.TEXT,
            text="" if tapped else pushed.text,
            action=pushed.action,
            attachments=pushed.files,
            reply_to_id=pushed.reply_to_id,
        )

    async def send(self, message: Outgoing) -> Receipt:
        """Give the message its place in the chat and ring: the page reads it from the outbox.

        Raises Rejected for a text over the limit or an empty message.
        """
        if len(message.text) > self.limits.max_text or not (message.text or message.media):
            raise Rejected("too long or empty")
        receipt = Receipt(self._next_number())
        self.ring()
        return receipt

    async def acknowledge(self, incoming: Incoming) -> None:
        """Nothing to do: the page shows by itself that a tap was taken."""

    async def download(self, attachment: Attachment) -> MediaFile:
        """Return the bytes that were pushed. They stay for a day, so that a crash can ask again."""
        if not _FILE_ID.fullmatch(attachment.file_id):
            raise RecipientGone(attachment.file_id)
        try:
            content = await asyncio.to_thread((self._folder / attachment.file_id).read_bytes)
        except FileNotFoundError:
            raise RecipientGone(attachment.file_id) from None
        except OSError as error:
            raise Unavailable(str(error)) from error
        return MediaFile(attachment.name, attachment.content_type, content)

    @contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        """Yield an event that is set whenever a message came or went; the listener clears it."""
        bell = asyncio.Event()
        self._bells.add(bell)
        try:
            yield bell
        finally:
            self._bells.discard(bell)

    def ring(self) -> None:
        """Tell every listener to look again (also: once the outcome of a `send` is on disk)."""
        for bell in self._bells:
            bell.set()

    def _next_number(self) -> str:
        # Microseconds of the machine's clock keep the row growing across restarts without a counter on disk.
        self._last_number = max(self._last_number + 1, time.time_ns() // 1000)
        return str(self._last_number)

    async def _keep(self, provider_id: str, files: Sequence[MediaFile]) -> list[dict[str, Any]]:
        # The id follows from the push, so that a repeated push writes the same files and not second ones.
        stem = hashlib.sha256(provider_id.encode()).hexdigest()[:32]
        kept = []
        for index, file in enumerate(files):
            if len(file.content) > MAX_BYTES:
                raise Rejected("too large")
            await self._write(f"{stem}-{index}", file.content)
            kept.append(
                {
                    "file_id": f"{stem}-{index}",
                    "name": _safe_name(file.name),
                    "content_type": file.content_type,
                    "size_bytes": len(file.content),
                }
            )
        return kept

    async def _write(self, file_id: str, content: bytes) -> None:
        try:
            await asyncio.to_thread(_write_through, self._folder / file_id, content)
        except OSError as error:
            raise Unavailable(str(error)) from error


def read_body(body: str) -> Pushed:
    """Return what stands in an inbox body of this channel. Raises UnparsableUpdate."""
    try:
        raw = json.loads(body)
        return Pushed(
            chat_id=_text(raw, "chat_id", needed=True),
            message_id=_text(raw, "message_id", needed=True),
            text=_text(raw, "text"),
            action=_text(raw, "action"),
            files=tuple(_attachment(file) for file in raw.get("files", [])),
            reply_to_id=_text(raw, "reply_to_id"),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnparsableUpdate(type(error).__name__) from error


def _text(raw: dict[str, Any], key: str, *, needed: bool = False) -> str:
    value = raw.get(key, "")
    if not isinstance(value, str) or (needed and not value):
        raise ValueError(key)
    return value


def _attachment(raw: dict[str, Any]) -> Attachment:
    size = raw["size_bytes"]
    if not isinstance(size, int):
        raise TypeError("size_bytes")
    return Attachment(
        _text(raw, "file_id", needed=True), _text(raw, "name"), _text(raw, "content_type"), size
    )


def _storable(text: str) -> str:
    # Neither database takes NUL or half a surrogate pair, and no keyboard writes them.
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _safe_name(name: str) -> str:
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in _storable(base) if letter.isprintable())[-_MAX_NAME:]


def _write_through(path: Path, content: bytes) -> None:
    # The message is acknowledged next, so its files must be on disk and whole by then.
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two pushes of the same id may run at once: each writes its own draft of the same bytes.
    draft = path.with_suffix(f".{time.monotonic_ns()}.part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _forget_old(folder: Path) -> None:
    # The media service keeps its own copy; these are only for asking again after a crash.
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if _FILE_ID.fullmatch(path.name.split(".")[0]) and time.time() - path.stat().st_mtime > _KEEP_SECS:
            path.unlink(missing_ok=True)
