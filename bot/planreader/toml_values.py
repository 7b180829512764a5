"""Values out of a parsed TOML text, each checked, each fault with the line that it stands on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.errors import InputError
from messages_vi.catalogue import _

_HEADER = re.compile(r"\s*\[\[?\s*(?P<name>[\w-]+)\s*\]?\]")
_EARLIEST, _LATEST = date(1990, 1, 1), date(2199, 12, 31)


class Table:
    """One table of a TOML text: the top one, or the `index`-th of an array of tables.

    Every reader raises InputError `toml-fault` with `name`, `line` and `reason`, a Vietnamese sentence.
    """

    def __init__(
        self, values: Mapping[str, Any], source: str, name: str, array: str = "", index: int = 0
    ) -> None:
        self._values = values
        self._source = source
        self._name = name
        self._array = array
        self._index = index

    def fault(self, key: str, reason: str) -> InputError:
        """Return the fault of a key, to be raised."""
        return InputError("toml-fault", name=self._name, line=self._line(key), reason=str(reason))

    def known(self, *keys: str) -> None:
        """Refuse a key that is none of `keys`, naming the nearest of them or, where none is near, all."""
        for key in self._values:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1)
                if near:
                    raise self.fault(
                        key, _("The key {key} is not known; did you mean {near}?", key=key, near=near[0])
                    )
                raise self.fault(
                    key, _("The key {key} is not known; known are {keys}.", key=key, keys=", ".join(keys))
                )

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a string, "" where it is missing and not `required`."""
        value = self._typed(key, str, required=required)
        if required and not value.strip():
            raise self.fault(key, _("{key} is empty.", key=key))
        return value or ""

    def optional_text(self, key: str) -> str | None:
        """Return a string, or None where the key is missing."""
        return self.text(key) if key in self._values else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings, empty where it is missing."""
        values = self._typed(key, list) or []
        if not all(isinstance(value, str) for value in values):
            raise self.fault(key, _("{key} is a list of texts between quotes.", key=key))
        return tuple(values)

    def day(self, key: str) -> date | None:
        """Return a date, None where it is missing."""
        value = self._typed(key, date)
        if value is not None and (isinstance(value, datetime) or not _EARLIEST <= value <= _LATEST):
            raise self._wrong(key, date)
        return value

    def whole(self, key: str, least: int, most: int) -> int:
        """Return a whole number between `least` and `most`."""
        value = self._typed(key, int, required=True)
        if isinstance(value, bool) or not least <= value <= most:
            raise self.fault(
                key, _("{key} is a whole number from {least} to {most}.", key=key, least=least, most=most)
            )
        return int(value)

    def number(self, key: str) -> Decimal:
        """Return a number, nought or more."""
        value = self._typed(key, (int, Decimal), required=True)
        if isinstance(value, bool) or not Decimal(value).is_finite() or value < 0:
            raise self._wrong(key, Decimal)
        return Decimal(value)

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false, `default` where it is missing."""
        value = self._typed(key, bool)
        return default if value is None else bool(value)

    def tables(self, key: str) -> list[Table]:
        """Return the tables of an array, empty where it is missing."""
        values = self._typed(key, list) or []
        if not all(isinstance(value, dict) for value in values):
            raise self.fault(key, _("{key} is written as [[{key}]].", key=key))
        return [Table(value, self._source, self._name, key, index) for index, value in enumerate(values)]

    def _typed(self, key: str, kind: type | tuple[type, ...], *, required: bool = False) -> Any:
        value = self._values.get(key)
        if value is None and required:
            raise self.fault(key, _("{key} is missing.", key=key))
        if value is not None and not isinstance(value, kind):
            raise self._wrong(key, kind if isinstance(kind, type) else Decimal)
        return value

    def _wrong(self, key: str, kind: type) -> InputError:
        reasons = {
            str: _("{key} is a text between quotes.", key=key),
            list: _("{key} is a list between square brackets.", key=key),
            date: _("{key} is a date such as 2024-03-31.", key=key),
            bool: _("{key} is true or false.", key=key),
        }
        return self.fault(key, reasons.get(kind, _("{key} is a number, nought or more.", key=key)))

    def _line(self, key: str) -> int:
        """Return the line of `key`, else that of its table's header, else 1."""
        lines = self._source.split("\n")
        first, last = self._lines_of_table(lines)
        shape = re.compile(rf"\s*(?:\[\[?\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\]]")
        at_top = range(first, last) if self._array else range(len(lines))
        return next((number + 1 for number in at_top if shape.match(lines[number])), max(first, 1))

    def _lines_of_table(self, lines: list[str]) -> tuple[int, int]:
        headers = [number for number, line in enumerate(lines) if _HEADER.match(line)]
        own = [number for number in headers if self._is_own(lines[number])]
        if not self._array or self._index >= len(own):
            return 0, headers[0] if headers and not self._array else len(lines)
        first = own[self._index]
        return first + 1, next((number for number in headers if number > first), len(lines))

    def _is_own(self, line: str) -> bool:
        found = _HEADER.match(line)
        return found is not None and found["name"] == self._array
