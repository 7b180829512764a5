"""Words that are accepted from people as a whole answer: yes, enough, drop it, nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from bot.language.answers import fold
from bot.language.normalise import lower, tidy
from messages_vi.vocabulary import answers, phrases, spoken

_DIGITS = 6
_LONG, _SHARED_IN_LONG = 4, 2
_SHADES = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_LETTER_AND_DIGIT = re.compile(r"\b[a-z]\d\b")  # t3, q2, a5: a month, a quarter, a class
_COUNTING = ("digits", "after_ten", "tens", "scales", "links", "halves")
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


def bare_number(text: str) -> int | None:
    """Return the number of a line that says nothing else, beside words that mean nothing: "à 6 nha"."""
    core = _core(text)
    return int(core) if core.isascii() and core.isdigit() and len(core) <= _DIGITS else None


def denies(text: str) -> bool:
    """Tell whether an answer begins with a no: "dạ chưa, 20/4 mới làm"."""
    return _core(text).partition(" ")[0] in _words("no")


def is_unsure(text: str) -> bool:
    """Tell whether an answer says neither yes nor no: "chưa rõ nữa", "hổng biết"."""
    words = _core(text).split()
    return any(first in _words("no") and then in _words("unsure") for first, then in pairwise(words))


def is_denial(label: str) -> bool:
    """Tell whether a choice stands for a no: "Còn dự kiến, chưa ghi", "Không, hội nghị khác"."""
    return not _words("no").isdisjoint(_SPLIT.findall(fold(label)))


def is_thumb(text: str) -> bool:
    """Tell whether a line is nothing but a sign that says yes: 👍."""
    signs = [sign for sign in text if not sign.isspace() and sign not in _SHADES]
    return bool(signs) and all(sign in answers()["thumbs"] for sign in signs)


def is_about_number(text: str) -> bool:
    """Tell whether a line with a number says little else: "6 người nha em", but not "chờ em 5 phút"."""
    words = [word for word in _core(text).split() if not word.isdigit()]
    if _LETTER_AND_DIGIT.search(fold(text)):
        return False
    others = [word for word in words if word not in _single("beside_count") and word not in _numerals()]
    return len(others) <= 1 and _single("not_counted").isdisjoint(others)


def says(text: str, table: str) -> bool:
    """Tell whether a line holds words of a table, whatever stands around them."""
    line = f" {fold(text)} "
    return any(f" {fold(words)} " in line for words in answers()[table])


def withdraws(text: str) -> bool:
    """Tell whether a line takes back what was sent before: "bỏ tin hồi nãy", "xóa giúp em"."""
    line = f" {fold(text)} "
    dropping = [words for words in answers()["drop"] if len(words.split()) > 1]
    return any(f" {fold(words.lstrip('=^'))} " in line for words in (*phrases()["withdraw"], *dropping))


def meant_among(text: str, labels: Sequence[str]) -> int | None:
    """Return the position of the one label that shares most words with a free answer; None for none.

    A number in the answer must stand in the label, unless the label has none: "tháng 3" may mean "only the
    month", "đối thoại 10" never "9 cuộc đối thoại". In a longer answer one word alone may be chance.
    """
    told = set(_core(text).split())
    numbers = {word for word in told if word.isdigit()}
    shared: list[int] = []
    for label in labels:
        words = set(_core(label).split())
        has_numbers = any(word.isdigit() for word in words)
        fits = numbers <= words if has_numbers else True
        shared.append(len((told - numbers) & words - _other_words(text, label)) if fits else 0)
    most = max(shared, default=0)
    enough = most >= (_SHARED_IN_LONG if len(told) > _LONG else 1)
    return shared.index(most) if enough and shared.count(most) == 1 else None


def _other_words(text: str, label: str) -> set[str]:
    """Return the words, folded, that both have with different marks: "nội dung" is no "chỉ nói tháng"."""
    marked = {word for word in _SPLIT.findall(lower(tidy(text))) if word != fold(word)}
    of_label = set(_SPLIT.findall(lower(tidy(label))))
    return {fold(word) for word in marked - of_label}


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(_core(word) for word in answers()[table]) - {""}


def _core(text: str) -> str:
    """Return the words that carry meaning: "dạ đủ rồi nha chị" is du."""
    return " ".join(word for word in _SPLIT.findall(fold(text)) if word not in _skipped())


@cache
def _skipped() -> frozenset[str]:
    return frozenset(fold(word) for word in answers()["skip"])


@cache
def _single(table: str) -> frozenset[str]:
    return frozenset(fold(word) for word in answers()[table])


@cache
def _numerals() -> frozenset[str]:
    return frozenset(fold(word) for table in _COUNTING for word in spoken()[table])
