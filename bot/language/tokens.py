"""A tidy line cut into tokens that know where they stand: words, numbers, dates-to-be, noise and signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bot.language.normalise import lower
from bot.language.tags import Tag
from messages_vi.folding import bare

NO_TAGS: frozenset[Tag] = frozenset()


class Kind(StrEnum):
    """What a token is. Later steps turn words and numbers into dates, places and noise."""

    WORD = "word"
    NUMBER = "number"
    PAIR = "pair"  # 3/12, 12-4, 9.4: a day and month, a fraction or a range
    DATE = "date"  # a day, or a time that names no day (`on` is None)
    PLACE = "place"
    NOISE = "noise"  # a figure that counts nothing: money, an hour, a share, a telephone, a document
    SIGN = "sign"
    BREAK = "break"  # the end of a line


class Token(NamedTuple):
    """One piece of a line.

    `low` is in lower case with accents, `key` without. `value` is a number's value; of a pair it is the first
    number and `second` the other. `on` is a date's day, None for a time that names no day. `code` is set
    where the token names an indicator of the office's own plan.
    """

    text: str
    low: str
    key: str
    start: int
    end: int
    kind: Kind
    value: int | None = None
    second: int | None = None
    tags: frozenset[Tag] = NO_TAGS
    on: date | None = None
    code: str = ""

    def has(self, *tags: Tag) -> bool:
        """Tell whether the token carries one of `tags`."""
        return not self.tags.isdisjoint(tags)


_PATTERN = re.compile(
    r"""
    (?P<break>\n)
  | (?P<code>\d+(?:/\d{2,4})?/(?!c\b|C\b)[^\W\d_]{2,}(?:-[^\W\d_]+)*)
  | (?P<phone>(?:\+84|\b0)\d{9,10}\b|\b0\d{2,3}[ .-]\d{3}[ .-]\d{3,4}\b|\d{7,})
  | (?P<money>\d+(?:[.,]\d+){0,4}(?:(?:k|tr|củ|tỷ)\d*|đ|vnđ|vnd
      |\s?(?:(?:ngàn|nghìn|ngan|nghin)\s)?(?:triệu|trieu|tr|[đd][ồo]ng(?!\s(?:ch|ngh|b[àa]o|h))|tỷ|củ|vnđ|vnd))(?![^\W_]|/c))
  | (?P<clock>\d{1,2}[hg](?:\d{2})?(?![^\W_])|\b\d{1,2}:\d{2}\b(?!:)
      |\d{1,2}\s?gi[ờo](?:\s?(?:00|15|30|45|[0-5]?\d\s?ph[úu]t))?(?![^\W_]))
  | (?P<share>\d+(?:[.,]\d+)?\s?%|\d+\s(?:phần\străm|phan\stram)\b)
  | (?P<full>\d{1,2}([/.-])\d{1,2}\8(?:20\d\d|19\d\d|\d\d)(?!\d))
  | (?P<month>\d{1,2}[/-](?:20|19)\d\d(?!\d))
  | (?P<age>\b[1-9]\dt(?![^\W_]))
  | (?P<thousands>\d{1,3}(?:\.\d{3}){1,4}(?![\d.]))
  | (?P<pair>\d{1,4}[/.-]\d{1,4}(?![\d/]))
  | (?P<decimal>\d+[.,]\d+(?:[.,]\d+)*)
  | (?P<number>\d+)
  | (?P<word>(?-i:P\.\ ?[A-ZĐ]{2,4})(?![^\W_])
      |[đdĐD]/[cC](?![^\W_])|[kcđhKCĐH]\.(?-i:[a-zạàảáăâđêôơư])[^\W\d_]+|[^\W\d_]+)
  | (?P<sign>[!-~≥≤👩👧🚺♀👨👦🚹♂✅✔☑❌✖❎])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOISE = frozenset({"code", "phone", "money", "clock", "share", "month", "decimal", "age"})
_SPLIT_PAIR = re.compile(r"[/.-]")


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a tidy line, in order; their spans are offsets into it."""
    return [_token(found.lastgroup or "sign", found[0], found.start()) for found in _matches(text)]


def merged(tokens: list[Token], text: str, kind: Kind, tags: frozenset[Tag] = NO_TAGS) -> Token:
    """Return one token that spans `tokens`, as written in `text`."""
    start, end = tokens[0].start, tokens[-1].end
    if len(tokens) == 1:
        return tokens[0]._replace(kind=kind, tags=tags)
    low = " ".join(token.low for token in tokens)
    key = " ".join(token.key for token in tokens)
    return Token(text[start:end], low, key, start, end, kind, tags=tags)


def around(tokens: Sequence[Token], at: int, before: int, after: int) -> Sequence[Token]:
    """Return the tokens near `at` in its clause."""
    start, end = at, at + 1
    while start > 0 and at - start < before and tokens[start - 1].text not in (",", ".", ";", "\n"):
        start -= 1
    while end < len(tokens) and end - at <= after and tokens[end].text not in (",", ".", ";", "\n"):
        end += 1
    return tokens[start:end]


def _matches(text: str) -> list[re.Match[str]]:
    return list(_PATTERN.finditer(text))


def _token(group: str, text: str, start: int) -> Token:
    end = start + len(text)
    if group == "word":
        low = lower(text.replace(".", "").replace(" ", ""))  # "k.nạp" is knạp.
        return Token(text, low, bare(low), start, end, Kind.WORD)
    if group in ("number", "thousands"):
        return Token(text, text, text, start, end, Kind.NUMBER, int(text.replace(".", "")))
    if group in ("pair", "full"):
        return _pair(group, text, start)
    if group == "break":
        return Token(text, text, text, start, end, Kind.BREAK)
    low = text.lower()
    tags = frozenset({Tag(f"noise_{group}")}) if group in _NOISE else NO_TAGS
    return Token(text, low, bare(low), start, end, Kind.NOISE if group in _NOISE else Kind.SIGN, tags=tags)


def _pair(group: str, text: str, start: int) -> Token:
    parts = [int(part) for part in _SPLIT_PAIR.split(text)]
    tags = frozenset({Tag.FULL_DATE}) if group == "full" else NO_TAGS
    return Token(text, text, text, start, start + len(text), Kind.PAIR, parts[0], parts[1], tags)
