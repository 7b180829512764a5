"""How a single value of config.toml is read: each setting names its default, its check and what is expected.

The functions below stand where a dataclass default stands. A check returns the value in our type and raises
ValueError when it does not fit; `expected` is then said to the person, as a key of the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from messages_vi.catalogue import mark

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RULE = "rule"
T = TypeVar("T")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Rule:
    """How one setting is read, and what is said when its value does not fit."""

    read: Callable[[object], object]
    expected: str
    values: Mapping[str, object]
    shown: bool = True


def rule_of(setting: Field[Any]) -> Rule | None:
    """Return the rule of a setting, or None for one that config.toml may not carry (a secret)."""
    rule = setting.metadata.get(_RULE)
    return rule if isinstance(rule, Rule) else None


def secret() -> Any:
    """Declare a value that comes from the environment only and never shows in a repr."""
    return field(default=None, repr=False)


def text(default: str, *, longest: int = 200, shortest: int = 0) -> Any:
    """Declare one line of text of `shortest` to `longest` characters, without space around it."""

    def read(value: object) -> str:
        line = _only(str, value).strip()
        return _require(line, shortest <= len(line) <= longest and line.isprintable())

    return _setting(
        default,
        read,
        mark("one line of text between quotes, {low} to {high} characters"),
        low=shortest,
        high=longest,
    )


def whole(default: int | None, low: int, high: int) -> Any:
    """Declare a whole number from `low` to `high`."""
    return _setting(
        default,
        lambda value: _whole(value, low, high),
        mark("a whole number from {low} to {high}"),
        low=low,
        high=high,
    )


def one_of(default: str, *options: str) -> Any:
    """Declare one of a few words."""

    def read(value: object) -> str:
        return _require(_only(str, value), value in options)

    return _setting(default, read, mark("one of: {options}"), options=_quoted(options))


def some_of(default: tuple[str, ...], options: tuple[str, ...]) -> Any:
    """Declare a list of one or more different words out of `options`, kept in the order of `options`."""

    def read(value: object) -> tuple[str, ...]:
        words = [_only(str, word) for word in _only(list, value)]
        _require(words, bool(words) and len(set(words)) == len(words) and set(words) <= set(options))
        return tuple(word for word in options if word in words)

    return _setting(default, read, mark("a list of some of: {options}"), options=_quoted(options))


def clock(default: str) -> Any:
    """Declare a time of day, written "08:30"."""
    return _setting(_clock(default), _clock, mark('a time of day such as "08:30"'))


def windows(default: tuple[tuple[time, time], ...]) -> Any:
    """Declare spans of a day, each with its begin before its end, in order and without overlap."""

    def read(value: object) -> tuple[tuple[time, time], ...]:
        spans = tuple(_span(pair) for pair in _only(list, value))
        edges = [edge for span in spans for edge in span]
        return _require(spans, bool(spans) and all(a < b for a, b in pairwise(edges)))

    return _setting(
        default, read, mark('pairs of times in order, without overlap, such as [["08:00", "11:00"]]')
    )


def ladder(default: tuple[int, ...]) -> Any:
    """Declare days relative to a deadline: -7 is a week before it, 0 the day itself, 3 three days after.

    Their order is left to `problems`, which explains it with the other doubts about reminders.
    """

    def read(value: object) -> tuple[int, ...]:
        return tuple(_whole(item, -90, 90) for item in _only(list, value))

    return _setting(default, read, mark("a list of whole numbers from -90 to 90, such as [-7, -3, 0, 1]"))


def dates(default: tuple[date, ...] = ()) -> Any:
    """Declare a list of days, each once, written "2026-11-24" with or without quotes."""

    def read(value: object) -> tuple[date, ...]:
        return tuple(sorted({_day(item) for item in _only(list, value)}))

    return _setting(default, read, mark('a list of days such as ["2026-11-24"]'))


def zone(default: str) -> Any:
    """Declare the name of a time zone."""

    def read(value: object) -> str:
        name = _only(str, value)
        try:
            return ZoneInfo(name).key
        except (OSError, ValueError, LookupError) as error:
            raise ValueError(name) from error

    return _setting(default, read, mark('the name of a time zone such as "Asia/Ho_Chi_Minh"'))


def country(default: str) -> Any:
    """Declare a country by its two capital letters; whether its holidays are known is checked later."""

    def read(value: object) -> str:
        return _require(_only(str, value), re.fullmatch("[A-Z]{2}", str(value)) is not None)

    return _setting(default, read, mark('a country by two capital letters, such as "VN"'))


def address(default: str, *schemes: str, optional: bool = False, shown: bool = True) -> Any:
    """Declare a network address that begins with one of `schemes` and carries no password."""

    def read(value: object) -> str:
        return read_address(_only(str, value), schemes, optional=optional)

    declared = mark("an address that begins with {schemes} and holds no password")
    return _setting(default, read, declared, shown, schemes=_quoted(f"{scheme}://" for scheme in schemes))


def read_address(value: str, schemes: tuple[str, ...], *, optional: bool, secret_ok: bool = False) -> str:
    """Return the address `value`; raises ValueError when it does not fit."""
    if optional and not value:
        return value
    parts = urlsplit(value)
    known = "://" in value and parts.scheme in schemes and not re.search(r"\s", value)
    return _require(value, known and (secret_ok or parts.password is None))


def _setting(
    default: object,
    read: Callable[[object], object],
    expected: str,
    shown: bool = True,
    /,
    **values: object,
) -> Any:
    return field(default=default, repr=shown, metadata={_RULE: Rule(read, expected, values, shown)})


def _quoted(words: Any) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _require(value: T, holds: bool) -> T:
    if not holds:
        raise ValueError(value)
    return value


def _only(kind: type[T], value: object) -> T:
    if not isinstance(value, kind):
        raise ValueError(value)
    return value


def _whole(value: object, low: int, high: int) -> int:
    # In Python `true` is a number; in a settings file it is a mistake.
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(value)
    return value


def _clock(value: object) -> time:
    if isinstance(value, time):
        return _require(value, not value.second and not value.microsecond)
    found = _CLOCK.fullmatch(_only(str, value))
    if found is None:
        raise ValueError(value)
    return time(int(found[1]), int(found[2]))


def _span(value: object) -> tuple[time, time]:
    begin, end = (_clock(item) for item in _only(list, value))
    return begin, end


def _day(value: object) -> date:
    if isinstance(value, datetime):
        raise ValueError(value)
    return value if isinstance(value, date) else date.fromisoformat(_only(str, value))
