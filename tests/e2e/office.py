"""The office of the story: its plan and units brought in, its people's codes, and what its database holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.app import office_of
from bot.config import Settings
from bot.documents.units_sheet import read_units
from bot.planreader.reader import read_plan
from bot.services.context import Context
from bot.services.invites import create_invite, live_invites, show_code
from bot.services.plans import store_plan
from bot.services.setup import prepare
from bot.services.units import ensure_office
from bot.services.units_import import apply
from domain.ledger import Report, SubmissionState
from domain.messages import InboxState, OutboxState
from domain.people import Role
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.e2e.waiting import until

_EXAMPLES = Path(__file__).parents[2] / "examples"
_WAITING = (OutboxState.QUEUED, OutboxState.RETRY, OutboxState.SENDING)

CHAIRS = {"hoa": "HDPM", "lam": "MSD", "mai": "THCK", "dung": "GBT"}
"""The chairs of the story by unit: a cashew factory, a garment factory, a school, a furniture factory."""

OFFICE_PEOPLE = {"thu": (Role.STAFF, "chị Lê Thị Thu"), "binh": (Role.LEADER, "anh Hồ Văn Bình")}
EVERYBODY = (*CHAIRS, *OFFICE_PEOPLE)


@dataclass(frozen=True)
class Figure:
    """A row of the ledger as the story tells it."""

    unit: str
    indicator: str
    value: int
    state: str


@dataclass
class OfficeDatabase:
    """The database behind the program, filled as an office fills it before anybody joins."""

    database: Database
    codes: dict[str, str] = field(default_factory=dict)

    def fill(self, now: datetime) -> None:
        """Bring in the sample plan and the list of units, and make a code for everybody."""
        self.database.migrate()
        with self.database.begin() as uow:
            context = Context(uow, now, office_of(Settings(), now), None)
            prepare(context)
            store_plan(context, read_plan("ke-hoach-2024.toml", _example("ke-hoach-2024.toml")))
            apply(context, read_units("don-vi.csv", _example("don-vi.csv")).rows)
            self.codes = dict(_codes(context))

    def figures(self) -> Counter[Figure]:
        """Return every row of the ledger that says a number, and how often it stands there."""
        with self._open() as uow:
            units = {unit.id: unit.code for unit in uow.units.find()}
            return Counter(_figure(row, units) for row in uow.reports.find())

    def closed(self) -> set[str]:
        """Return the codes of the units that have closed the quarter."""
        with self._open() as uow:
            found = uow.submissions.find(state=SubmissionState.CLOSED)
            return {unit.code for unit in uow.units.find(id=[one.unit_id for one in found])}

    def await_quiet(self) -> None:
        """Return once everything that came in is answered and everything to be said now is said."""
        until(self._is_quiet, lambda: "something is still waiting in the inbox or the outbox")

    def await_beat(self, moment: datetime) -> None:
        """Return once the clock's jobs have looked at `moment` and what they queued is said."""
        until(lambda: self._looked_at() >= moment, lambda: "the clock's jobs have not run")
        self.await_quiet()

    def sent(self, chat_id: str) -> int:
        """Return how many messages to this chat are on record as sent."""
        with self._open() as uow:
            return uow.outbox.count(chat_id=chat_id, state=OutboxState.SENT)

    def _looked_at(self) -> datetime:
        with self._open() as uow:
            return max(run.at for run in uow.job_runs.find())

    def _is_quiet(self) -> bool:
        with self._open() as uow:
            return not (uow.inbox.count(state=InboxState.NEW) or uow.outbox.count(state=_WAITING))

    @contextmanager
    def _open(self) -> Iterator[UnitOfWork]:
        with self.database.begin() as uow:
            yield uow


def _codes(context: Context) -> Iterator[tuple[str, str]]:
    units = {unit.code: unit for unit in context.uow.units.find(code=list(CHAIRS.values()))}
    for who, code in CHAIRS.items():
        yield who, show_code(live_invites(context, units[code], Role.CHAIR)[0].code)
    office = ensure_office(context, context.office.name)
    for who, (role, name) in OFFICE_PEOPLE.items():
        yield who, show_code(create_invite(context, office, role, name).code)


def _figure(row: Report, units: dict[int, str]) -> Figure:
    return Figure(units[row.unit_id], row.indicator, row.value, row.state.value)


def _example(name: str) -> bytes:
    return (_EXAMPLES / name).read_bytes()
