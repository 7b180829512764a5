"""Messages on their way in and out, the dialogue's memory, media and broadcasts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any


class IncomingKind(StrEnum):
    """What an incoming update is, once its channel has read it."""

    TEXT = "text"  # text, with or without attachments (a caption is text)
    CHOICE = "choice"  # a tapped button
    EDIT = "edit"  # an earlier message was changed
    STOPPED = "stopped"  # the person blocked the bot or left
    RETURNED = "returned"  # the person unblocked it
    MOVED = "moved"  # the chat got a new address


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or file of an incoming message, still at the platform.

    `file_id` is what the channel's `download` takes; `size_bytes` is None when not told.
    """

    file_id: str
    name: str
    content_type: str
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One incoming update in our words. Text is raw here; the conversation normalises it."""

    account: str
    chat_id: str
    message_id: str
    sent_at: datetime
    kind: IncomingKind
    text: str = ""
    action: str = ""
    attachments: tuple[Attachment, ...] = ()
    sender_name: str = ""
    reply_to_id: str = ""
    is_group: bool = False
    new_chat_id: str = ""
    callback_id: str = ""


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update exactly as the platform gave it; `provider_id` is unique within the account."""

    account: str
    provider_id: str
    body: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be tapped or typed by its label, and by its number where it has one.

    `action` is ASCII, at most 60 bytes: a name of the conversation's table, ":" and arguments.
    `numbered` is False where a typed number is itself the answer: then only the label or a tap chooses.
    """

    label: str
    action: str
    numbered: bool = True


def with_numbers(choices: Iterable[Choice]) -> list[tuple[int | None, Choice]]:
    """Return each choice with the number that is shown and typed for it, None where it has none."""
    found: list[tuple[int | None, Choice]] = []
    number = 0
    for choice in choices:
        number += choice.numbered
        found.append((number if choice.numbered else None, choice))
    return found


class InboxState(StrEnum):
    """How far an incoming update has come."""

    NEW = "new"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An incoming update on disk, committed before anybody looks at it; read later, hence `chat_id` last."""

    account: str
    provider_id: str
    body: str
    received_at: datetime
    chat_id: str = ""
    state: InboxState = InboxState.NEW
    attempts: int = 0
    error: str = ""
    done_at: datetime | None = None
    id: int = 0


class Priority(IntEnum):
    """Replies overtake reminders, reminders overtake broadcasts."""

    REPLY = 0
    NOTICE = 1
    REMINDER = 2
    BROADCAST = 3


class OutboxState(StrEnum):
    """How far an outgoing message has come."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # in flight when the program died, and not worth saying twice


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message to one chat. `key` is unique: the same thing is never queued twice.

    `text` carries marks (see `messages_vi.catalogue`); `doubtful` says that the person may have got it
    before, because an earlier attempt ended without an answer.
    """

    key: str
    account: str
    chat_id: str
    priority: Priority
    text: str
    created_at: datetime
    not_before: datetime
    choices: tuple[Choice, ...] = ()
    media_id: int | None = None
    reply_to_id: str = ""
    person_id: int | None = None
    broadcast_id: int | None = None
    valid_until: datetime | None = None
    state: OutboxState = OutboxState.QUEUED
    attempts: int = 0
    sent_at: datetime | None = None
    message_id: str = ""
    error: str = ""
    doubtful: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class MediaFile:
    """The bytes of a photo or file on their way to a channel."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a channel is asked to send: one message to one chat."""

    chat_id: str
    text: str
    choices: tuple[Choice, ...] = ()
    media: MediaFile | None = None
    reply_to_id: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform's word that a message was taken; `message_id` is the platform's own."""

    message_id: str


class MediaState(StrEnum):
    """Where the bytes of an incoming file are."""

    WAITING = "waiting"  # known, still at the platform
    STORED = "stored"
    REFUSED = "refused"  # unsafe or unknown kind, too large, or gone from the platform


@dataclass(frozen=True, slots=True)
class Media:
    """A photo or file (tệp đính kèm); `path` is relative to the media folder, "" until stored."""

    name: str
    content_type: str
    state: MediaState
    created_at: datetime
    size_bytes: int | None = None
    sha256: str = ""
    path: str = ""
    account: str = ""
    file_id: str = ""
    person_id: int | None = None
    error: str = ""
    expires_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Where one chat stands; survives a restart.

    `step` names the answer that is waited for, `data` what it needs (JSON values only); `choices` are those
    of the last question, so that "1" or a label can be typed.
    """

    account: str
    chat_id: str
    updated_at: datetime
    step: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    expires_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question about a message with figures, until it is answered (câu hỏi lại).

    It outlives the dialogue. `batch` ties it to the unconfirmed rows of the likeliest reading, where there
    are any; `about` is what was written, `text` and `choices` are the question as it is put again, `data`
    is what the dialogue needs to go on (JSON values only).
    """

    batch: str
    account: str
    chat_id: str
    asked_at: datetime
    about: str
    text: str
    choices: tuple[Choice, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    person_id: int | None = None
    id: int = 0


class BroadcastState(StrEnum):
    """How far a broadcast has come."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A propaganda item (tin tuyên truyền). `audience` is "all", "kind:<kind>" or "group:<name>"."""

    text: str
    audience: str
    created_by_id: int
    created_at: datetime
    state: BroadcastState = BroadcastState.DRAFT
    media_id: int | None = None
    not_before: datetime | None = None
    valid_until: datetime | None = None
    done_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class BroadcastRecipient:
    """One person of the audience as it was frozen when the broadcast was approved.

    `outbox_key` is "" for somebody who could not be reached at that moment.
    """

    broadcast_id: int
    person_id: int
    outbox_key: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class ReminderLog:
    """A step of a ladder that was used up for one person: sent, or missed while nobody could send."""

    person_id: int
    obligation: str
    stage: str
    at: datetime
    outcome: str
    outbox_key: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Lease:
    """Who owns an account or the clock, until when (a process name that is unique per start)."""

    name: str
    owner: str
    expires_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class JobRun:
    """The last run of a job of the clock."""

    job: str
    at: datetime
    result: str = ""
    id: int = 0
