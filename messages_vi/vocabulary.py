"""The words accepted from people, read from `messages_vi/vocabulary/*.toml`: data that staff can add to."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent / "vocabulary"
_VARIANT = re.compile(r"\{(\w+)\}")


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """Return the phrases of each table, variants written out; the "=" and "^" in front of them stay."""
    variants: dict[str, list[str]] = _tables("variants")
    return MappingProxyType(
        {
            name: tuple(written for phrase in listed for written in _expand(phrase, variants))
            for name, listed in _tables("phrases").items()
        }
    )


@cache
def commands() -> Mapping[str, tuple[str, ...]]:
    """Return the typed words of each command."""
    return MappingProxyType({name: tuple(words) for name, words in _tables("commands").items()})


@cache
def answers() -> Mapping[str, tuple[str, ...]]:
    """Return the words of short answers: yes, no, nil, labels that mean yes or no, words to skip."""
    return MappingProxyType({name: tuple(words) for name, words in _tables("answers").items()})


@cache
def spoken() -> Mapping[str, Mapping[str, int]]:
    """Return the tables of number words: word with accents to value."""
    return MappingProxyType({name: dict(words) for name, words in _tables("spoken").items()})


@cache
def patterns() -> Mapping[str, tuple[str, ...]]:
    """Return the frames of each table by which it is known what people want, see `bot.language.patterns`."""
    return MappingProxyType({name: tuple(frames) for name, frames in _tables("patterns").items()})


@cache
def _documents() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml")))


def _tables(section: str) -> dict[str, Any]:
    """Return one section's tables of all files; a table that stands in two files is a mistake."""
    found: dict[str, Any] = {}
    for document in _documents():
        for name, words in document.get(section, {}).items():
            if name in found:
                raise ValueError(f"vocabulary table {name!r} stands twice")
            found[name] = words
    return found


def _expand(phrase: str, variants: Mapping[str, list[str]]) -> Iterator[str]:
    parts = _VARIANT.split(phrase)
    choices = [variants[part] if index % 2 else [part] for index, part in enumerate(parts)]
    return ("".join(chosen) for chosen in itertools.product(*choices))
