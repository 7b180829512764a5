"""The ledger of reported figures, what answers a period, and the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ReportState(StrEnum):
    """How far a figure has come. The value never changes; a correction is a new row."""

    UNCONFIRMED = "unconfirmed"  # read back, not yet agreed to by its sender
    PENDING = "pending"  # agreed to, waiting for staff (chờ duyệt)
    APPROVED = "approved"  # counts in the official total (đã duyệt)
    RETURNED = "returned"  # sent back with a reason (trả lại)
    WITHDRAWN = "withdrawn"  # taken back, or replaced by a later row


COUNTED_STATES = frozenset({ReportState.PENDING, ReportState.APPROVED})


@dataclass(frozen=True, slots=True)
class Report:
    """One claim of one figure (số liệu báo cáo), append-only.

    `value` is in the indicator's unit word. `subject` names the enterprise that a distinct count counts:
    "" stands for the unit itself, else the folded name of the place. `batch` ties the figures of one
    message together. `people` are those present or covered; None when not said.
    """

    indicator: str
    value: int
    unit_id: int
    period_id: int
    state: ReportState
    batch: str
    created_at: datetime
    happened_on: date | None = None
    women: int | None = None
    place: str = ""
    subject: str = ""
    people: int | None = None
    note: str = ""
    raw_text: str = ""
    account: str = ""
    chat_id: str = ""
    message_id: str = ""
    reported_by_id: int | None = None
    entered_by_staff: bool = False
    confirmed_at: datetime | None = None
    decided_by_id: int | None = None
    decided_at: datetime | None = None
    reason: str = ""
    supersedes_id: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A photo or file that proves figures of one batch (minh chứng)."""

    batch: str
    unit_id: int
    media_id: int
    created_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """Sums of the counted rows of one unit, indicator, period and subject; always recomputable."""

    year: int
    indicator: str
    unit_id: int
    period_id: int
    subject: str
    approved: int
    pending: int
    id: int = 0


class SubmissionState(StrEnum):
    """A unit's answer to a period. A unit without figures and without a row is silent."""

    PARTIAL = "partial"  # figures arrived, or the unit said that more will come
    CLOSED = "closed"  # complete, or nothing to report


@dataclass(frozen=True, slots=True)
class Submission:
    """A unit's answer to a period (tình trạng nộp báo cáo)."""

    unit_id: int
    period_id: int
    state: SubmissionState
    nil: bool
    at: datetime
    on_time: bool | None = None
    person_id: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which record: ids and figures, never personal values (nhật ký)."""

    at: datetime
    person_id: int | None
    action: str
    record: str
    record_id: int
    account: str = ""
    detail: str = ""
    id: int = 0
