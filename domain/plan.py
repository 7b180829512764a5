"""Plans: targets, tasks, shares, reporting periods and what can be counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.people import UnitKind

_Day = date
"""The type, where a field is called `date` too."""


class Measure(StrEnum):
    """How rows of the ledger become one figure of progress."""

    SUM = "sum"  # persons, added up
    DISTINCT_UNITS = "distinct_units"  # enterprises that did it at least once in the year
    SHARE_OF_ELIGIBLE = "share_of_eligible"  # such enterprises over those on the list, in percent


class TaskStatus(StrEnum):
    """Where a task stands as staff have said."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    SNOOZED = "snoozed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that can be counted (chỉ số).

    `name` and `unit_word` are the Vietnamese terms. `kinds` are the kinds of unit whose reports count;
    `required_kinds` those that must answer it in every period.
    """

    code: str
    name: str
    unit_word: str
    measure: Measure
    kinds: tuple[UnitKind, ...] = tuple(UnitKind)
    required_kinds: tuple[UnitKind, ...] = ()
    position: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """One goal of the plan (chỉ tiêu). `goal` is in `unit`: persons, enterprises, or "%" (0-100)."""

    indicator: str
    text: str
    goal: Decimal
    unit: str
    measure: Measure
    position: int = 0
    plan_id: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the plan (nhiệm vụ) with its window, both days included.

    `when` is the time phrase as written, or None where the document gives none; `recurring` marks
    "thường xuyên": the window is the year and every quarter has an instance of its own.
    """

    group: str
    group_title: str
    text: str
    when: str | None
    start: date
    end: date
    recurring: bool = False
    assignees: tuple[str, ...] = ()
    position: int = 0
    plan_id: int = 0
    id: int = 0


class PeriodKind(StrEnum):
    """Which stretch of time a plan is for."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    YEARS = "years"  # a programme or a term of several years
    SPECIAL = "special"  # one subject within a stretch of its own (kế hoạch chuyên đề)


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """The stretch that a plan is for, both days included. `PlanHead.year` is the year of its first day."""

    kind: PeriodKind
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What names a plan: number, day of issue, year, issuer and title (kế hoạch năm).

    `kind`, `starts_on` and `ends_on` are the stretch it is for; both days are None for one calendar year.
    `scope` tells the plans that begin in one year apart: "" is the office's own plan of the year.
    """

    number: str
    date: date | None
    year: int
    issuer: str
    title: str
    imported_at: datetime | None = None
    id: int = 0
    kind: PeriodKind = PeriodKind.YEAR
    starts_on: _Day | None = None
    ends_on: _Day | None = None
    scope: str = ""

    @property
    def period(self) -> PlanPeriod:
        """The stretch that the plan is for."""
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return PlanPeriod(self.kind, self.starts_on or first, self.ends_on or last)


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A plan document as read: head, targets and tasks in document order, and what was doubtful.

    `warnings` are complete Vietnamese sentences for staff. `period` is None for a plan of one calendar year.
    """

    head: PlanHead
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    warnings: tuple[str, ...] = ()
    period: PlanPeriod | None = None


@dataclass(frozen=True, slots=True)
class TaskState:
    """What staff said about a task, or about one quarter's instance of a recurring task.

    `quarter` is that of `domain.tasks.TaskInstance`: 0 for a task with one window.
    """

    task_id: int
    quarter: int
    status: TaskStatus
    at: datetime
    person_id: int | None = None
    note: str = ""
    snoozed_until: date | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Allocation:
    """A target's share given to one unit (giao chỉ tiêu), in the indicator's unit word."""

    year: int
    indicator: str
    unit_id: int
    goal: int
    created_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """What is reported together (kỳ báo cáo): events from `starts_on` to `cutoff_on`, both included.

    The answer is due on `due_on`, end of the day. `number` is the quarter, 1 to 4.
    """

    year: int
    number: int
    starts_on: date
    cutoff_on: date
    due_on: date
    id: int = 0


@dataclass(frozen=True, slots=True)
class OpeningBalance:
    """A unit's figure from before its first report (số dư đầu kỳ)."""

    unit_id: int
    indicator: str
    year: int
    value: int
    id: int = 0
