"""The columns of the units sheet and the words accepted in it; the words themselves stand in documents.po.

Each entry of the catalogue is a list between "|": the first word is what we write, all of them are read,
whatever their accents, case and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar

from domain.people import UnitKind, UnitLevel
from domain.plan import Indicator
from messages_vi.catalogue import _, mark
from messages_vi.folding import bare

E = TypeVar("E", bound=StrEnum)


class Column(StrEnum):
    """What a column of the units sheet holds, in the order of the template."""

    CODE = "code"
    NAME = "name"
    KIND = "kind"
    LEVEL = "level"
    GROUPS = "groups"
    SECTOR = "sector"
    WORKERS = "workers"
    MEMBERS = "members"
    CHAIR_NAME = "chair_name"
    CHAIR_ADDRESS = "chair_address"
    CHAIR_PHONE = "chair_phone"


class Address(StrEnum):
    """How a chair is addressed."""

    ANH = "anh"
    CHI = "chị"


_COLUMNS: Mapping[Column, str] = {
    Column.CODE: mark("words for column: unit code"),
    Column.NAME: mark("words for column: unit name"),
    Column.KIND: mark("words for column: kind of employer"),
    Column.LEVEL: mark("words for column: union or not"),
    Column.GROUPS: mark("words for column: groups"),
    Column.SECTOR: mark("words for column: sector"),
    Column.WORKERS: mark("words for column: workers"),
    Column.MEMBERS: mark("words for column: members"),
    Column.CHAIR_NAME: mark("words for column: chair's name"),
    Column.CHAIR_ADDRESS: mark("words for column: chair's form of address"),
    Column.CHAIR_PHONE: mark("words for column: chair's phone"),
}
_KINDS: Mapping[UnitKind, str] = {
    UnitKind.ENTERPRISE: mark("words for kind: enterprise"),
    UnitKind.SCHOOL: mark("words for kind: school"),
    UnitKind.HEALTH: mark("words for kind: health"),
    UnitKind.AGENCY: mark("words for kind: agency"),
    UnitKind.OTHER: mark("words for kind: other"),
}
_LEVELS: Mapping[UnitLevel, str] = {
    UnitLevel.GRASSROOTS: mark("words for level: grassroots union"),
    UnitLevel.PROSPECT: mark("words for level: no union yet"),
}
_ADDRESSES: Mapping[Address, str] = {
    Address.ANH: mark("words for address: brother"),
    Address.CHI: mark("words for address: sister"),
}


def fold(text: str) -> str:
    """Return `text` as it is compared: small letters without accents, single spaces, no punctuation."""
    return " ".join(re.findall(r"[^\W_]+", bare(text)))


def slug(name: str) -> str:
    """Return the code of a unit that was given none: cdcs-truong-tieu-hoc-cau-khoi."""
    return fold(name).replace(" ", "-")


def heading(column: Column) -> str:
    """Return the heading that the template writes for a column."""
    return _words(_COLUMNS[column])[0]


def share_heading(indicator: Indicator) -> str:
    """Return the heading of the column with a unit's share: Giao chỉ tiêu: đoàn viên mới."""
    return f"{_words(_SHARE)[0]}: {indicator.name}"


def column_of(text: str) -> Column | None:
    """Return the column that a heading names, with or without a remark in brackets."""
    known = _known(tuple(_COLUMNS.items()))
    return known.get(fold(text)) or known.get(fold(re.sub(r"\([^)]*\)", " ", text)))


def is_share(text: str) -> bool:
    """Tell whether a heading speaks of a unit's share of some target."""
    folded = fold(text)
    return any(folded.startswith(fold(word) + " ") for word in _words(_SHARE))


def share_of(text: str, indicators: Iterable[Indicator]) -> Indicator | None:
    """Return the indicator whose share a heading names, by its name or its code."""
    folded = fold(text)
    for word in map(fold, _words(_SHARE)):
        for indicator in indicators:
            if folded in (f"{word} {fold(indicator.name)}", f"{word} {fold(indicator.code)}"):
                return indicator
    return None


def kind_of(text: str) -> UnitKind | None:
    """Return the kind of employer that a word names."""
    return _known(tuple(_KINDS.items())).get(fold(text))


def level_of(text: str) -> UnitLevel | None:
    """Return whether a word means a grassroots union or a workplace without one."""
    return _known(tuple(_LEVELS.items())).get(fold(text))


def address_of(text: str) -> Address | None:
    """Return the form of address that a word names."""
    return _known(tuple(_ADDRESSES.items())).get(fold(text))


def choices(column: Column) -> tuple[str, ...]:
    """Return the words to choose from in a column, none for one that is free."""
    table: Mapping[Column, Iterable[str]] = {
        Column.KIND: _KINDS.values(),
        Column.LEVEL: _LEVELS.values(),
        Column.CHAIR_ADDRESS: _ADDRESSES.values(),
    }
    return tuple(_words(key)[0] for key in table.get(column, ()))


def example_word() -> str:
    """Return the word in front of an example row, which an import passes over."""
    return _words(_EXAMPLE)[0]


def is_example(text: str) -> bool:
    """Tell whether a cell marks its row as an example; accents count, for they are ours."""
    return text.casefold().startswith(tuple(word.casefold() for word in _words(_EXAMPLE)))


def is_total(text: str) -> bool:
    """Tell whether a cell begins the line of sums under a list."""
    return fold(text) in {fold(word) for word in _words(_TOTAL)}


_SHARE = mark("words for column: share of a target")
_EXAMPLE = mark("words for an example row")
_TOTAL = mark("words for a row of sums")


def _words(key: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in _(key).split("|"))


@cache
def _known(table: tuple[tuple[E, str], ...]) -> dict[str, E]:
    return {fold(word): value for value, key in table for word in _words(key)}
