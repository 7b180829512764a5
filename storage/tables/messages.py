"""Tables of messages in and out, dialogues, media, broadcasts and the clock's own memory."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.messages import BroadcastState, Choice, InboxState, MediaState, OutboxState, Priority
from storage.columns import Choices, EnumNumber, EnumText, JSONText, UTCDateTime, kept


class InboxRowTable(SQLModel, table=True):
    """Rows of `domain.messages.InboxRow`."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("account", "provider_id", name="uq_inbox"),
        Index("ix_inbox_state_id", "state", "id"),
        Index("ix_inbox_account_chat_id_id", "account", "chat_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account: str = Field(max_length=60)
    provider_id: str = Field(max_length=160)
    body: str = kept(Text())
    received_at: datetime = kept(UTCDateTime())
    chat_id: str = Field(max_length=80)
    state: InboxState = kept(EnumText(InboxState))
    attempts: int
    error: str = kept(Text())
    done_at: datetime | None = kept(UTCDateTime(), nullable=True)


class OutboxRowTable(SQLModel, table=True):
    """Rows of `domain.messages.OutboxRow`."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key", name="uq_outbox"),
        Index("ix_outbox_state_not_before", "state", "not_before"),
        Index("ix_outbox_account_chat_id_id", "account", "chat_id", "id"),
        Index("ix_outbox_account_chat_id_state", "account", "chat_id", "state"),
        Index("ix_outbox_broadcast_id", "broadcast_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=200)
    account: str = Field(max_length=60)
    chat_id: str = Field(max_length=80)
    priority: Priority = kept(EnumNumber(Priority))
    text: str = kept(Text())
    created_at: datetime = kept(UTCDateTime())
    not_before: datetime = kept(UTCDateTime())
    choices: tuple[Choice, ...] = kept(Choices())
    media_id: int | None = Field(default=None, foreign_key="media.id")
    reply_to_id: str = kept(Text())
    person_id: int | None = Field(default=None, foreign_key="people.id")
    broadcast_id: int | None = Field(default=None, foreign_key="broadcasts.id")
    valid_until: datetime | None = kept(UTCDateTime(), nullable=True)
    state: OutboxState = kept(EnumText(OutboxState))
    attempts: int
    sent_at: datetime | None = kept(UTCDateTime(), nullable=True)
    message_id: str = Field(max_length=120)
    error: str = kept(Text())
    doubtful: bool


class MediaTable(SQLModel, table=True):
    """Rows of `domain.messages.Media`."""

    __tablename__ = "media"
    __table_args__ = (Index("ix_media_state", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=300)
    content_type: str = kept(Text())
    state: MediaState = kept(EnumText(MediaState))
    created_at: datetime = kept(UTCDateTime())
    size_bytes: int | None = Field(default=None)
    sha256: str = kept(Text())
    path: str = kept(Text())
    account: str = Field(max_length=60)
    file_id: str = kept(Text())
    person_id: int | None = Field(default=None, foreign_key="people.id")
    error: str = kept(Text())
    expires_at: datetime | None = kept(UTCDateTime(), nullable=True)


class ConversationStateTable(SQLModel, table=True):
    """Rows of `domain.messages.ConversationState`."""

    __tablename__ = "conversation_states"
    __table_args__ = (UniqueConstraint("account", "chat_id", name="uq_conversation_states"),)

    id: int | None = Field(default=None, primary_key=True)
    account: str = Field(max_length=60)
    chat_id: str = Field(max_length=80)
    updated_at: datetime = kept(UTCDateTime())
    step: str = kept(Text())
    data: dict[str, Any] = kept(JSONText())
    choices: tuple[Choice, ...] = kept(Choices())
    expires_at: datetime | None = kept(UTCDateTime(), nullable=True)


class OpenQuestionTable(SQLModel, table=True):
    """Rows of `domain.messages.OpenQuestion`."""

    __tablename__ = "open_questions"
    __table_args__ = (
        UniqueConstraint("batch", name="uq_open_questions"),
        Index("ix_open_questions_account_chat_id", "account", "chat_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    batch: str = Field(max_length=60)
    account: str = Field(max_length=60)
    chat_id: str = Field(max_length=80)
    asked_at: datetime = kept(UTCDateTime())
    about: str = kept(Text())
    text: str = kept(Text())
    choices: tuple[Choice, ...] = kept(Choices())
    data: dict[str, Any] = kept(JSONText())
    person_id: int | None = Field(default=None, foreign_key="people.id")


class BroadcastTable(SQLModel, table=True):
    """Rows of `domain.messages.Broadcast`."""

    __tablename__ = "broadcasts"
    __table_args__ = (Index("ix_broadcasts_state", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    text: str = kept(Text())
    audience: str = kept(Text())
    created_by_id: int = Field(foreign_key="people.id")
    created_at: datetime = kept(UTCDateTime())
    state: BroadcastState = kept(EnumText(BroadcastState))
    media_id: int | None = Field(default=None, foreign_key="media.id")
    not_before: datetime | None = kept(UTCDateTime(), nullable=True)
    valid_until: datetime | None = kept(UTCDateTime(), nullable=True)
    done_at: datetime | None = kept(UTCDateTime(), nullable=True)


class BroadcastRecipientTable(SQLModel, table=True):
    """Rows of `domain.messages.BroadcastRecipient`."""

    __tablename__ = "broadcast_recipients"
    __table_args__ = (UniqueConstraint("broadcast_id", "person_id", name="uq_broadcast_recipients"),)

    id: int | None = Field(default=None, primary_key=True)
    broadcast_id: int = Field(foreign_key="broadcasts.id")
    person_id: int = Field(foreign_key="people.id")
    outbox_key: str = kept(Text())


class ReminderLogTable(SQLModel, table=True):
    """Rows of `domain.messages.ReminderLog`."""

    __tablename__ = "reminder_log"
    __table_args__ = (
        UniqueConstraint("person_id", "obligation", "stage", name="uq_reminder_log"),
        Index("ix_reminder_log_obligation", "obligation"),
        Index("ix_reminder_log_outbox_key", "outbox_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id")
    obligation: str = Field(max_length=120)
    stage: str = Field(max_length=30)
    at: datetime = kept(UTCDateTime())
    outcome: str = kept(Text())
    outbox_key: str = kept(Text())


class LeaseTable(SQLModel, table=True):
    """Rows of `domain.messages.Lease`."""

    __tablename__ = "leases"
    __table_args__ = (UniqueConstraint("name", name="uq_leases"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=300)
    owner: str = Field(max_length=80)
    expires_at: datetime = kept(UTCDateTime())


class JobRunTable(SQLModel, table=True):
    """Rows of `domain.messages.JobRun`."""

    __tablename__ = "job_runs"
    __table_args__ = (UniqueConstraint("job", name="uq_job_runs"),)

    id: int | None = Field(default=None, primary_key=True)
    job: str = Field(max_length=60)
    at: datetime = kept(UTCDateTime())
    result: str = kept(Text())
