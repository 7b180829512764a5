"""One transaction over all records: everything in it is committed together, or nothing is."""

from __future__ import annotations

from sqlalchemy import Connection

from domain.ledger import AuditEntry, Evidence, Report, RunningTotal, Submission
from domain.messages import (
    Broadcast,
    BroadcastRecipient,
    ConversationState,
    InboxRow,
    JobRun,
    Lease,
    Media,
    OpenQuestion,
    OutboxRow,
    ReminderLog,
)
from domain.people import CodeAttempts, Contact, Invite, Membership, Person, Unit
from domain.plan import (
    Allocation,
    Indicator,
    OpeningBalance,
    PlanHead,
    ReportingPeriod,
    Target,
    Task,
    TaskState,
)
from storage.queries import Queries
from storage.table_access import TableAccess


class UnitOfWork:
    """The tables of one open transaction. `Database.begin` opens, commits and rolls back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.queries = Queries(connection)
        self.units = TableAccess(connection, Unit)
        self.people = TableAccess(connection, Person)
        self.memberships = TableAccess(connection, Membership)
        self.contacts = TableAccess(connection, Contact)
        self.invites = TableAccess(connection, Invite)
        self.code_attempts = TableAccess(connection, CodeAttempts)
        self.indicators = TableAccess(connection, Indicator)
        self.plans = TableAccess(connection, PlanHead)
        self.targets = TableAccess(connection, Target)
        self.tasks = TableAccess(connection, Task)
        self.task_states = TableAccess(connection, TaskState)
        self.allocations = TableAccess(connection, Allocation)
        self.periods = TableAccess(connection, ReportingPeriod)
        self.opening_balances = TableAccess(connection, OpeningBalance)
        self.reports = TableAccess(connection, Report)
        self.evidence = TableAccess(connection, Evidence)
        self.totals = TableAccess(connection, RunningTotal, remember=False)
        self.submissions = TableAccess(connection, Submission)
        self.audit = TableAccess(connection, AuditEntry)
        self.inbox = TableAccess(connection, InboxRow)
        self.outbox = TableAccess(connection, OutboxRow, remember=False)
        self.media = TableAccess(connection, Media)
        self.states = TableAccess(connection, ConversationState)
        self.open_questions = TableAccess(connection, OpenQuestion)
        self.broadcasts = TableAccess(connection, Broadcast)
        self.recipients = TableAccess(connection, BroadcastRecipient)
        self.reminder_log = TableAccess(connection, ReminderLog)
        self.leases = TableAccess(connection, Lease)
        self.job_runs = TableAccess(connection, JobRun)
