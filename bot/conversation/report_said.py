"""Words that are accepted from people as a whole answer: yes, enough, drop it, nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.language.answers import fold
from messages_vi.vocabulary import answers, phrases

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


def withdraws(text: str) -> bool:
    """Tell whether a line takes back what was sent before: "bỏ tin hồi nãy", "xóa giúp em"."""
    line = f" {fold(text)} "
    return any(f" {fold(words.lstrip('=^'))} " in line for words in phrases()["withdraw"])


def meant_among(text: str, labels: Sequence[str]) -> int | None:
    """Return the position of the one label that shares most words with a free answer; None for none.

    A number in the answer must stand in the label, unless the label has none: "tháng 3" may mean "only the
    month", "đối thoại 10" never "9 cuộc đối thoại".
    """
    told = set(_core(text).split())
    numbers = {word for word in told if word.isdigit()}
    shared: list[int] = []
    for label in labels:
        words = set(_core(label).split())
        has_numbers = any(word.isdigit() for word in words)
        fits = numbers <= words if has_numbers else True
        shared.append(len((told - numbers) & words) if fits else 0)
    most = max(shared, default=0)
    return shared.index(most) if most and shared.count(most) == 1 else None


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(_core(word) for word in answers()[table]) - {""}


def _core(text: str) -> str:
    """Return the words that carry meaning: "dạ đủ rồi nha chị" is du."""
    return " ".join(word for word in _SPLIT.findall(fold(text)) if word not in _skipped())


@cache
def _skipped() -> frozenset[str]:
    return frozenset(fold(word) for word in answers()["skip"])
