"""The questions that one table's equalities cannot ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.ledger import RunningTotal
from domain.messages import OutboxRow, OutboxState
from domain.people import Contact, ContactState, Membership, Role, Unit
from domain.totals import TotalChange, TotalKey
from storage.schema import table_of
from storage.table_access import COLUMNS, TableAccess

_MEMBERSHIPS = table_of(Membership)
_UNITS = table_of(Unit)
_CONTACTS = table_of(Contact)
_OUTBOX = table_of(OutboxRow)
_TOTALS = table_of(RunningTotal)

_WAITING = (OutboxState.QUEUED, OutboxState.RETRY)

_ROLES = (
    select(_UNITS, _MEMBERSHIPS.c.role.label("held_role"))
    .join(_MEMBERSHIPS, _MEMBERSHIPS.c.unit_id == _UNITS.c.id)
    .where(
        _MEMBERSHIPS.c.person_id == bindparam("person_id"),
        _MEMBERSHIPS.c.valid_from <= bindparam("day"),
        or_(_MEMBERSHIPS.c.valid_to.is_(None), _MEMBERSHIPS.c.valid_to >= bindparam("day")),
        or_(_UNITS.c.valid_to.is_(None), _UNITS.c.valid_to >= bindparam("day")),
    )
    .order_by(_MEMBERSHIPS.c.id)
)


class Queries:
    """Joins, claims and sums inside one transaction; records in, records out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._outbox = TableAccess(connection, OutboxRow, remember=False)

    def roles_of(self, person_id: int, day: date) -> tuple[tuple[Unit, Role], ...]:
        """Return the units and roles that a person holds on `day`, first given first."""
        rows = self._connection.execute(_ROLES, {"person_id": person_id, "day": day}).mappings()
        found = []
        for row in rows:
            values = dict(row)
            role = values.pop("held_role")
            found.append((Unit(**values), role))
        return tuple(found)

    def people_with_roles(
        self, roles: Sequence[Role], day: date, unit_id: int | None = None
    ) -> list[Membership]:
        """Return the memberships held on `day` with one of the roles, of one unit or of all, oldest first."""
        held = _MEMBERSHIPS.c
        statement = select(_MEMBERSHIPS).where(
            held.role.in_(list(roles)),
            held.valid_from <= day,
            or_(held.valid_to.is_(None), held.valid_to >= day),
        )
        if unit_id is not None:
            statement = statement.where(held.unit_id == unit_id)
        rows = self._connection.execute(statement.order_by(held.id)).mappings()
        return [Membership(**row) for row in rows]

    def active_contacts(self, person_ids: Sequence[int]) -> list[Contact]:
        """Return the contacts that can be written to, of these people, oldest first."""
        statement = (
            select(_CONTACTS)
            .where(_CONTACTS.c.person_id.in_(list(person_ids)), _CONTACTS.c.state == ContactState.ACTIVE)
            .order_by(_CONTACTS.c.id)
        )
        return [Contact(**row) for row in self._connection.execute(statement).mappings()]

    def move_total(self, change: TotalChange) -> None:
        """Add to one running total, creating it when it is not there yet."""
        postgres = self._connection.dialect.name == "postgresql"
        build: Any = postgresql.insert if postgres else sqlite.insert
        names = tuple(TotalKey.__slots__)
        values = {name: getattr(change.key, name) for name in names}
        statement = build(_TOTALS).values(**values, approved=change.approved, pending=change.pending)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=list(names),
                set_={
                    "approved": _TOTALS.c.approved + statement.excluded.approved,
                    "pending": _TOTALS.c.pending + statement.excluded.pending,
                },
            )
        )

    def claim_outbox(self, account: str, now: datetime, limit: int) -> list[OutboxRow]:
        """Mark due messages as being sent and return them, replies first, then oldest first.

        A chat gets at most one message in flight, its oldest of the highest priority, so that order holds.
        Whoever claims is the account's only dispatcher (see the lease), hence no row locks.
        """
        out = _OUTBOX.c
        earlier = _OUTBOX.alias("earlier")
        due_earlier = and_(earlier.c.state.in_(_WAITING), earlier.c.not_before <= now)
        blocked = exists().where(
            earlier.c.account == out.account,
            earlier.c.chat_id == out.chat_id,
            # Said once more of all three, so that a chat's long past is not searched.
            earlier.c.state.in_((OutboxState.SENDING, *_WAITING)),
            or_(
                earlier.c.state == OutboxState.SENDING,
                and_(due_earlier, earlier.c.priority < out.priority),
                and_(
                    or_(due_earlier, earlier.c.state == OutboxState.RETRY),
                    earlier.c.priority == out.priority,
                    earlier.c.id < out.id,
                ),
            ),
        )
        due = (
            select(out.id)
            .where(out.account == account, out.state.in_(_WAITING), out.not_before <= now, ~blocked)
            .order_by(out.priority, out.id)
            .limit(limit)
        )
        claimed = (
            update(_OUTBOX)
            # Said again of the row itself: it may be taken back while this waits for it (PostgreSQL).
            .where(out.id.in_(due.scalar_subquery()), out.state.in_(_WAITING))
            .values(state=OutboxState.SENDING, attempts=out.attempts + 1)
            .returning(*COLUMNS[OutboxRow])
        )
        rows = self._outbox.matching(claimed)
        return sorted(rows, key=lambda row: (row.priority, row.id))

    def expire_outbox(self, account: str, now: datetime) -> int:
        """Give up waiting messages that are past their use; return how many."""
        out = _OUTBOX.c
        late = (
            update(_OUTBOX)
            .where(out.account == account, out.state.in_(_WAITING), out.valid_until < now)
            .values(state=OutboxState.EXPIRED)
        )
        return self._connection.execute(late).rowcount

    def next_outbox_time(self, account: str, after: datetime) -> datetime | None:
        """Return when the next waiting message that is not yet due becomes due, or None."""
        statement = select(func.min(_OUTBOX.c.not_before)).where(
            _OUTBOX.c.account == account, _OUTBOX.c.state.in_(_WAITING), _OUTBOX.c.not_before > after
        )
        found: datetime | None = self._connection.execute(statement).scalar()
        return found

    def outbox_counts(self, broadcast_id: int) -> dict[OutboxState, int]:
        """Return how many messages of a broadcast stand in each state."""
        statement = (
            select(_OUTBOX.c.state, func.count())
            .where(_OUTBOX.c.broadcast_id == broadcast_id)
            .group_by(_OUTBOX.c.state)
        )
        return {state: count for state, count in self._connection.execute(statement)}
