"""Which table keeps which record."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlmodel import SQLModel

from domain import ledger, messages, people, plan
from storage.tables import ledger as ledger_tables
from storage.tables import messages as message_tables
from storage.tables import people as people_tables
from storage.tables import plan as plan_tables

TABLES: dict[type[Any], type[SQLModel]] = {
    people.Unit: people_tables.UnitTable,
    people.Person: people_tables.PersonTable,
    people.Membership: people_tables.MembershipTable,
    people.Contact: people_tables.ContactTable,
    people.Invite: people_tables.InviteTable,
    people.CodeAttempts: people_tables.CodeAttemptsTable,
    plan.Indicator: plan_tables.IndicatorTable,
    plan.PlanHead: plan_tables.PlanHeadTable,
    plan.Target: plan_tables.TargetTable,
    plan.Task: plan_tables.TaskTable,
    plan.TaskState: plan_tables.TaskStateTable,
    plan.Allocation: plan_tables.AllocationTable,
    plan.ReportingPeriod: plan_tables.ReportingPeriodTable,
    plan.OpeningBalance: plan_tables.OpeningBalanceTable,
    ledger.Report: ledger_tables.ReportTable,
    ledger.Evidence: ledger_tables.EvidenceTable,
    ledger.RunningTotal: ledger_tables.RunningTotalTable,
    ledger.Submission: ledger_tables.SubmissionTable,
    ledger.AuditEntry: ledger_tables.AuditEntryTable,
    messages.InboxRow: message_tables.InboxRowTable,
    messages.OutboxRow: message_tables.OutboxRowTable,
    messages.Media: message_tables.MediaTable,
    messages.ConversationState: message_tables.ConversationStateTable,
    messages.OpenQuestion: message_tables.OpenQuestionTable,
    messages.Broadcast: message_tables.BroadcastTable,
    messages.BroadcastRecipient: message_tables.BroadcastRecipientTable,
    messages.ReminderLog: message_tables.ReminderLogTable,
    messages.Lease: message_tables.LeaseTable,
    messages.JobRun: message_tables.JobRunTable,
}

METADATA = SQLModel.metadata


def table_of(record: type[Any]) -> Table:
    """Return the table that keeps `record`."""
    return METADATA.tables[str(TABLES[record].__tablename__)]
