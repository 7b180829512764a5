"""What the clock does. The metronome calls `run_due` often; each job knows whether its time has come.

Every job is idempotent for its instant and notes its last run, so that a stop is caught up with once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.messages import JobRun
from scheduler.reminding import ReminderPolicy, next_reminder, run_reminders
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One thing the clock does.

    `due` tells, from the last run (None: never) and now, whether to run; `run` does it and says in a few
    English words what it did; `upcoming` is the next moment after now at which it will do something.
    """

    name: str
    due: Callable[[datetime | None, datetime], bool]
    run: Callable[[UnitOfWork, datetime], str]
    upcoming: Callable[[UnitOfWork, datetime], datetime | None]


def run_due(uow: UnitOfWork, jobs: Sequence[Job], now: datetime) -> list[str]:
    """Run the jobs whose time has come and return what they did, each in a few words, idle ones left out."""
    done: list[str] = []
    for job in jobs:
        last = uow.job_runs.first(job=job.name)
        if not job.due(last.at if last is not None else None, now):
            continue
        result = job.run(uow, now)
        if last is None:
            uow.job_runs.add(JobRun(job.name, now, result))
        else:
            uow.job_runs.change(last.id, at=now, result=result)
        if result:
            log.info("%s: %s", job.name, result)
            done.append(result)
    return done


def next_moment(uow: UnitOfWork, jobs: Sequence[Job], now: datetime) -> datetime | None:
    """Return the first moment after `now` at which some job will do something, or None."""
    moments = (job.upcoming(uow, now) for job in jobs)
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def reminder_job(policy: ReminderPolicy) -> Job:
    """Return the daily reminder run: once each working day at its time, within the sending hours.

    After a stop it runs late the same day; a day that was slept through is not made up for, since the rule
    itself says what is still of use.
    """
    return Job(
        "reminders",
        lambda last, now: _reminders_due(policy, last, now),
        lambda uow, now: _said(run_reminders(uow, policy, now), "people reminded"),
        lambda uow, now: next_reminder(uow, policy, now),
    )


def _reminders_due(policy: ReminderPolicy, last: datetime | None, now: datetime) -> bool:
    calendar = policy.calendar
    if not calendar.is_open(now):
        return False
    instant = calendar.at(calendar.local_date(now), policy.run_at)
    return instant <= now and (last is None or last < instant)


def every(name: str, gap: timedelta, run: Callable[[UnitOfWork, datetime], int], what: str) -> Job:
    """Return a job that looks for work every `gap` and is silent when it finds none."""
    return Job(
        name,
        lambda last, now: last is None or now - last >= gap,
        lambda uow, now: _said(run(uow, now), what),
        lambda uow, now: None,
    )


def _said(count: int, what: str) -> str:
    return f"{count} {what}" if count else ""
