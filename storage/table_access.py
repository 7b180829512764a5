"""One table, spoken to in frozen domain records: insert, find, change, count.

Statements are built once for each shape of a call and kept: building one costs more than running it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Delete,
    Executable,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from domain.errors import NotFound
from storage.schema import TABLES, table_of

R = TypeVar("R")
COLUMNS: dict[type[Any], tuple[Column[Any], ...]] = {
    record: tuple(table_of(record).c[field.name] for field in dataclasses.fields(record)) for record in TABLES
}
"""The columns of each record's table in the order of the record's own fields."""
_IN_TABLE = {table_of(record): columns for record, columns in COLUMNS.items()}
_NAMES = {record: [one.name for one in columns if one.name != "id"] for record, columns in COLUMNS.items()}
_MANY = (tuple, list, set, frozenset)
_PREFIX = "where_"


class TableAccess(Generic[R]):
    """Rows of one table as records of type `R`, inside one transaction.

    Conditions are equalities by column name; a tuple, list or set means "one of", None means "is null".
    """

    def __init__(self, connection: Connection, record: type[R], *, remember: bool = True) -> None:
        """With `remember` the same question in the same transaction is put to the database once.

        That holds as long as every write goes through this object; tables that `Queries` writes to as well
        are opened without it.
        """
        self._connection = connection
        self._record = record
        self._table = table_of(record)
        self._known: dict[Hashable, list[R]] | None = {} if remember else None

    def add(self, record: R) -> R:
        """Insert `record` and return it with its id. Raises StorageError when a unique key is taken."""
        self._forget()
        new_id = self._connection.execute(_insert(self._table), _values(record)).scalar_one()
        return dataclasses.replace(record, id=new_id)  # type: ignore[type-var]

    def add_all(self, records: Iterable[R]) -> None:
        """Insert several records at once; their ids are not asked for."""
        rows = [_values(record) for record in records]
        if rows:
            self._forget()
            self._connection.execute(insert(self._table), rows)

    def add_new(self, record: R, *unique: str) -> R | None:
        """Insert `record` unless the `unique` columns are taken; return it with its id, or None."""
        self._forget()
        dialect = self._connection.dialect.name
        new_id = self._connection.execute(_insert_new(self._table, dialect, unique), _values(record)).scalar()
        return None if new_id is None else dataclasses.replace(record, id=new_id)  # type: ignore[type-var]

    def get(self, record_id: int) -> R:
        """Return the record with that id. Raises NotFound."""
        found = self.first(id=record_id)
        if found is None:
            raise NotFound(self._table.name, record_id)
        return found

    def first(self, order: str = "id", **where: Any) -> R | None:
        """Return the first matching record in `order`, or None."""
        rows = self.find(order, 1, **where)
        return rows[0] if rows else None

    def find(self, order: str = "id", limit: int | None = None, **where: Any) -> list[R]:
        """Return the matching records; `order` is a column, with "-" before it for the last first."""
        if self._known is None:
            return self._found(order, limit, where)
        question = (order, limit, *((name, _frozen(value)) for name, value in where.items()))
        if question not in self._known:
            self._known[question] = self._found(order, limit, where)
        return list(self._known[question])

    def count(self, **where: Any) -> int:
        """Return how many records match."""
        found = self._connection.execute(_count(self._table, _shape(where)), _bound(where))
        return int(found.scalar_one())

    def change(self, record_id: int, **values: Any) -> None:
        """Set columns of one record. Raises NotFound when it does not exist."""
        if not self.change_where({"id": record_id}, **values):
            raise NotFound(self._table.name, record_id)

    def change_where(self, where: Mapping[str, Any], **values: Any) -> int:
        """Set columns of the matching records and return how many there were: a claim when it says 1."""
        self._forget()
        statement = _update(self._table, _shape(where), tuple(values))
        return self._connection.execute(statement, _bound(where) | values).rowcount

    def delete(self, **where: Any) -> int:
        """Remove the matching records and return how many there were."""
        self._forget()
        return self._connection.execute(_delete(self._table, _shape(where)), _bound(where)).rowcount

    def matching(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> list[R]:
        """Return the records that a statement of storage yields; it must select the record's `COLUMNS`."""
        return [self._record(*row) for row in self._connection.execute(statement, parameters)]

    def _found(self, order: str, limit: int | None, where: Mapping[str, Any]) -> list[R]:
        statement = _select(self._table, _shape(where), order, limit)
        return [self._record(*row) for row in self._connection.execute(statement, _bound(where))]

    def _forget(self) -> None:
        if self._known:
            self._known.clear()


Shape = tuple[tuple[str, str], ...]


def _values(record: object) -> dict[str, Any]:
    return {name: getattr(record, name) for name in _NAMES[type(record)]}


def _frozen(value: Any) -> Hashable:
    frozen: Hashable = tuple(value) if isinstance(value, _MANY) else value
    return frozen


def _shape(where: Mapping[str, Any]) -> Shape:
    return tuple((name, _kind(value)) for name, value in where.items())


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    return "many" if isinstance(value, _MANY) else "one"


def _bound(where: Mapping[str, Any]) -> dict[str, Any]:
    return {
        _PREFIX + name: list(value) if isinstance(value, _MANY) else value
        for name, value in where.items()
        if value is not None
    }


def _condition(table: Table, name: str, kind: str) -> ColumnElement[bool]:
    column = table.c[name]
    if kind == "null":
        return column.is_(None)
    if kind == "many":
        return column.in_(bindparam(_PREFIX + name, expanding=True))
    return column == bindparam(_PREFIX + name)


def _conditions(table: Table, shape: Shape) -> list[ColumnElement[bool]]:
    return [_condition(table, name, kind) for name, kind in shape]


@cache
def _insert(table: Table) -> Executable:
    return insert(table).returning(table.c.id)


@cache
def _insert_new(table: Table, dialect: str, unique: tuple[str, ...]) -> Executable:
    # Both dialects spell it alike, and neither spelling is in the common core.
    build = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return build(table).on_conflict_do_nothing(index_elements=list(unique)).returning(table.c.id)


@lru_cache(maxsize=512)
def _select(table: Table, shape: Shape, order: str, limit: int | None) -> Select[Any]:
    column = table.c[order.lstrip("-")]
    ordering = column.desc() if order.startswith("-") else column.asc()
    found = select(*_IN_TABLE[table]).where(*_conditions(table, shape))
    return found.order_by(ordering, table.c.id).limit(limit)


@lru_cache(maxsize=512)
def _count(table: Table, shape: Shape) -> Select[Any]:
    return select(func.count()).select_from(table).where(*_conditions(table, shape))


@lru_cache(maxsize=512)
def _update(table: Table, shape: Shape, names: tuple[str, ...]) -> Update:
    values = {name: bindparam(name, type_=table.c[name].type) for name in names}
    return update(table).where(*_conditions(table, shape)).values(values)


@lru_cache(maxsize=512)
def _delete(table: Table, shape: Shape) -> Delete:
    return delete(table).where(*_conditions(table, shape))
