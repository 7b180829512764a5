"""The words of `messages_vi/vocabulary/plan.toml`: read once, checked, folded, ready to be matched."""

from __future__ import annotations

import difflib
import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.planreader.words import compose, fold
from messages_vi.vocabulary import FOLDER

FILE = FOLDER / "plan.toml"
LISTS = frozenset(
    {
        *("time_labels", "lead_labels", "join_labels", "joined_by", "givers"),
        *("content_labels", "aside_labels"),
        *("plan_types", "other_types", "number_suffixes", "score_heads"),
        *("headings_skipped", "headings_firmly_skipped", "headings_targets", "headings_tasks"),
        *("headings_firmly_tasks", "column_time", "column_lead", "column_join", "column_task"),
        *("column_target", "column_unit", "column_goal", "column_result", "column_number", "column_aside"),
        "column_group",
        *("counted", "places_counted", "sessions_counted", "ceilings", "issuers", "issuer_places", "tet"),
        "issuer_levels",
    }
)
"""The lists that the reader asks for: each must stand in the file, and no other may."""
_VARIANT = re.compile(r"\{(\w*)\}")


class PlanWordsFault(ValueError):
    """Something is wrong in the file of words; the message names the file, the list and the word."""


def words(name: str) -> tuple[str, ...]:
    """Return the phrases of one list, accents as written, variants written out."""
    return _lists()[name]


def any_of(name: str) -> str:
    """Return a regular expression, on folded text, for any phrase of a list; longer ones come first."""
    folded = {fold(phrase) for phrase in words(name)}
    return "|".join(re.escape(phrase) for phrase in sorted(folded, key=lambda one: (-len(one), one)))


def read_words(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of a file of plan words.

    Raises: PlanWordsFault for a list that is missing or unknown, for one that holds no phrases, and for a
    phrase that is empty, stands twice or names an unknown variant.
    """
    try:
        tables = tomllib.loads(compose(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise PlanWordsFault(f"{path.name}: {error}") from error
    lists = dict(tables.get("plan", {}))
    variants = _checked(path, lists.pop("variants", {}), {})
    for name in lists:
        if name not in LISTS:
            near = difflib.get_close_matches(name, LISTS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise PlanWordsFault(f"{path.name}: the list {name!r} is not known{hint}")
    for name in sorted(LISTS - lists.keys()):
        raise PlanWordsFault(f"{path.name}: the list {name!r} is missing")
    return _checked(path, lists, variants)


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    return read_words(FILE)


def _checked(
    path: Path, lists: Mapping[str, Any], variants: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {name: tuple(_phrases(path, name, listed, variants)) for name, listed in lists.items()}


def _phrases(path: Path, name: str, listed: Any, variants: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    if not isinstance(listed, list) or not listed:
        raise PlanWordsFault(f"{path.name}: {name!r} must be a list of phrases between quotes")
    seen: set[str] = set()
    for phrase in listed:
        if not isinstance(phrase, str) or not phrase.strip():
            raise PlanWordsFault(f"{path.name}: {name!r} holds {phrase!r}, which is no phrase")
        if phrase in seen:
            raise PlanWordsFault(f"{path.name}: {phrase!r} stands twice in {name!r}")
        seen.add(phrase)
        yield from _written_out(path, name, phrase, variants)


def _written_out(
    path: Path, name: str, phrase: str, variants: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    parts = _VARIANT.split(phrase)
    for variant in parts[1::2]:
        if variant not in variants:
            raise PlanWordsFault(f"{path.name}: {phrase!r} in {name!r} names the unknown variant {variant!r}")
    choices = [variants[part] if index % 2 else (part,) for index, part in enumerate(parts)]
    return ("".join(chosen) for chosen in itertools.product(*choices))
