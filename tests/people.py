"""The same people everywhere, by role, in one small office on a database of its own.

The office's day is Monday 15/4/2024; periods of 2024 and the standing indicators are in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.services.context import Context, Office
from domain.calendar import WorkCalendar
from domain.marks import plain
from domain.messages import Choice, Incoming, IncomingKind, OutboxRow
from domain.people import Contact, ContactState, Membership, Person, Role, Unit, UnitKind, UnitLevel
from domain.periods import PeriodRule, periods_of_year
from messages_vi.indicators import STANDING
from storage.database import Database
from storage.unit_of_work import UnitOfWork

MONDAY = datetime(2024, 4, 15, 2, 0, tzinfo=UTC)  # 9:00 in Vietnam
OFFICE = Office(
    "Công đoàn phường An Hòa",
    WorkCalendar(ZoneInfo("Asia/Ho_Chi_Minh")),
    bot_links={"telegram": "https://t.me/an_hoa_bot?start="},
)
RULE = PeriodRule()


@dataclass
class House:
    """A migrated database with the usual people; ids by role name."""

    database: Database
    units: dict[str, Unit]
    people: dict[str, Person]
    office: Office = OFFICE

    @contextmanager
    def context(self, who: str | None = None, now: datetime = MONDAY, inbox_id: int = 0) -> Iterator[Context]:
        """Open a transaction in which `who` acts."""
        with self.database.begin() as uow:
            yield Context(uow, now, self.office, self.people[who] if who else None, "local", inbox_id)


def build_house(database: Database) -> House:
    """Fill an empty, migrated database with the office, four unions and everybody's contacts."""
    with database.begin() as uow:
        uow.indicators.add_all(STANDING)
        uow.periods.add_all(periods_of_year(2024, RULE))
        units = {row.code: uow.units.add(row) for row in _units()}
        office_id = units["van-phong"].id
        units = {code: _under(uow, unit, office_id) for code, unit in units.items()}
        people = {who: _person(uow, units, *row) for who, row in _PEOPLE.items()}
    return House(database, units, people)


_PEOPLE: dict[str, tuple[str, str, str, Role]] = {
    "chair": ("Nguyễn Thị Hoa", "chị", "dieu", Role.CHAIR),
    "deputy": ("Lê Văn Tám", "anh", "dieu", Role.DEPUTY),
    "other_chair": ("Trần Minh Đức", "anh", "may", Role.CHAIR),
    "teacher": ("Phạm Thị Lan", "chị", "truong", Role.CHAIR),
    "nurse": ("Võ Thị Sáu", "chị", "tram", Role.CHAIR),
    "staff": ("Đặng Thị Thu", "chị", "van-phong", Role.STAFF),
    "leader": ("Hồ Văn Bình", "anh", "van-phong", Role.LEADER),
    "admin": ("Ngô Quốc Việt", "anh", "van-phong", Role.ADMIN),
}
"""Who: name, address, unit code, role. The chat id of each is the key itself, on the account "local"."""


def _units() -> tuple[Unit, ...]:
    union = UnitLevel.GRASSROOTS
    return (
        Unit("van-phong", OFFICE.name, UnitLevel.OFFICE, UnitKind.AGENCY),
        Unit("dieu", "CĐCS Hạt điều Phước Minh", union, UnitKind.ENTERPRISE, groups=("xã A",), workers=120),
        Unit("may", "CĐCS May Suối Đá", union, UnitKind.ENTERPRISE, groups=("xã B",), workers=850),
        Unit("truong", "CĐCS Trường Tiểu học Cầu Khởi", union, UnitKind.SCHOOL, workers=32),
        Unit("tram", "CĐCS Trạm Y tế xã Lộc Ninh", union, UnitKind.HEALTH, workers=9),
    )


def _under(uow: UnitOfWork, unit: Unit, office_id: int) -> Unit:
    if unit.id == office_id:
        return unit
    uow.units.change(unit.id, parent_id=office_id)
    return replace(unit, parent_id=office_id)


def _person(
    uow: UnitOfWork, units: dict[str, Unit], name: str, address: str, code: str, role: Role
) -> Person:
    who = next(key for key, row in _PEOPLE.items() if row[0] == name)
    person = uow.people.add(Person(name, address))
    uow.memberships.add(Membership(person.id, units[code].id, role, date(2024, 1, 1)))
    uow.contacts.add(Contact(person.id, "local", who, ContactState.ACTIVE, MONDAY))
    return person


Answer = Callable[[Context, Incoming], None]


@dataclass
class Chat:
    """Chats with the bot through its router, without a messenger: what a person types and reads.

    `say("chair", "kết nạp 5")` returns the answers' plain texts; `tap("chair", "Đúng")` taps the button with
    that label under the latest question; `choices("chair")` are its labels.
    """

    house: House
    answer: Answer
    now: datetime = MONDAY
    account: str = "local"
    _count: int = 0

    def say(self, who: str, text: str, **more: object) -> list[str]:
        return self._send(who, IncomingKind.TEXT, text=text, **more)

    def tap(self, who: str, label: str) -> list[str]:
        action = next(choice.action for choice in self._open(who) if choice.label.startswith(label))
        return self._send(who, IncomingKind.CHOICE, text=label, action=action)

    def tap_action(self, who: str, action: str) -> list[str]:
        return self._send(who, IncomingKind.CHOICE, action=action)

    def choices(self, who: str) -> list[str]:
        return [choice.label for choice in self._open(who)]

    def heard(self, who: str) -> list[str]:
        """Everything queued for this person so far, plain, oldest first."""
        return [plain_text(row) for row in self._rows(who)]

    def _open(self, who: str) -> tuple[Choice, ...]:
        return next((row.choices for row in reversed(self._rows(who)) if row.choices), ())

    def _rows(self, who: str) -> list[OutboxRow]:
        with self.house.database.begin() as uow:
            return uow.outbox.find(account=self.account, chat_id=who)

    def _send(self, who: str, kind: IncomingKind, **more: object) -> list[str]:
        self._count += 1
        before = len(self._rows(who))
        incoming = Incoming(self.account, who, f"m{self._count}", self.now, kind, **more)  # type: ignore[arg-type]
        with self.house.database.begin() as uow:
            context = Context(uow, self.now, self.house.office, None, self.account, self._count)
            self.answer(context, incoming)
        return [plain_text(row) for row in self._rows(who)[before:]]


def plain_text(row: OutboxRow) -> str:
    """Return the text of a message as somebody reads it who sees no bold."""
    return plain(row.text)
