"""Units, the people who act for them, and how they are reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class UnitLevel(StrEnum):
    """Where a unit stands in the tree."""

    OFFICE = "office"  # công đoàn cấp trên trực tiếp cơ sở
    GRASSROOTS = "grassroots"  # công đoàn cơ sở (CĐCS)
    PROSPECT = "prospect"  # doanh nghiệp chưa có công đoàn


class UnitKind(StrEnum):
    """What a unit's employer is; it decides which indicators apply."""

    ENTERPRISE = "enterprise"  # doanh nghiệp
    SCHOOL = "school"  # trường học công lập
    HEALTH = "health"  # trạm y tế, bệnh viện công lập
    AGENCY = "agency"  # cơ quan hành chính
    OTHER = "other"


class Role(StrEnum):
    """What a person may do for a unit."""

    CHAIR = "chair"  # chủ tịch CĐCS
    DEPUTY = "deputy"  # phó chủ tịch CĐCS
    STAFF = "staff"  # cán bộ công đoàn cấp trên
    LEADER = "leader"  # lãnh đạo
    ADMIN = "admin"  # quản trị


OFFICE_ROLES = frozenset({Role.STAFF, Role.LEADER, Role.ADMIN})
UNIT_ROLES = frozenset({Role.CHAIR, Role.DEPUTY})


class ContactState(StrEnum):
    """Whether a contact can be written to."""

    ACTIVE = "active"
    UNREACHABLE = "unreachable"  # blocked the bot, or the account is gone
    LEFT = "left"  # replaced or withdrawn by the person


@dataclass(frozen=True, slots=True)
class Unit:
    """A node of the union tree (đơn vị): office, grassroots union, or enterprise without a union."""

    code: str
    name: str
    level: UnitLevel
    kind: UnitKind
    parent_id: int | None = None
    groups: tuple[str, ...] = ()
    sector: str = ""
    workers: int | None = None
    members: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by_id: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks with the bot (người dùng).

    `address` is how the bot addresses the person: "anh", "chị" or "" when not known.
    """

    name: str
    address: str = ""
    phone: str = ""
    preferred_account: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's role for a unit, with its first and last day (nhiệm vụ)."""

    person_id: int
    unit_id: int
    role: Role
    valid_from: date
    valid_to: date | None = None
    id: int = 0

    def holds_on(self, day: date) -> bool:
        """Tell whether the role is held on `day`, both ends included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Contact:
    """An address of a person: a channel account and a chat there (kênh liên lạc)."""

    person_id: int
    account: str
    chat_id: str
    state: ContactState
    created_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time code by which a stranger becomes a person (mã tham gia).

    With `person_id` the code adds a contact to that person instead (two channels, one person).
    """

    code: str
    unit_id: int | None
    role: Role | None
    person_name: str
    created_at: datetime
    expires_at: datetime
    person_id: int | None = None
    starts_on: date | None = None
    replaces_person_id: int | None = None
    used_at: datetime | None = None
    used_by_id: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class CodeAttempts:
    """Wrong codes typed in one chat, and until when further ones are not looked at."""

    account: str
    chat_id: str
    wrong: int
    blocked_until: datetime | None
    last_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Sender:
    """Who is talking: the person, the contact used and the roles held on that day, by unit."""

    person: Person
    contact: Contact
    roles: tuple[tuple[Unit, Role], ...]

    def has_any(self, wanted: frozenset[Role]) -> bool:
        """Tell whether one of the roles is held anywhere."""
        return any(role in wanted for _, role in self.roles)

    def units_as(self, wanted: frozenset[Role]) -> tuple[Unit, ...]:
        """Return the units where one of the roles is held, in the order of `roles`, each once."""
        return tuple(dict.fromkeys(unit for unit, role in self.roles if role in wanted))
