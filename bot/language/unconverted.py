"""Letters that a keyboard left unconverted: Telex ("keets nạp 8 ddoàn viên"), VNI ("ket61 na5p"), "k/n".

A word is converted only where it is no Vietnamese syllable as it stands and becomes one, and only in a line
that shows by several such words, or by one that cannot be anything else, that the keyboard was off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from bot.language.normalise import lower
from bot.language.tokens import Kind, Token, merged
from messages_vi.folding import bare

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_MARKS = frozenset(_TONES.values())
_VNI = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j", "6": "^", "7": "w", "8": "w", "9": "d"}
_VOWELS = frozenset("aăâeêioôơuưy")
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_MARKED = "ơâêôăư"
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    "(?P<vowels>uyên?|iêu|yêu|uôi|ươi|ươu|oai|oay|oao|uây|uya|uyu|[aâ][uy]|a[io]|eo|êu|i[aêu]|o[aăei]|ôi|ơi"
    "|u[aâêiôyơ]|ư[aiơu]|yê|[aăâeêioôơuưy])(?P<final>ch|ng|nh|[cmnpt])?"
)
_SHORTEST = 2
_FEWEST = 2  # So many words with a digit inside show that VNI was not converted.
_SLASHED = frozenset(["k/n", "đ/v", "d/v", "n/v", "c/n", "g/v", "l/đ", "l/d", "t/đ", "c/đ", "đ/t", "h/n"])


def mend_letters(tokens: Sequence[Token], text: str) -> list[Token]:
    """Return the tokens read as if the keyboard had been on; what they span stays as it was written."""
    words = [token.low for token in tokens if token.kind is Kind.WORD]
    if _is_off(words):
        tokens = [
            _read_as(token, _telex(token.low)) if token.kind is Kind.WORD else token for token in tokens
        ]
    glued = any(
        one.end == two.start and one.kind is Kind.WORD and (two.text == "/" or two.kind is Kind.NUMBER)
        for one, two in pairwise(tokens)
    )
    return _mend_runs(tokens, text) if glued else list(tokens)


def _mend_runs(tokens: Sequence[Token], text: str) -> list[Token]:
    """Join "k/n" and, where at least two are plainly of VNI, words with digits inside."""
    runs = _runs(tokens)
    read = [_vni("".join(token.low for token in run)) if len(run) > 1 else None for run in runs]
    inside = sum(run[-1].kind is Kind.WORD and bool(word) for run, word in zip(runs, read, strict=True))
    mended: list[Token] = []
    for run, word in zip(runs, read, strict=True):
        joined = "".join(token.low for token in run)
        if joined in _SLASHED:
            word = joined.replace("/", "")
        elif inside < _FEWEST:
            word = None
        if word is None:
            mended += run
        else:
            mended.append(_read_as(merged(run, text, Kind.WORD), word))
    return mended


def _runs(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the tokens in runs of a word with what is glued to it: digits, letters, a slash and a word."""
    runs: list[list[Token]] = []
    for at, token in enumerate(tokens):
        glued = bool(runs) and runs[-1][-1].end == token.start and runs[-1][0].kind is Kind.WORD
        slash = token.text == "/" and at + 1 < len(tokens) and tokens[at + 1].kind is Kind.WORD
        if glued and (token.kind in (Kind.WORD, Kind.NUMBER) or slash):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _read_as(token: Token, word: str | None) -> Token:
    if word is None:
        return token
    low = lower(word)
    return token._replace(low=low, key=bare(low))


def _is_off(words: Sequence[str]) -> bool:
    """Tell whether words show that Telex was not converted: one with a hat and a tone, or several."""
    hats = weak = toned = 0
    for word in words:
        done = _telex(word) if word.isascii() or word.startswith("dd") else None
        if done is None:
            continue
        plain = _without_tone(done)
        shaped = any(letter in _MARKED or letter == "đ" for letter in plain)
        if shaped and (word.startswith("dd") or done != plain):
            return True
        hats += int(shaped)
        weak += 1
        toned += int(done != plain)
    return hats > 0 and toned > 0 and weak > 1


@lru_cache(maxsize=4096)
def _telex(word: str) -> str | None:
    """Return the word that these keys make in Telex, None where they make none, or nothing new."""
    if len(word) < _SHORTEST or _SYLLABLE.fullmatch(_without_tone(word)):
        return None
    made = _made(word)
    return None if made == word else made


@lru_cache(maxsize=1024)
def _vni(word: str) -> str | None:
    return _made("".join(_VNI.get(letter, letter) for letter in word))


def _made(keys: str) -> str | None:
    """Return the syllable that the keys make, letter by letter."""
    letters: list[str] = []
    tone = ""
    for key in unicodedata.normalize("NFD", keys):
        vowels = [at for at, letter in enumerate(letters) if letter in _VOWELS]
        if key in _MARKS:
            tone = key
        elif key in _TONES and vowels:
            if tone == _TONES[key]:  # The key typed twice takes the tone back: it is a letter.
                return None
            tone = _TONES[key]
        elif key == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif not _shape(letters, vowels, key):
            letters.append(key)
    toneless = unicodedata.normalize("NFC", "".join(letters))
    found = _SYLLABLE.fullmatch(toneless)
    return _toned(toneless, found, tone) if found else None


def _shape(letters: list[str], vowels: list[int], key: str) -> bool:
    """Give the vowel before it the hat or the horn that a key stands for; False where it is a letter."""
    if key == "w" and vowels:
        spots = [at for at in vowels if letters[at] in _HORNS]
        spots = spots[-2:] if "".join(letters[at] for at in spots[-2:]) == "uo" else spots[-1:]
        for at in spots:
            letters[at] = _HORNS[letters[at]]
        return bool(spots)
    spots = [at for at in vowels if letters[at] in _HATS and key in (letters[at], "^")]
    if key in "aeo^" and spots:
        letters[spots[-1]] = _HATS[letters[spots[-1]]]
        return True
    return False


def _toned(toneless: str, found: re.Match[str], tone: str) -> str:
    """Return the syllable with its tone on the vowel that bears it, in the older place."""
    if not tone:
        return toneless
    vowels, start = found["vowels"], found.start("vowels")
    marked = [at for at, letter in enumerate(vowels) if letter in _MARKED]
    if marked:
        spot = marked[-1]
    elif found["final"] or len(vowels) == 3:
        spot = 1 if len(vowels) == 3 else len(vowels) - 1
    else:
        spot = 0
    at = start + spot
    return unicodedata.normalize("NFC", toneless[: at + 1] + tone + toneless[at + 1 :])


def _without_tone(word: str) -> str:
    parted = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(letter for letter in parted if letter not in _MARKS))
