"""The daily reminder run: one message to each person with everything that is due, each step once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from domain.calendar import WorkCalendar
from domain.messages import OutboxRow, OutboxState, Priority, ReminderLog
from domain.reminders import Decision, PersonReminder, StageKey, due_reminders, next_instant
from scheduler.obligations import Ladders, gather
from scheduler.outgoing import notify, reachable_contact
from scheduler.reminder_texts import reminder_text
from storage.unit_of_work import UnitOfWork

_QUIET = timedelta(minutes=30)
_WAITING = (OutboxState.QUEUED, OutboxState.RETRY)
SENT, MISSED, UNREACHABLE = "sent", "missed", "unreachable"


@dataclass(frozen=True, slots=True)
class ReminderPolicy:
    """When the run is made and what the ladders are. `run_at` is a local time of each working day."""

    calendar: WorkCalendar
    ladders: Ladders = field(default_factory=Ladders)
    run_at: time = time(8, 30)


def run_reminders(uow: UnitOfWork, policy: ReminderPolicy, now: datetime) -> int:
    """Queue every reminder that is due at `now` and log each step; return how many people were written to.

    Running it again changes nothing: a step in the log is used up, sent or missed.
    """
    decision = _decide(uow, policy, now)
    for key in decision.missed:
        _log(uow, key, now, MISSED)
    return sum(_remind(uow, policy, reminder, now) for reminder in decision.reminders)


def next_reminder(uow: UnitOfWork, policy: ReminderPolicy, now: datetime) -> datetime | None:
    """Return the next moment after `now` at which somebody will be reminded, if nothing else happens."""
    obligations = gather(uow, policy.calendar, policy.calendar.local_date(now))
    return next_instant(
        obligations, policy.ladders.by_kind(), _used(uow), policy.calendar, now, policy.run_at
    )


def cancel_reminders(uow: UnitOfWork, obligation: str) -> int:
    """Take back reminders of an obligation that are still waiting to be sent; return how many.

    Steps of other obligations in the same message are freed, so that the next run says them again.
    """
    cancelled = 0
    for used in uow.reminder_log.find(obligation=obligation, outcome=SENT):
        where = {"key": used.outbox_key, "state": _WAITING}
        if uow.outbox.change_where(where, state=OutboxState.CANCELLED):
            uow.reminder_log.delete(outbox_key=used.outbox_key)
            cancelled += 1
    return cancelled


def _decide(uow: UnitOfWork, policy: ReminderPolicy, now: datetime) -> Decision:
    obligations = gather(uow, policy.calendar, policy.calendar.local_date(now))
    return due_reminders(obligations, policy.ladders.by_kind(), _used(uow), policy.calendar, now)


def _used(uow: UnitOfWork) -> set[tuple[int, str, str]]:
    return {(log.person_id, log.obligation, log.stage) for log in uow.reminder_log.find()}


def _remind(uow: UnitOfWork, policy: ReminderPolicy, reminder: PersonReminder, now: datetime) -> bool:
    text, choices = reminder_text(uow, policy.calendar, reminder, now)
    row = notify(
        uow,
        reminder.person_id,
        text,
        key=f"remind:{reminder.person_id}:{now.isoformat()}",
        now=now,
        choices=choices,
        priority=Priority.REMINDER,
        not_before=_quiet_moment(uow, reminder.person_id, now),
        valid_until=_end_of_day(policy.calendar, now),
    )
    outcome = SENT if row is not None else UNREACHABLE
    for item in reminder.items:
        key = StageKey(reminder.person_id, item.obligation.key, item.stage)
        _log(uow, key, now, outcome, row)
    return row is not None


def _quiet_moment(uow: UnitOfWork, person_id: int, now: datetime) -> datetime:
    """Return `now`, or a little later for somebody in the middle of a dialogue: it must not be broken."""
    contact = reachable_contact(uow, person_id)
    if contact is None:
        return now
    state = uow.states.first(account=contact.account, chat_id=contact.chat_id)
    busy = state is not None and bool(state.step) and state.updated_at > now - _QUIET
    return now + _QUIET if busy else now


def _end_of_day(calendar: WorkCalendar, now: datetime) -> datetime:
    return calendar.at(calendar.local_date(now), calendar.windows[-1][1])


def _log(uow: UnitOfWork, key: StageKey, now: datetime, outcome: str, row: OutboxRow | None = None) -> None:
    entry = ReminderLog(*key, at=now, outcome=outcome, outbox_key=row.key if row is not None else "")
    uow.reminder_log.add_new(entry, "person_id", "obligation", "stage")
