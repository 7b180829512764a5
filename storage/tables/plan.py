"""Tables of the plan, its shares, periods and indicators."""

from datetime import date as civil_date
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.people import UnitKind
from domain.plan import Measure, PeriodKind, TaskStatus
from storage.columns import DecimalText, EnumText, EnumTuple, TextTuple, UTCDateTime, kept


class IndicatorTable(SQLModel, table=True):
    """Rows of `domain.plan.Indicator`."""

    __tablename__ = "indicators"
    __table_args__ = (UniqueConstraint("code", name="uq_indicators"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=60)
    name: str = Field(max_length=300)
    unit_word: str = kept(Text())
    measure: Measure = kept(EnumText(Measure))
    kinds: tuple[UnitKind, ...] = kept(EnumTuple(UnitKind))
    required_kinds: tuple[UnitKind, ...] = kept(EnumTuple(UnitKind))
    position: int


class PlanHeadTable(SQLModel, table=True):
    """Rows of `domain.plan.PlanHead`."""

    __tablename__ = "plans"
    __table_args__ = (UniqueConstraint("year", "scope", name="uq_plans"),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = kept(Text())
    date: civil_date | None = Field(default=None)
    year: int
    issuer: str = kept(Text())
    title: str = kept(Text())
    imported_at: datetime | None = kept(UTCDateTime(), nullable=True)
    kind: PeriodKind = kept(EnumText(PeriodKind))
    starts_on: civil_date | None = Field(default=None)
    ends_on: civil_date | None = Field(default=None)
    scope: str = Field(max_length=200)


class TargetTable(SQLModel, table=True):
    """Rows of `domain.plan.Target`."""

    __tablename__ = "targets"
    __table_args__ = (Index("ix_targets_plan_id", "plan_id"),)

    id: int | None = Field(default=None, primary_key=True)
    indicator: str = Field(max_length=60)
    text: str = kept(Text())
    goal: Decimal = kept(DecimalText())
    unit: str = kept(Text())
    measure: Measure = kept(EnumText(Measure))
    position: int
    plan_id: int = Field(foreign_key="plans.id")


class TaskTable(SQLModel, table=True):
    """Rows of `domain.plan.Task`."""

    __tablename__ = "tasks"
    __table_args__ = (Index("ix_tasks_plan_id", "plan_id"),)

    id: int | None = Field(default=None, primary_key=True)
    group: str = kept(Text())
    group_title: str = kept(Text())
    text: str = kept(Text())
    when: str | None = Field(default=None, sa_type=Text)
    start: civil_date
    end: civil_date
    recurring: bool
    assignees: tuple[str, ...] = kept(TextTuple())
    position: int
    plan_id: int = Field(foreign_key="plans.id")


class TaskStateTable(SQLModel, table=True):
    """Rows of `domain.plan.TaskState`."""

    __tablename__ = "task_states"
    __table_args__ = (UniqueConstraint("task_id", "quarter", name="uq_task_states"),)

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="tasks.id")
    quarter: int
    status: TaskStatus = kept(EnumText(TaskStatus))
    at: datetime = kept(UTCDateTime())
    person_id: int | None = Field(default=None, foreign_key="people.id")
    note: str = kept(Text())
    snoozed_until: civil_date | None = Field(default=None)


class AllocationTable(SQLModel, table=True):
    """Rows of `domain.plan.Allocation`."""

    __tablename__ = "allocations"
    __table_args__ = (UniqueConstraint("year", "indicator", "unit_id", name="uq_allocations"),)

    id: int | None = Field(default=None, primary_key=True)
    year: int
    indicator: str = Field(max_length=60)
    unit_id: int = Field(foreign_key="units.id")
    goal: int
    created_at: datetime = kept(UTCDateTime())


class ReportingPeriodTable(SQLModel, table=True):
    """Rows of `domain.plan.ReportingPeriod`."""

    __tablename__ = "reporting_periods"
    __table_args__ = (UniqueConstraint("year", "number", name="uq_reporting_periods"),)

    id: int | None = Field(default=None, primary_key=True)
    year: int
    number: int
    starts_on: civil_date
    cutoff_on: civil_date
    due_on: civil_date


class OpeningBalanceTable(SQLModel, table=True):
    """Rows of `domain.plan.OpeningBalance`."""

    __tablename__ = "opening_balances"
    __table_args__ = (UniqueConstraint("unit_id", "indicator", "year", name="uq_opening_balances"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="units.id")
    indicator: str = Field(max_length=60)
    year: int
    value: int
