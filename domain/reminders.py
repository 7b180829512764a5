"""Who is reminded of what, and why: the rule, without a clock and without words.

Each obligation has a ladder of stages. A stage has one day on which it is sent, and is of use until the next
stage's day, at most for some days: whoever was not reminded by then is reminded by the next stage, or not at
all. So a stop of any length is caught up with by one message, never by a flood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from domain.calendar import WorkCalendar

OPENED_STAGE = "open"
_AGAIN = "again:"


class ObligationKind(StrEnum):
    """What somebody owes an answer to."""

    PERIOD = "period"  # a unit's report for a period
    TASK = "task"  # a task of the plan, or one quarter's instance of it
    DRAFT = "draft"  # figures read back and not yet confirmed by their sender
    PENDING = "pending"  # confirmed figures waiting for staff


_WAITING = frozenset({ObligationKind.DRAFT, ObligationKind.PENDING})


@dataclass(frozen=True, slots=True)
class Ladder:
    """The days on which one kind of obligation is reminded of (thang nhắc việc).

    `days` are relative to the due day, below zero before it. With `on_opening` there is a stage on the day
    the obligation opens, too. A stage that could not be sent is dropped `useful_days` after its day.
    """

    days: tuple[int, ...]
    on_opening: bool = False
    useful_days: int = 5


ASK_ONCE_MORE = Ladder((1,))
"""For drafts, which fall due on the day they are made: once more on the next working day."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something that persons owe, as far as reminding needs it (việc cần nhắc).

    `key` is stable and names the deadline: one that moves to another day takes another key, or its used
    stages stay used. `due_on` is the last day to answer; of a draft or a pending figure, the day it came.
    `known_on` is the day it became known, such as a plan's import: what lay before never reminds.
    `paused_until` is the day on which to remind again, as somebody asked for.
    """

    key: str
    kind: ObligationKind
    due_on: date
    person_ids: tuple[int, ...]
    closed: bool = False
    opened_on: date | None = None
    known_on: date | None = None
    paused_until: date | None = None


class Reason(StrEnum):
    """Why a person is reminded."""

    OPENED = "opened"  # its window opens
    AGAIN = "again"  # the person asked to be reminded again
    WAITING = "waiting"  # it came earlier and waits for an answer
    UPCOMING = "upcoming"
    DUE_TODAY = "due_today"
    LATE = "late"


class StageKey(NamedTuple):
    """What is used up once and never again."""

    person_id: int
    obligation: str
    stage: str


@dataclass(frozen=True, slots=True)
class DueItem:
    """One obligation within a reminder. `days_left` is below zero when late.

    `planned_on` is the stage's own day: earlier than today when it is being caught up with.
    """

    obligation: Obligation
    stage: str
    why: Reason
    days_left: int
    planned_on: date


@dataclass(frozen=True, slots=True)
class PersonReminder:
    """Everything one person is to be reminded of at one moment, the oldest deadline first; never empty."""

    person_id: int
    items: tuple[DueItem, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What to send, by person id, and which stages are past their use and will never be sent.

    Both go into the log in the transaction that queues the messages.
    """

    reminders: tuple[PersonReminder, ...] = ()
    missed: tuple[StageKey, ...] = ()


class _Stage(NamedTuple):
    """One step of one obligation's ladder, of use from `on` to `until`, both included."""

    name: str
    on: date
    until: date


def period_key(period_id: int, unit_id: int) -> str:
    """Return the key of a unit's report for a period.

    Source: DESIGN.md section 4, "What answers an obligation".
    """
    return f"period:{period_id}:unit:{unit_id}"


def task_key(task_id: int, quarter: int) -> str:
    """Return the key of a task, `quarter` 0, or of one quarter's instance of it.

    Source: DESIGN.md section 3, TaskState.
    """
    return f"task:{task_id}:{quarter}"


def draft_key(batch: str) -> str:
    """Return the key of the figures of one message that wait for their sender's word.

    Source: DESIGN.md section 6, promise 3.
    """
    return f"draft:{batch}"


def pending_key(batch: str) -> str:
    """Return the key of the figures of one message that wait for staff.

    Source: DESIGN.md section 6, promise 3.
    """
    return f"pending:{batch}"


def due_reminders(
    obligations: Iterable[Obligation],
    ladders: Mapping[ObligationKind, Ladder],
    log: Collection[tuple[int, str, str]],
    calendar: WorkCalendar,
    now: datetime,
) -> Decision:
    """Return who is to be reminded of what at `now`, at most one reminder a person, and what was missed.

    `now` is aware UTC; deadlines are civil days of the calendar. Outside working hours the decision is
    empty. Nothing closed, nothing whose (person, obligation, stage) is in `log`, and nothing of a kind
    without a ladder is in it. Stages up to the due day that fall on a day off move to the working day before,
    later ones to the one after; of those that meet on one day the last stands for all.
    Source: DESIGN.md section 4 and section 6, promise 2.
    """
    if not calendar.is_open(now):
        return Decision()
    today = calendar.local_date(now)
    items: dict[int, list[DueItem]] = defaultdict(list)
    missed: list[StageKey] = []
    for obligation, key, stage in _unused(obligations, ladders, log, calendar):
        if stage.on <= today <= stage.until:
            items[key.person_id].append(_item(obligation, stage, today))
        elif stage.until < today:
            missed.append(key)
    return Decision(
        tuple(_reminder(person_id, items[person_id]) for person_id in sorted(items)), tuple(missed)
    )


def next_instant(
    obligations: Iterable[Obligation],
    ladders: Mapping[ObligationKind, Ladder],
    log: Collection[tuple[int, str, str]],
    calendar: WorkCalendar,
    now: datetime,
    run_at: time | None = None,
) -> datetime | None:
    """Return the first moment after `now` at which due_reminders has reminders, aware UTC, else None.

    Looked at are the beginnings of sending hours; with `run_at`, a local time within them, that time of every
    working day. Nothing but time is supposed to pass until then. What is due at `now` itself is for
    due_reminders at `now`: if it was not logged since, it stands at the next moment again.
    Source: DESIGN.md section 4, the simulated clock.
    """
    first = calendar.next_opening(now) if run_at is None else calendar.next_run(now, run_at)
    daily = calendar.windows[0][0] if run_at is None else run_at
    moments = (
        max(first, calendar.at(stage.on, daily))
        for _, _, stage in _unused(obligations, ladders, log, calendar)
        if stage.until >= calendar.local_date(first)
    )
    return min(moments, default=None)


def _unused(
    obligations: Iterable[Obligation],
    ladders: Mapping[ObligationKind, Ladder],
    log: Collection[tuple[int, str, str]],
    calendar: WorkCalendar,
) -> Iterator[tuple[Obligation, StageKey, _Stage]]:
    """Yield what is still to be sent or missed: the stages after the last one that a person's log has."""
    used = frozenset(log)
    for obligation in obligations:
        stages = _stages(obligation, ladders.get(obligation.kind), calendar)
        for person_id in dict.fromkeys(obligation.person_ids):
            keys = [StageKey(person_id, obligation.key, stage.name) for stage in stages]
            first = max((place + 1 for place, key in enumerate(keys) if key in used), default=0)
            for key, stage in zip(keys[first:], stages[first:], strict=True):
                yield obligation, key, stage


def _stages(obligation: Obligation, ladder: Ladder | None, calendar: WorkCalendar) -> Sequence[_Stage]:
    """Return the stages in order of their days, one a day."""
    if obligation.closed or ladder is None:
        return ()
    # A later name for the same day overwrites the earlier one.
    names = dict(_planned(obligation, ladder, calendar))
    days = sorted(names)
    use = timedelta(days=ladder.useful_days)
    return [
        _Stage(names[day], day, min(day + use, following - timedelta(days=1)))
        for day, following in zip(days, [*days[1:], date.max], strict=False)
    ]


def _planned(obligation: Obligation, ladder: Ladder, calendar: WorkCalendar) -> Iterator[tuple[date, str]]:
    """Yield (day of sending, name) of the stages that were not over when it was known, opened or resumed."""
    resumed = obligation.paused_until
    if resumed is not None:
        yield calendar.working_day_on_or_after(resumed), _AGAIN + resumed.isoformat()
    if obligation.known_on is not None and obligation.due_on < obligation.known_on:
        return
    bounds = [day for day in (obligation.opened_on, obligation.known_on, resumed) if day is not None]
    first = max(bounds, default=date.min)
    for day, name in _ladder_days(obligation, ladder, calendar):
        if day >= first:
            yield day, name


def _ladder_days(
    obligation: Obligation, ladder: Ladder, calendar: WorkCalendar
) -> Iterator[tuple[date, str]]:
    if ladder.on_opening and obligation.opened_on is not None:
        yield calendar.working_day_on_or_after(obligation.opened_on), OPENED_STAGE
    for days in sorted(ladder.days):
        day = obligation.due_on + timedelta(days=days)
        # "Three days left" must not be said when two are left: up to the due day it is said earlier.
        moved = calendar.working_day_on_or_before if days <= 0 else calendar.working_day_on_or_after
        yield moved(day), str(days)


def _item(obligation: Obligation, stage: _Stage, today: date) -> DueItem:
    days_left = (obligation.due_on - today).days
    return DueItem(obligation, stage.name, _why(obligation, stage, days_left), days_left, stage.on)


def _why(obligation: Obligation, stage: _Stage, days_left: int) -> Reason:
    if stage.name.startswith(_AGAIN):
        return Reason.AGAIN
    if obligation.kind in _WAITING:
        return Reason.WAITING
    if stage.name == OPENED_STAGE:
        return Reason.OPENED
    if days_left == 0:
        return Reason.DUE_TODAY
    return Reason.UPCOMING if days_left > 0 else Reason.LATE


def _reminder(person_id: int, items: Iterable[DueItem]) -> PersonReminder:
    by_deadline = sorted(items, key=lambda item: (item.obligation.due_on, item.obligation.key))
    return PersonReminder(person_id, tuple(by_deadline))
