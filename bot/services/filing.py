"""Where the bytes of photos and files lie: one file for each content, named by its hash."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path

from bot.documents.files import inspect
from bot.services.context import Context
from domain.errors import InputError
from domain.messages import Media, MediaFile, MediaState
from messages_vi.catalogue import Marked
from scheduler.outgoing import notify


def keep(context: Context, media: Media, file: MediaFile, folder: Path, keep_days: int) -> Media:
    """Write the bytes into `folder` and note where; return the stored record.

    The kind is told by the content, never by the name. Raises InputError for what is not taken.
    """
    if len(file.content) > context.office.max_file_bytes:
        raise InputError("file-too-large", name=media.name)
    kind = inspect(media.name, file.content)
    sha256 = hashlib.sha256(file.content).hexdigest()
    path = Path(sha256[:2]) / f"{sha256}.{kind.extension}"
    _write(folder / path, file.content)
    values = {
        "state": MediaState.STORED,
        "sha256": sha256,
        "path": path.as_posix(),
        "size_bytes": len(file.content),
        "content_type": kind.content_type,
        "expires_at": context.now + timedelta(days=keep_days),
    }
    context.uow.media.change(media.id, **values)
    return context.uow.media.get(media.id)


def keep_made(context: Context, file: MediaFile, folder: Path, keep_days: int) -> Media:
    """Keep a file that we made ourselves, to be sent to somebody; return the stored record."""
    sha256 = hashlib.sha256(file.content).hexdigest()
    path = Path(sha256[:2]) / f"{sha256}.txt"
    _write(folder / path, file.content)
    return context.uow.media.add(
        Media(
            file.name,
            file.content_type,
            MediaState.STORED,
            context.now,
            len(file.content),
            sha256,
            path.as_posix(),
            expires_at=context.now + timedelta(days=keep_days),
        )
    )


def send(context: Context, person_id: int, media: Media, text: Marked, key: str) -> None:
    """Send a stored file to a person, once for each `key`."""
    notify(context.uow, person_id, text, key=key, now=context.now, media_id=media.id)


def read(folder: Path, media: Media) -> MediaFile | None:
    """Return the bytes of a stored file, or None when it is not stored or no longer there."""
    if media.state is not MediaState.STORED:
        return None
    try:
        content = (folder / media.path).read_bytes()
    except FileNotFoundError:
        return None
    return MediaFile(media.name, media.content_type, content)


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
