"""Words that are accepted from people as a whole answer: yes, enough, drop it, nothing else."""

from __future__ import annotations

import re
from functools import cache

from bot.language.answers import fold
from messages_vi.vocabulary import answers

_SPLIT = re.compile(r"\w+")


def said(text: str, table: str) -> bool:
    """Tell whether a line says nothing but words of a table, beside words that mean nothing."""
    core = _core(text)
    return bool(core) and core in _words(table)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(_core(word) for word in answers()[table]) - {""}


def _core(text: str) -> str:
    """Return the words that carry meaning: "dạ đủ rồi nha chị" is du."""
    return " ".join(word for word in _SPLIT.findall(fold(text)) if word not in _skipped())


@cache
def _skipped() -> frozenset[str]:
    return frozenset(fold(word) for word in answers()["skip"])
