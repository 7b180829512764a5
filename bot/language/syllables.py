"""Words of many meanings that are syllables of a name written small: "cty van phat", "cty sao mai"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.lexicon import Lexicon
from bot.language.namenumbers import CORE
from bot.language.tags import Tag
from bot.language.tokens import Kind, Token

_FIRST = frozenset(
    {
        "bao",
        "cat",
        "dat",
        "dien",
        "duong",
        "ha",
        "hop",
        "huy",
        "lam",
        "luc",
        "nhan",
        "phuong",
        "thang",
        "tra",
        "trung",
        "truong",
        "van",
        "giao",
        "dinh",
        "hung",
    }
)
_LAST = frozenset({"le", "lễ", "ky", "kỳ"})  # "xa huu le ket nap", "cang sa ky ket nap"
_LONGEST = 4
_STARS = frozenset(
    {"mai", "viet", "vang", "do", "bien", "xanh", "sang", "nam", "bac", "khue", "hom", "thuy", "kim"}
)
_CALLED = frozenset(
    {"a", "anh", "c", "chi", "e", "em", "co", "chu", "bac", "sep", "ad", "cung", "bot", "may"}
)
_CALLING = frozenset({"oi", "ui", "uii", "oii"})


def is_star(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "sao" begins Sao Mai or Sao Việt: a star, not a question."""
    return tokens[at].key == "sao" and at + 1 < len(tokens) and tokens[at + 1].key in _STARS


def ends_name(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether lễ or kỳ is the last syllable of a name, the verb of the report right behind it."""
    return tokens[at].low in _LAST and _reports_from(words, tokens, at + 1)


def short_name(words: Lexicon, tokens: Sequence[Token], at: int) -> int:
    """Return the length of a name like "van phat" in "cty van phat thanh lap cong doan", or 0.

    Its first word is one of many meanings; what stands between it and the verb of the report has none.
    """
    if tokens[at].low not in _FIRST:
        return 0
    end = at + 1
    while end < min(len(tokens), at + _LONGEST) and _is_unknown(words, tokens, end):
        end += 1
    return end - at if end > at + 1 and _reports_from(words, tokens, end) else 0


def _is_unknown(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].kind is Kind.WORD and words.match(tokens, at) is None


def _reports_from(words: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the verb or the event of a report begins at `at`."""
    match = words.match(tokens, at) if at < len(tokens) else None
    return match is not None and bool(match.tags & CORE) and Tag.FILLER not in match.tags


def is_called(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether somebody is called, "a oi" or "chị ơi": no name goes on over that."""
    return tokens[at].key in _CALLED and at + 1 < len(tokens) and tokens[at + 1].key in _CALLING
