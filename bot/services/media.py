"""Photos and files that people send: noted at once, fetched later, tied to the figures that they prove."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import PurePosixPath

from bot.services.context import Context
from domain.ledger import Evidence, ReportState
from domain.messages import Attachment, Incoming, Media, MediaState

PROOF_WITHIN = timedelta(hours=1)
"""A photo that follows a report within this time belongs to it without asking."""

_PACKAGE = "application/vnd.openxmlformats-officedocument."
_KINDS: dict[str, tuple[str, ...]] = {
    "jpg": ("image/jpeg", "image/jpg", "image/pjpeg"),
    "jpeg": ("image/jpeg", "image/jpg", "image/pjpeg"),
    "png": ("image/png",),
    "webp": ("image/webp",),
    "heic": ("image/heic", "image/heif"),
    "pdf": ("application/pdf", "application/x-pdf"),
    "docx": (_PACKAGE + "wordprocessingml.document",),
    "xlsx": (_PACKAGE + "spreadsheetml.sheet",),
    "csv": ("text/csv", "text/plain", "application/csv", "text/comma-separated-values"),
    "txt": ("text/plain",),
    "toml": ("application/toml", "text/plain", "text/x-toml"),
}
# What platforms and phones say when they do not know; office programs claim a .csv as their own.
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream", "application/vnd.ms-excel")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ue000\ue001]")
_LONGEST_NAME = 120


class WhyRefused(StrEnum):
    """Why a file is not taken."""

    KIND = "kind"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that is not taken, by the name its sender knows."""

    name: str
    why: WhyRefused


def receive_attachments(
    context: Context, incoming: Incoming
) -> tuple[tuple[Media, ...], tuple[RefusedFile, ...]]:
    """Note the attachments of a message, to be fetched later; return those kept and those refused.

    Judged here by name, announced type and announced size; the bytes are looked at when they are fetched.
    """
    kept: list[Media] = []
    refused: list[RefusedFile] = []
    for attachment in incoming.attachments:
        name = safe_name(attachment.name)
        why = _refusal(context, attachment, name)
        if why is not None:
            refused.append(RefusedFile(name, why))
        else:
            kept.append(_noted(context, incoming, attachment, name))
    return tuple(kept), tuple(refused)


def attach(context: Context, batch: str, unit_id: int, media_ids: Iterable[int]) -> int:
    """Tie files to the figures of a batch and return how many were new to it."""
    known = {one.media_id for one in context.uow.evidence.find(batch=batch)}
    fresh = [media_id for media_id in dict.fromkeys(media_ids) if media_id not in known]
    for media_id in fresh:
        kept = context.uow.evidence.add(Evidence(batch, unit_id, media_id, context.now))
        context.audit("evidence.add", "evidence", kept.id)
    return len(fresh)


def own_media(context: Context, media_ids: Iterable[int]) -> list[int]:
    """Return those of the ids that the acting person sent."""
    found = context.uow.media.find(id=list(media_ids), person_id=context.person_id)
    return [media.id for media in found]


def proven_batch(context: Context, chat_id: str) -> str | None:
    """Return the batch that a photo without words belongs to, or None when it must be asked about.

    That is the chat's newest batch, if it is still a draft or was sent or confirmed within the last hour.
    """
    row = context.uow.reports.first("-id", account=context.account, chat_id=chat_id)
    if row is None or row.state is ReportState.WITHDRAWN:
        return None
    still_draft = row.state is ReportState.UNCONFIRMED
    allowed = context.office.dialogue_valid if still_draft else PROOF_WITHIN
    last = max(row.created_at, row.confirmed_at or row.created_at)
    return row.batch if context.now - last < allowed else None


def safe_name(name: str) -> str:
    """Return the last part of a file name without control and direction signs, at most 120 letters."""
    bare = PurePosixPath(_UNPRINTABLE.sub("", name).replace("\\", "/")).name.strip()
    return bare[-_LONGEST_NAME:]


def _refusal(context: Context, attachment: Attachment, name: str) -> WhyRefused | None:
    if not _known_kind(name, attachment.content_type):
        return WhyRefused.KIND
    too_large = (attachment.size_bytes or 0) > context.office.max_file_bytes
    return WhyRefused.SIZE if too_large else None


def _known_kind(name: str, content_type: str) -> bool:
    told = content_type.partition(";")[0].strip().lower()
    extension = PurePosixPath(name).suffix.lstrip(".").lower()
    if not extension:
        return any(told in types for types in _KINDS.values())
    return told in _UNTOLD or told in _KINDS.get(extension, ()) if extension in _KINDS else False


def _noted(context: Context, incoming: Incoming, attachment: Attachment, name: str) -> Media:
    return context.uow.media.add(
        Media(
            name=name,
            content_type=attachment.content_type,
            state=MediaState.WAITING,
            created_at=context.now,
            size_bytes=attachment.size_bytes,
            account=incoming.account,
            file_id=attachment.file_id,
            person_id=context.person_id,
        )
    )
