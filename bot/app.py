"""The composition root: settings, clock, database, channels and dialogues become one running program.

Tests and the demonstration build the program through `build` too, with a clock and channels of their own.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.config import Settings
from bot.config_calendar import period_rule, work_calendar
from bot.config_check import office_words
from bot.conversation.dialogues import build_router
from bot.conversation.plan import ask_staff_about_past_tasks
from bot.conversation.plan_sent import tell_what_is_in
from bot.conversation.router import Router
from bot.services import alarms, filing
from bot.services.context import Context, Office
from bot.services.periods import ensure_periods_ahead
from domain.errors import UnparsableUpdate
from domain.messages import InboxRow, Incoming, JobRun, Media, MediaFile, MediaState, OutboxRow
from domain.people import ContactState
from domain.ports import Channel, Clock
from scheduler.broadcasting import broadcast_job
from scheduler.delivery import Dispatcher, RetryPolicy
from scheduler.fetching import MediaFetcher
from scheduler.intake import Intake
from scheduler.jobs import Job, every, reminder_job, run_due
from scheduler.obligations import Ladders
from scheduler.reminding import ReminderPolicy
from scheduler.runner import BEAT_SECS, Metronome
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.worker import DatabaseWorker

log = logging.getLogger(__name__)
_FINISH_SECS = 6.0
_END_SECS = 1.0
_AHEAD_GAP = timedelta(hours=6)
_YEARS_KNOWN = 12  # No program runs longer without a start, which reads the calendar anew.
_PAST_TASKS_GAP = timedelta(minutes=10)


class SystemClock:
    """The real business clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


def office_of(settings: Settings, now: datetime, bot_links: Mapping[str, str] | None = None) -> Office:
    """Return the office's facts and rules as services see them; holidays are known from last year on."""
    years = range(now.year - 1, now.year + _YEARS_KNOWN)
    return Office(
        name=settings.office.name,
        calendar=work_calendar(settings, years),
        period_rule=period_rule(settings),
        approves_at_once=settings.reporting.approval == "auto",
        invite_valid=timedelta(days=settings.invites.valid_days),
        wrong_codes_before_pause=settings.invites.wrong_codes_before_pause,
        code_pause=timedelta(minutes=settings.invites.pause_minutes),
        dialogue_valid=timedelta(hours=settings.reporting.draft_hours),
        broadcast_valid=timedelta(hours=settings.broadcast.valid_hours),
        max_count=settings.reporting.max_value,
        max_file_bytes=settings.media.max_bytes,
        # An empty one is kept: it fills once the messenger has told the bot's name.
        bot_links={} if bot_links is None else bot_links,
        words=office_words(settings),
    )


def jobs_of(settings: Settings, office: Office) -> tuple[Job, ...]:
    """Return what the clock does, in order."""
    reminders = settings.reminders
    ladders = Ladders(reminders.period_ladder, reminders.task_ladder)
    return (
        every(
            "periods",
            _AHEAD_GAP,
            lambda uow, now: ensure_periods_ahead(Context(uow, now, office)),
            "periods added",
        ),
        reminder_job(ReminderPolicy(office.calendar, ladders, reminders.run_at)),
        broadcast_job(),
        every(
            "past tasks",
            _PAST_TASKS_GAP,
            lambda uow, now: ask_staff_about_past_tasks(Context(uow, now, office)),
            "people asked about tasks past at the import",
        ),
    )


@dataclass
class App:
    """The running program. `start` and `stop` may be called once each; `step` is the clock's beat."""

    settings: Settings
    office: Office
    clock: Clock
    database: Database
    channels: Mapping[str, Channel]
    router: Router
    jobs: tuple[Job, ...]
    beat_secs: float = BEAT_SECS
    worker: DatabaseWorker = field(init=False)
    intake: Intake = field(init=False)
    dispatchers: dict[str, Dispatcher] = field(init=False)
    fetcher: MediaFetcher = field(init=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _metronome: Metronome | None = None

    def __post_init__(self) -> None:
        self.worker = DatabaseWorker(self.database)
        self.intake = Intake(
            self.worker,
            self.clock,
            tuple(self.channels),
            self._answer,
            self._give_up,
            self._when_handled,
            # The local page has no messenger that would keep what was typed there.
            [account for account, channel in self.channels.items() if hasattr(channel, "ring")],
        )
        retry = RetryPolicy(
            self.settings.delivery.attempts,
            self.settings.delivery.first_pause_secs,
            self.settings.delivery.longest_pause_secs,
        )
        self.dispatchers = {
            account: Dispatcher(
                channel, self.worker, self.clock, self.media, self._when_gone, retry, self._when_recorded
            )
            for account, channel in self.channels.items()
        }
        self.fetcher = MediaFetcher(
            self.worker, self.clock, self.channels, self._keep, self._refuse, self.wake
        )

    @property
    def media_folder(self) -> Path:
        """Where the bytes of photos and files are kept."""
        return Path(self.settings.database.media_folder)

    async def start(self) -> None:
        """Settle what an earlier run left, then open the channels."""
        await self.worker.run(self._mark_served)
        for dispatcher in self.dispatchers.values():
            self._spawn(dispatcher.run())
        self._spawn(self.intake.run())
        self._spawn(self.fetcher.run())
        for channel in self.channels.values():
            await channel.start(self.intake.receive)
        if self.beat_secs:
            self._metronome = Metronome(self.step, self.beat_secs)
            self._metronome.start()
            await self.step()

    async def stop(self) -> None:
        """Finish what is in hand, close everything; safe after a failed start.

        The channels close last: what is being sent needs its connection. What comes in until then is stored
        and answered after the next start.
        """
        if self._metronome is not None:
            self._metronome.stop()
        self.intake.stop()
        self.fetcher.stop()
        for dispatcher in self.dispatchers.values():
            dispatcher.stop()
        await self._finish(_FINISH_SECS)
        for channel in self.channels.values():
            await channel.stop()
        for task in self._tasks:
            task.cancel()
        await self._finish(_END_SECS)
        self.worker.close()

    async def _finish(self, patience_secs: float) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience_secs)

    async def step(self) -> list[str]:
        """Run the jobs whose time has come and wake the dispatchers; return what was done."""
        now = self.clock.now()
        done = [said for job in self.jobs for said in await self._run(job, now)]
        self.wake()
        return done

    async def _run(self, job: Job, now: datetime) -> list[str]:
        try:
            return await self.worker.run(partial(run_due, jobs=(job,), now=now))
        except Exception:
            # One job's odd data must stop neither the other jobs nor the start of the program.
            log.exception("the job %s failed; it is tried again at the next beat", job.name)
            return []

    async def settle(self) -> None:
        """Answer and deliver everything that is due now: what a simulated clock waits for."""
        await self.intake.drain()
        await self.fetcher.drain()
        for dispatcher in self.dispatchers.values():
            await dispatcher.deliver_due()

    def wake(self) -> None:
        """Tell every dispatcher that something may be waiting."""
        for dispatcher in self.dispatchers.values():
            dispatcher.wake()

    async def media(self, media_id: int) -> MediaFile | None:
        """Return the bytes of a stored file, or None when there are none."""
        found = await self.worker.run(lambda uow: uow.media.find(id=media_id))
        return await asyncio.to_thread(filing.read, self.media_folder, found[0]) if found else None

    async def faults(self) -> list[str]:
        """Return what is wrong with the running program, in short English codes; nothing when all is well."""
        return [
            f"{account}: token refused"
            for account, dispatcher in self.dispatchers.items()
            if dispatcher.stopped_by is not None
            or getattr(dispatcher.channel, "stopped_by", None) is not None
        ]

    def context(self, uow: UnitOfWork, now: datetime, account: str = "", inbox_id: int = 0) -> Context:
        """Return a use case's surroundings in which nobody in particular acts."""
        return Context(uow, now, self.office, None, account, inbox_id)

    def _mark_served(self, uow: UnitOfWork) -> None:
        # Whoever is on a channel that was switched off is written to elsewhere, or shown as out of reach;
        # the note tells them from those who blocked us, should the channel come back.
        for account in sorted({contact.account for contact in uow.contacts.find()}):
            served, note = account in self.channels, f"off:{account}"
            noted = uow.job_runs.count(job=note) > 0
            if served and noted:
                where = {"account": account, "state": ContactState.UNREACHABLE}
                uow.contacts.change_where(where, state=ContactState.ACTIVE)
                uow.job_runs.delete(job=note)
            elif not served and not noted:
                where = {"account": account, "state": ContactState.ACTIVE}
                uow.contacts.change_where(where, state=ContactState.UNREACHABLE)
                uow.job_runs.add(JobRun(note, self.clock.now(), ""))
                log.warning("nothing is sent on %s any more: it is not configured", account)

    def _answer(self, uow: UnitOfWork, row: InboxRow, now: datetime) -> Incoming | None:
        incoming = self.channels[row.account].parse(row.body, now)
        if incoming is not None:
            self.router.answer(self.context(uow, now, row.account, row.id), incoming)
        return incoming

    def _give_up(self, uow: UnitOfWork, row: InboxRow, now: datetime) -> None:
        with contextlib.suppress(UnparsableUpdate):
            incoming = self.channels[row.account].parse(row.body, now)
            if incoming is not None:
                alarms.apologise(self.context(uow, now, row.account, row.id), incoming)

    def _when_handled(self, row: InboxRow, incoming: Incoming | None) -> None:
        self.wake()
        if incoming is None:
            return
        self._spawn(self.channels[row.account].acknowledge(incoming))
        if incoming.attachments:
            self.fetcher.wake()

    def _when_gone(self, uow: UnitOfWork, row: OutboxRow, now: datetime) -> None:
        alarms.tell_staff_of_unreachable(self.context(uow, now, row.account), row.person_id)

    def _when_recorded(self) -> None:
        for channel in self.channels.values():
            ring = getattr(channel, "ring", None)
            if ring is not None:
                ring()

    def _keep(self, uow: UnitOfWork, row: Media, file: MediaFile, now: datetime) -> None:
        context = self.context(uow, now, row.account)
        keep_days = self.settings.media.keep_days
        kept = filing.keep(context, row, file, self.media_folder, keep_days)
        tell_what_is_in(context, kept, file, self.media_folder, keep_days)

    def _refuse(self, uow: UnitOfWork, row: Media, reason: str, now: datetime) -> None:
        uow.media.change(row.id, state=MediaState.REFUSED, error=reason)
        alarms.tell_of_refused_file(self.context(uow, now, row.account), row, reason)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def build(
    settings: Settings,
    clock: Clock,
    database: Database,
    channels: Sequence[Channel],
    *,
    bot_links: Mapping[str, str] | None = None,
    beat_secs: float = BEAT_SECS,
) -> App:
    """Return the program, not yet started. With `beat_secs` 0 nobody but the caller calls `step`.

    Raises ConfigProblems when the settings cannot work.
    """
    office = office_of(settings, clock.now(), bot_links)
    by_account = {channel.account: channel for channel in channels}
    return App(
        settings, office, clock, database, by_account, build_router(), jobs_of(settings, office), beat_secs
    )
