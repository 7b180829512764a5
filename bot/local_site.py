"""What the local page shows, read from the tables: the phones, their chats, and the demonstration's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from bot.app import App
from bot.channels.local import LocalChannel, read_body
from bot.web.ports import LocalSite, Phone, PhoneKind, PhoneMedia, PhoneMessage
from domain.messages import InboxRow, InboxState, Media, MediaState, OutboxRow, OutboxState
from domain.people import OFFICE_ROLES, Unit, UnitKind
from messages_vi.catalogue import Marked, _
from messages_vi.formats import local_date, moment
from scheduler.jobs import next_moment
from storage.unit_of_work import UnitOfWork

CHATS = ("may-1", "may-2", "may-3", "may-4")
_SHOWN = 400
_ON_THE_PAGE = (OutboxState.SENT,)
_FAR = timedelta(days=370)


@dataclass
class SimulatedClock:
    """The demonstration's business clock: it stands until it is moved, and only forward."""

    at: datetime

    def now(self) -> datetime:
        """Return where the clock stands."""
        return self.at


@dataclass(frozen=True)
class SteppedTime:
    """Moves the simulated clock from one due moment to the next, doing at each what falls due there."""

    app: App
    clock: SimulatedClock

    def now(self) -> datetime:
        """Return where the clock stands."""
        return self.clock.now()

    async def advance_to(self, moment: datetime) -> str:
        """Go to `moment`, stopping wherever something is due; return what was sent, in a Vietnamese line."""
        before = await self._last_message()
        while True:
            due = await self._next_due()
            if due is None or due > moment:
                break
            await self._stand_at(due)
        await self._stand_at(moment)
        return await self._said_since(before)

    async def advance_to_next_event(self) -> str:
        """Go to the next moment at which something is sent, at most a year on; return what it was."""
        before = await self._last_message()
        limit = self.now() + _FAR
        due = await self._next_due()
        while due is not None and due <= limit:
            await self._stand_at(due)
            if await self._last_message() > before:
                return await self._said_since(before)
            due = await self._next_due()
        return _("Nothing more is due within a year.")

    async def _stand_at(self, moment: datetime) -> None:
        self.clock.at = max(self.clock.at, moment)
        await self.app.step()
        await self.app.settle()
        await self.app.step()
        await self.app.settle()

    async def _next_due(self) -> datetime | None:
        return await self.app.worker.run(self._due)

    def _due(self, uow: UnitOfWork) -> datetime | None:
        now = self.now()
        moments = [next_moment(uow, self.app.jobs, now)]
        moments += [uow.queries.next_outbox_time(account, now) for account in self.app.channels]
        return min((moment for moment in moments if moment is not None), default=None)

    async def _last_message(self) -> int:
        rows = await self.app.worker.run(lambda uow: uow.outbox.find("-id", 1))
        return rows[0].id if rows else 0

    async def _said_since(self, last_id: int) -> Marked:
        rows = await self.app.worker.run(partial(_sent_after, last_id=last_id))
        when = moment(self.now(), local_date(self.now()))
        if not rows:
            return _("It is {moment}. Nothing was due.", moment=when)
        return _("It is {moment}. Messages sent: {count}.", moment=when, count=len(rows))


def local_site(
    app: App, channel: LocalChannel, clock: SimulatedClock | None, secret: str, chats: Sequence[str] = CHATS
) -> LocalSite:
    """Return everything the page needs, one phone for each chat; with a simulated clock it can be moved."""
    return LocalSite(
        door=channel,
        phones=lambda: app.worker.run(
            partial(_phones, chats=chats, day=app.office.calendar.local_date(app.clock.now()))
        ),
        history=lambda chat_id, after: app.worker.run(
            partial(_history, account=channel.account, chat_id=chat_id, after=after)
        ),
        media=app.media,
        clock=SteppedTime(app, clock) if clock is not None else None,
        secret=secret,
    )


def _sent_after(uow: UnitOfWork, *, last_id: int) -> list[OutboxRow]:
    newest = uow.outbox.find("-id", _SHOWN)
    return [row for row in newest if row.id > last_id and row.state is OutboxState.SENT]


def _phones(uow: UnitOfWork, *, chats: Sequence[str], day: date) -> Sequence[Phone]:
    return [_phone(uow, chat_id, day) for chat_id in chats]


def _phone(uow: UnitOfWork, chat_id: str, day: date) -> Phone:
    contact = uow.contacts.first(account="local", chat_id=chat_id)
    if contact is None:
        return Phone(chat_id, "", "", joined=False, kind=PhoneKind.PUBLIC)
    person = uow.people.get(contact.person_id)
    roles = uow.queries.roles_of(person.id, day)
    unit = roles[0][0] if roles else None
    office = bool(roles) and roles[0][1] in OFFICE_ROLES
    return Phone(chat_id, person.name, unit.name if unit else "", True, _kind(unit, office=office))


def _kind(unit: Unit | None, *, office: bool) -> PhoneKind:
    if office:
        return PhoneKind.OFFICE
    enterprise = unit is not None and unit.kind is UnitKind.ENTERPRISE
    return PhoneKind.ENTERPRISE if enterprise else PhoneKind.PUBLIC


def _history(uow: UnitOfWork, *, account: str, chat_id: str, after: int) -> Sequence[PhoneMessage]:
    received = uow.inbox.find("-id", _SHOWN, account=account, chat_id=chat_id)
    sent = uow.outbox.find("-id", _SHOWN, account=account, chat_id=chat_id, state=_ON_THE_PAGE)
    files = {media.file_id: media for media in uow.media.find("-id", _SHOWN, account=account)}
    messages = [_typed(row, files) for row in received] + [_said(uow, row) for row in sent]
    return sorted((one for one in messages if one.cursor > after), key=lambda one: one.cursor)


def _typed(row: InboxRow, files: dict[str, Media]) -> PhoneMessage:
    pushed = read_body(row.body)
    media = []
    for attachment in pushed.files:
        kept = files.get(attachment.file_id)
        stored = kept is not None and kept.state is MediaState.STORED
        media.append(
            PhoneMedia(kept.id if kept and stored else None, attachment.name, attachment.content_type)
        )
    state = "failed" if row.state is InboxState.FAILED else row.state.value
    return PhoneMessage(
        int(pushed.message_id), False, pushed.text, row.received_at, media=tuple(media), state=state
    )


def _said(uow: UnitOfWork, row: OutboxRow) -> PhoneMessage:
    media: tuple[PhoneMedia, ...] = ()
    if row.media_id is not None:
        kept = uow.media.get(row.media_id)
        media = (PhoneMedia(kept.id, kept.name, kept.content_type),)
    return PhoneMessage(
        int(row.message_id),
        True,
        row.text,
        row.sent_at or row.created_at,
        row.choices,
        media,
        row.doubtful,
        row.state.value,
    )
