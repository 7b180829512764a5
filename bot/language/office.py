"""The lexicon of one office: the built-in words, its own, and those of its plans' indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bot.language.lexicon import Extra, Lexicon, extended, lexicon
from bot.language.normalise import lower, tidy
from bot.language.tags import Tag
from bot.language.tokens import tokenise
from domain.plan import Indicator
from messages_vi.indicators import COLLECTED, STANDING
from messages_vi.office_words import IndicatorWords, OfficeWords

Words = tuple[str, ...]
_STANDING = frozenset(one.code for one in (*STANDING, *COLLECTED))  # The built-in words name these.
_WORD = re.compile(r"[^\W\d_]+")
# Behind these words a name says for whom, where and how, not what is counted.
_ENDS = frozenset({"cho", "của", "tại", "ở", "với", "trong", "trên", "để", "theo", "về", "từ", "do", "đến"})
_SMALL = frozenset({"ít", "nhất", "đạt", "các", "và", "có", "được", "mỗi", "năm", "phấn", "đấu"})
_THINGS = frozenset({Tag.THING, Tag.TRADE, Tag.STOP, Tag.ASIDE, Tag.LABEL})
_LONGEST_NAME = 4
_KEYS = 2


@lru_cache(maxsize=4)
def office_lexicon(indicators: tuple[Indicator, ...], words: OfficeWords) -> Lexicon:
    """Return the lexicon for an office with these indicators; built once for the same ones.

    Without words or indicators of its own it is the built-in one.
    """
    own = tuple(one for one in indicators if one.code not in _STANDING)
    if not own and not words.phrases:
        return lexicon()
    given = {one.code: one for one in words.indicators}
    return extended([_extra(one, given.get(one.code)) for one in own], dict(words.phrases))


def _extra(indicator: Indicator, given: IndicatorWords | None) -> Extra:
    """Return the words of an indicator: those that the office wrote and those that its name gives."""
    derived = derive(indicator)
    if given is None:
        return derived
    phrases, units = ([_split(written) for written in listed] for listed in (given.words, given.units))
    return Extra(
        indicator.code, _once(*phrases, *derived.phrases), _once(*units, *derived.units), derived.keys
    )


def derive(indicator: Indicator) -> Extra:
    """Return what the name and the unit word of an indicator give: "tặng quà", "suất" name 32 suất quà.

    A unit that counts persons, firms or events says nothing about which indicator is meant: there the
    office has to write the words.
    """
    unit = _split(indicator.unit_word)
    if not unit or not _is_thing(unit):
        return Extra(indicator.code, ())
    name = tuple(_content(indicator.name))
    keys = tuple(word for word in name if word not in unit)[:_KEYS]
    phrases = [name] if 1 < len(name) <= _LONGEST_NAME else []
    if len(name) == _KEYS == len(keys) and len(unit) == 1:
        phrases.append((*unit, name[1]))  # "suất quà"
    if len(unit) > 1 and name[: len(unit)] == unit:
        phrases.append(unit)  # "góc đọc sách công nhân" is counted in góc đọc.
    units = _once(unit, unit[:1] if _is_thing(unit[:1]) else unit)
    return Extra(indicator.code, _once(*(one for one in phrases if _is_own(one))), units, keys)


def _content(name: str) -> Iterator[str]:
    for word in _WORD.findall(tidy(name)):
        low = lower(word)
        if low in _ENDS:
            return
        if low not in _SMALL:
            yield low


def _split(written: str) -> Words:
    return tuple(lower(word) for word in _WORD.findall(tidy(written)))


def _is_thing(unit: Words) -> bool:
    """Tell whether the unit counts what no other indicator counts."""
    match = lexicon().match(tokenise(" ".join(unit)), 0)
    whole = match is not None and match.length == len(unit)
    return match is None or not whole or match.tags <= _THINGS or Tag.THING in match.tags


def _is_own(phrase: Words) -> bool:
    """Tell whether the built-in vocabulary gives the phrase no meaning beyond other news."""
    match = lexicon().match(tokenise(" ".join(phrase)), 0)
    return match is None or match.length < len(phrase) or match.tags <= _THINGS


def _once(*phrases: Words) -> tuple[Words, ...]:
    found: Mapping[Words, None] = dict.fromkeys(phrase for phrase in phrases if phrase)
    return tuple(found)
