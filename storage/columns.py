"""Column types that give back exactly what a domain record holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, Integer, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field

from domain.messages import Choice


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment. SQLite keeps no zone, so UTC goes in and UTC is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime must never reach the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumText(TypeDecorator[Any]):
    """A member of a string enumeration, kept as its text: no ALTER TYPE when one is added."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__(20)
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(self.kind(value).value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.kind(value)


class EnumNumber(TypeDecorator[Any]):
    """A member of a numbered enumeration, kept as its number, so that it sorts."""

    impl = Integer
    cache_ok = True

    def __init__(self, kind: type[IntEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.kind(value)


class EnumTuple(TypeDecorator[Any]):
    """Several members of a string enumeration, comma-separated."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__(200)
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return ",".join(str(self.kind(member).value) for member in value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return tuple(self.kind(text) for text in value.split(",")) if value else ()


class TextTuple(TypeDecorator[tuple[str, ...]]):
    """A tuple of texts, kept as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        return json.dumps(list(value or ()), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(json.loads(value)) if value else ()


class JSONText(TypeDecorator[dict[str, Any]]):
    """A JSON object, kept as text: it is read back whole and never searched."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str:
        return json.dumps(value, ensure_ascii=False) if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any]:
        return json.loads(value) if value else {}


class Choices(TypeDecorator[tuple[Choice, ...]]):
    """The choices of a question, kept as JSON lists of label, action and whether a number chooses it.

    Rows from before choices could be without a number hold label and action only.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Choice, ...] | None, dialect: Dialect) -> str:
        if not value:
            return ""
        return json.dumps([[one.label, one.action, one.numbered] for one in value], ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Choice, ...]:
        return tuple(Choice(*fields) for fields in json.loads(value)) if value else ()


class DecimalText(TypeDecorator[Decimal]):
    """An exact decimal number, kept as text on both databases."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def kept(kind: TypeEngine[Any], *, nullable: bool = False) -> Any:
    """Return a SQLModel field whose column has one of the types of this module."""
    return Field(sa_column=Column(kind, nullable=nullable))
