"""What people want, known by the frame of a sentence: "cần … xuống gấp", "coi như … bỏ", "bấm đâu để …".

The frames are data, `messages_vi/vocabulary/patterns.toml`, in a small language of words: `|` stands between
words of which one is said (a `_` joins the words of one), `?` behind what may be missing, `..` for up to four
words of one clause, `~` for up to ten of one sentence, `!` before what does not follow, `<` before what does
not go before, `^` for the beginning and `$` for the end. Words are found with their accents or with none,
those behind a `=` only with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.language.normalise import lower
from bot.language.tokens import Token
from messages_vi import vocabulary
from messages_vi.folding import bare

_BEGINS = "(?<![^ ])"
_GAPS = {"..": "(?:(?![,.;:?!()\n] )[^ ]+ ){0,4}", "~": "(?:(?![.;?!\n] )[^ ]+ ){0,10}"}


def says(name: str, tokens: Sequence[Token]) -> bool:
    """Tell whether one of the frames of table `name` is found in the words of `tokens`."""
    return _table(name).search(" ".join(token.low for token in tokens) + " ") is not None


@cache
def _table(name: str) -> re.Pattern[str]:
    return re.compile(f"{_BEGINS}(?:" + "|".join(map(_frame, vocabulary.patterns()[name])) + ")")


def _frame(written: str) -> str:
    return "".join(_part(part) for part in written.split())


def _part(part: str) -> str:
    if part in _GAPS:
        return _GAPS[part]
    if part in "^$":
        return {"^": "^", "$": "$"}[part]
    if part[0] == "!":
        return f"(?!{_words(part[1:])} )"
    if part[0] == "<":
        return "".join(f"(?<!{_words(choice)} )" for choice in part[1:].split("|"))
    return f"(?:{_words(part[:-1])} )?" if part[-1] == "?" else f"{_words(part)} "


def _words(choices: str) -> str:
    """Return the expression for one of several words or phrases, each with its accents or with none."""
    found = []
    for choice in choices.split("|"):
        words = [lower(word) for word in choice.lstrip("=").split("_")]
        found.append(" ".join(re.escape(word) if choice[0] == "=" else _word(word) for word in words))
    return f"(?:{'|'.join(found)})"


def _word(word: str) -> str:
    plain = bare(word)
    return re.escape(word) if plain == word else f"(?:{re.escape(word)}|{re.escape(plain)})"
