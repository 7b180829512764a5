"""Short answers inside a dialogue: a choice, yes or no, a number, a day, nothing, a command."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from bot.language.dates import find_dates
from bot.language.marking import mark
from bot.language.normalise import fold, lower, tidy
from bot.language.numerals import read_numeral
from bot.language.tokens import Kind, Token, tokenise
from bot.language.uncountable import mark_uncountable
from messages_vi import vocabulary

__all__ = ["chosen", "command", "count_in", "date_in", "fold", "is_nil", "numbers_in"]

_SHORT = 60  # Longer texts are no answers to a numbered question.
_NUMBERED = re.compile(r"^(?:so |chon |muc |cau )?([0-9]{1,2}) ?[.):]?$")
_SLASH = re.compile(r"^/([^\s@/]+)(?:@\S+)?(?:\s+(.*))?$", re.DOTALL)
_EDGES = " .,!?:;()[]\"'*-~"


def chosen(text: str, labels: Sequence[str]) -> int | None:
    """Return the position of the choice that a typed answer means, or None.

    The answer may be its number ("1", "1.", "số 1", "một"), its label with or without accents, a beginning
    that only one label has, or a yes or no where the first label says yes or one label says no.
    """
    answer = _plain(text)
    if not answer or len(answer) > _SHORT:
        return None
    number = _chosen_number(answer)
    if number is not None:
        return number - 1 if 1 <= number <= len(labels) else None
    folded = [_plain(label) for label in labels]
    if answer in folded:
        return folded.index(answer)
    return _said(answer, folded, labels)


def is_nil(text: str) -> bool:
    """Tell whether a short answer says that there is nothing: không phát sinh, k có gì, 0."""
    answer = _plain(text)
    words = _table("nil")
    if answer in words or _without_skipped(answer) in words:
        return True
    if len(answer) > _SHORT or any(letter in "123456789" for letter in answer):
        return False
    return any("nil" in token.tags for token in mark(tokenise(tidy(text)), tidy(text)))


def count_in(text: str) -> int | None:
    """Return the one whole number of a short answer, in digits or words; None if there is none or several.

    Dots between thousands are read the Vietnamese way: "1.250" is 1250. A fraction is no count.
    """
    line = tidy(text)
    tokens = mark_uncountable(tokenise(line))
    if any(token.kind is Kind.PAIR for token in tokens):
        tokens = _without_days(line)
    if any(token.kind in (Kind.PAIR, Kind.NOISE) for token in tokens):
        return None
    found = _numbers(tokens)
    return found[0] if len(found) == 1 else None


def numbers_in(text: str) -> tuple[int, ...]:
    """Return the whole numbers of a text in order: "xong 3, 5 va 7" gives 3, 5, 7."""
    return tuple(_numbers(tokenise(tidy(text))))


def date_in(text: str, today: date) -> date | None:
    """Return the one day that a text names, absolutely or relative to `today`; None if none or several."""
    line = tidy(text)
    days = {token.on for token in find_dates(mark(tokenise(line), line), line, today) if token.on is not None}
    if len(days) == 1:
        return days.pop()
    return _bare_day(line, today) if not days else None


def command(text: str) -> tuple[str, str] | None:
    """Return the command that a text is, and its argument; None when it is none.

    "/tiendo@MyBot quý 2" gives ("tiendo", "quý 2"). Without a slash the whole text must be a command word:
    "tiến độ", "bao cao". An unknown command with a slash is no command.
    """
    line = tidy(text)
    slashed = _SLASH.match(line)
    if slashed is None:
        name = _command_words().get(_plain(line)) if len(line) <= _SHORT else None
        return (name, "") if name else None
    first, rest = slashed[1], (slashed[2] or "").strip()
    name = _command_words().get(_plain(first))
    if name is not None:
        return name, rest
    return _spaced_command(f"{first} {rest}")


def _spaced_command(line: str) -> tuple[str, str] | None:
    """Return a command written in two words behind its slash: "/tiến độ quý 2"."""
    words = line.split()
    for length in (3, 2):
        name = _command_words().get(_plain(" ".join(words[:length])))
        if name is not None and len(words) >= length:
            return name, " ".join(words[length:])
    return None


def _chosen_number(answer: str) -> int | None:
    digits = _NUMBERED.match(answer)
    if digits is not None:
        return int(digits[1])
    words = _without_skipped(answer).removeprefix("so ").removeprefix("chon ")
    tokens = tokenise(words)
    if tokens and tokens[0].kind is Kind.NUMBER and len(tokens) == 1:
        return tokens[0].value
    numeral = read_numeral(tokens, 0) if tokens and tokens[0].kind is Kind.WORD else None
    return numeral.value if numeral is not None and numeral.length == len(tokens) else None


def _said(answer: str, folded: Sequence[str], labels: Sequence[str]) -> int | None:
    """Return the choice that yes or no stands for, or the only label that begins with the answer."""
    core = _without_skipped(answer)
    if labels and (answer in _table("yes") or core in _table("yes")) and _begins(labels[0], "yes_labels"):
        return 0
    if answer in _table("no") or core in _table("no"):
        denying = [at for at, label in enumerate(labels) if _begins(label, "no_labels")]
        return denying[0] if len(denying) == 1 else None
    begun = [f"{label.replace(',', '')} ".startswith(f"{core} ") for label in folded]
    fitting = [at for at, fits in enumerate(begun) if fits and len(core) >= 2]
    return fitting[0] if len(fitting) == 1 else None


def _begins(label: str, table: str) -> bool:
    """Tell whether a label begins with a word of the table; its accents count: "Bổ sung" is not "bỏ"."""
    words = [lower(word) for word in tidy(label).replace(",", " ").split()]
    return any(
        words[: len(start)] == start for start in (word.split() for word in vocabulary.answers()[table])
    )


def _numbers(tokens: Sequence[Token]) -> list[int]:
    found: list[int] = []
    at = 0
    while at < len(tokens):
        numeral = read_numeral(tokens, at)
        if numeral is not None:
            found.append(numeral.value)
            at += numeral.length
            continue
        value = tokens[at].value if tokens[at].kind is Kind.NUMBER else None
        if value is not None:
            found.append(value)
        at += 1
    return found


def _without_days(line: str) -> list[Token]:
    """Return the tokens without the days: of "5 ngày 20/9/2024" only 5. Any `today` finds the same words."""
    tokens = find_dates(mark(tokenise(line), line), line, date.max)
    return mark_uncountable([token for token in tokens if token.kind is not Kind.DATE])


def _bare_day(line: str, today: date) -> date | None:
    """Return the day of an answer that is only its number: "ngày" was in the question."""
    tokens = tokenise(line)
    if len(tokens) != 1 or tokens[0].kind is not Kind.NUMBER or not 1 <= (tokens[0].value or 0) <= 31:
        return None
    return date_in(f"ngày {tokens[0].value}", today)


def _plain(text: str) -> str:
    return fold(text).strip(_EDGES)


def _without_skipped(answer: str) -> str:
    words = answer.replace(",", " ").split()
    skipped = _table("skip")
    while len(words) > 1 and words[-1] in skipped:
        words.pop()
    while len(words) > 1 and words[0] in skipped:
        words.pop(0)
    return " ".join(words)


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in vocabulary.answers()[name])


@cache
def _command_words() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, words in vocabulary.commands().items():
        for word in (name, *words):
            found[fold(word)] = name
            found[fold(word).replace(" ", "")] = name
    return found
