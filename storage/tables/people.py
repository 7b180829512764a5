"""Tables of units, people, roles, contacts and invites."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.people import ContactState, Role, UnitKind, UnitLevel
from storage.columns import EnumText, TextTuple, UTCDateTime, kept


class UnitTable(SQLModel, table=True):
    """Rows of `domain.people.Unit`."""

    __tablename__ = "units"
    __table_args__ = (
        UniqueConstraint("code", name="uq_units"),
        Index("ix_units_parent_id", "parent_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=60)
    name: str = Field(max_length=300)
    level: UnitLevel = kept(EnumText(UnitLevel))
    kind: UnitKind = kept(EnumText(UnitKind))
    parent_id: int | None = Field(default=None, foreign_key="units.id")
    groups: tuple[str, ...] = kept(TextTuple())
    sector: str = kept(Text())
    workers: int | None = Field(default=None)
    members: int | None = Field(default=None)
    valid_from: date | None = Field(default=None)
    valid_to: date | None = Field(default=None)
    replaced_by_id: int | None = Field(default=None, foreign_key="units.id")


class PersonTable(SQLModel, table=True):
    """Rows of `domain.people.Person`."""

    __tablename__ = "people"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=300)
    address: str = kept(Text())
    phone: str = kept(Text())
    preferred_account: str = kept(Text())


class MembershipTable(SQLModel, table=True):
    """Rows of `domain.people.Membership`."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index("ix_memberships_person_id", "person_id"),
        Index("ix_memberships_unit_id", "unit_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id")
    unit_id: int = Field(foreign_key="units.id")
    role: Role = kept(EnumText(Role))
    valid_from: date
    valid_to: date | None = Field(default=None)


class ContactTable(SQLModel, table=True):
    """Rows of `domain.people.Contact`."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("account", "chat_id", name="uq_contacts"),
        Index("ix_contacts_person_id", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id")
    account: str = Field(max_length=60)
    chat_id: str = Field(max_length=80)
    state: ContactState = kept(EnumText(ContactState))
    created_at: datetime = kept(UTCDateTime())


class InviteTable(SQLModel, table=True):
    """Rows of `domain.people.Invite`."""

    __tablename__ = "invites"
    __table_args__ = (
        UniqueConstraint("code", name="uq_invites"),
        Index("ix_invites_unit_id", "unit_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=60)
    unit_id: int | None = Field(default=None, foreign_key="units.id")
    role: Role | None = kept(EnumText(Role), nullable=True)
    person_name: str = kept(Text())
    created_at: datetime = kept(UTCDateTime())
    expires_at: datetime = kept(UTCDateTime())
    person_id: int | None = Field(default=None, foreign_key="people.id")
    starts_on: date | None = Field(default=None)
    replaces_person_id: int | None = Field(default=None, foreign_key="people.id")
    used_at: datetime | None = kept(UTCDateTime(), nullable=True)
    used_by_id: int | None = Field(default=None, foreign_key="people.id")


class CodeAttemptsTable(SQLModel, table=True):
    """Rows of `domain.people.CodeAttempts`."""

    __tablename__ = "code_attempts"
    __table_args__ = (UniqueConstraint("account", "chat_id", name="uq_code_attempts"),)

    id: int | None = Field(default=None, primary_key=True)
    account: str = Field(max_length=60)
    chat_id: str = Field(max_length=80)
    wrong: int
    blocked_until: datetime | None = kept(UTCDateTime(), nullable=True)
    last_at: datetime = kept(UTCDateTime())
