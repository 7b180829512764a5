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


def is_receipt(text: str) -> bool:
    """Tell whether a line only says that something was read: "dạ", "ok em", "đã nhận rồi nha", a thumb."""
    words = _SPLIT.findall(fold(text))
    if not words:
        return "?" not in text
    receipt = frozenset(fold(word) for word in answers()["receipt"])
    return not receipt.isdisjoint(words) and all(word in receipt or word in _skipped() for word in words)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(_core(word) for word in answers()[table]) - {""}


def _core(text: str) -> str:
    """Return the words that carry meaning: "dạ đủ rồi nha chị" is du."""
    return " ".join(word for word in _SPLIT.findall(fold(text)) if word not in _skipped())


@cache
def _skipped() -> frozenset[str]:
    return frozenset(fold(word) for word in answers()["skip"])
