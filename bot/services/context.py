"""What every use case is given: the open transaction, the moment, who acts, and the office's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.calendar import WorkCalendar
from domain.ledger import AuditEntry
from domain.people import Person
from domain.periods import PeriodRule
from messages_vi.office_words import OfficeWords
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Office:
    """The office's own facts and rules, read once from the configuration.

    `bot_links` gives the address that opens a bot with a code in it, by channel account: the code follows
    directly. `max_count` is the largest figure that is believed without asking where the number of workers
    is not known. `words` are the office's own, beside those of the program.
    """

    name: str
    calendar: WorkCalendar
    period_rule: PeriodRule = field(default_factory=PeriodRule)
    approves_at_once: bool = False
    invite_valid: timedelta = timedelta(days=30)
    wrong_codes_before_pause: int = 5
    code_pause: timedelta = timedelta(minutes=15)
    dialogue_valid: timedelta = timedelta(hours=24)
    broadcast_valid: timedelta = timedelta(days=3)
    max_count: int = 500
    max_file_bytes: int = 20 * 2**20
    bot_links: Mapping[str, str] = field(default_factory=dict)
    words: OfficeWords = field(default_factory=OfficeWords)


@dataclass(frozen=True, slots=True)
class Context:
    """One use case's surroundings. `person` acts (None: the command line or the clock); `inbox_id` is the
    message that caused it, 0 for none."""

    uow: UnitOfWork
    now: datetime
    office: Office
    person: Person | None = None
    account: str = ""
    inbox_id: int = 0

    @property
    def today(self) -> date:
        """The civil day in the office's zone."""
        return self.office.calendar.local_date(self.now)

    @property
    def person_id(self) -> int | None:
        """The id of who acts, or None."""
        return self.person.id if self.person is not None else None

    def audit(self, action: str, record: str, record_id: int, detail: str = "") -> None:
        """Note who did what to which record; `detail` holds figures and codes, never personal values."""
        self.uow.audit.add(
            AuditEntry(self.now, self.person_id, action, record, record_id, self.account, detail)
        )
