"""Tables of the ledger, its totals, the answers to periods and the audit trail."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.ledger import ReportState, SubmissionState
from storage.columns import EnumText, UTCDateTime, kept


class ReportTable(SQLModel, table=True):
    """Rows of `domain.ledger.Report`."""

    __tablename__ = "reports"
    __table_args__ = (
        Index("ix_reports_unit_id_period_id", "unit_id", "period_id"),
        Index("ix_reports_batch", "batch"),
        Index("ix_reports_state", "state"),
        Index("ix_reports_account_chat_id_message_id", "account", "chat_id", "message_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator: str = Field(max_length=60)
    value: int
    unit_id: int = Field(foreign_key="units.id")
    period_id: int = Field(foreign_key="reporting_periods.id")
    state: ReportState = kept(EnumText(ReportState))
    batch: str = Field(max_length=60)
    created_at: datetime = kept(UTCDateTime())
    happened_on: date | None = Field(default=None)
    women: int | None = Field(default=None)
    place: str = kept(Text())
    subject: str = Field(max_length=300)
    people: int | None = Field(default=None)
    note: str = kept(Text())
    raw_text: str = kept(Text())
    account: str = Field(max_length=60)
    chat_id: str = Field(max_length=80)
    message_id: str = Field(max_length=120)
    reported_by_id: int | None = Field(default=None, foreign_key="people.id")
    entered_by_staff: bool
    confirmed_at: datetime | None = kept(UTCDateTime(), nullable=True)
    decided_by_id: int | None = Field(default=None, foreign_key="people.id")
    decided_at: datetime | None = kept(UTCDateTime(), nullable=True)
    reason: str = kept(Text())
    supersedes_id: int | None = Field(default=None, foreign_key="reports.id")


class EvidenceTable(SQLModel, table=True):
    """Rows of `domain.ledger.Evidence`."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_batch", "batch"),)

    id: int | None = Field(default=None, primary_key=True)
    batch: str = Field(max_length=60)
    unit_id: int = Field(foreign_key="units.id")
    media_id: int = Field(foreign_key="media.id")
    created_at: datetime = kept(UTCDateTime())


class RunningTotalTable(SQLModel, table=True):
    """Rows of `domain.ledger.RunningTotal`."""

    __tablename__ = "running_totals"
    __table_args__ = (
        UniqueConstraint("year", "indicator", "unit_id", "period_id", "subject", name="uq_running_totals"),
        Index("ix_running_totals_unit_id_period_id", "unit_id", "period_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    year: int
    indicator: str = Field(max_length=60)
    unit_id: int = Field(foreign_key="units.id")
    period_id: int = Field(foreign_key="reporting_periods.id")
    subject: str = Field(max_length=300)
    approved: int
    pending: int


class SubmissionTable(SQLModel, table=True):
    """Rows of `domain.ledger.Submission`."""

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("unit_id", "period_id", name="uq_submissions"),
        Index("ix_submissions_period_id", "period_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="units.id")
    period_id: int = Field(foreign_key="reporting_periods.id")
    state: SubmissionState = kept(EnumText(SubmissionState))
    nil: bool
    at: datetime = kept(UTCDateTime())
    on_time: bool | None = Field(default=None)
    person_id: int | None = Field(default=None, foreign_key="people.id")


class AuditEntryTable(SQLModel, table=True):
    """Rows of `domain.ledger.AuditEntry`."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_record_record_id", "record", "record_id"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = kept(UTCDateTime())
    person_id: int | None = Field(default=None, foreign_key="people.id")
    action: str = kept(Text())
    record: str = kept(Text())
    record_id: int
    account: str = Field(max_length=60)
    detail: str = kept(Text())
