"""Letters that a keyboard left unconverted: Telex ("keets nạp 8 ddoàn viên"), VNI ("ket61 na5p"), "k/n".

A word is converted only where it is no Vietnamese syllable as it stands and becomes one, and only in a line
that shows by several such words, or by one that cannot be anything else, that the keyboard was off.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
_WORD = re.compile(r"[^\W\d_]{2,}")
_WORD_OF_VNI = re.compile(r"(?<![\w.,/])[^\W\d_]+\d[^\W_]*")
_SLASHED = re.compile(
    r"(?<![\w/])(?:(k)/(n)|([đdngc])/(v)|(c)/(n)|([ltc])/(đ)|(đ)/(t)|(h)/(n))(?![\w/])", re.IGNORECASE
)


def converted(line: str) -> str:
    """Return the line as it would read had the keyboard been on; most lines come back as they are."""
    if "/" in line:
        line = _SLASHED.sub(lambda found: "".join(letter for letter in found.groups() if letter), line)
    if _is_off(line):
        line = _WORD.sub(lambda found: _telex(found[0]) or found[0], line)
    if sum(_vni(word) is not None and not word[-1].isdigit() for word in _WORD_OF_VNI.findall(line)) > 1:
        line = _WORD_OF_VNI.sub(lambda found: _vni(found[0]) or found[0], line)
    return line


def _is_off(line: str) -> bool:
    """Tell whether words show that Telex was not converted: one with a hat and a tone, or several."""
    hats = weak = 0
    for word in _WORD.findall(line):
        low = word.lower()
        if not low.isascii() and not low.startswith("dd"):
            continue
        done = _telex(low)
        if done is None:
            continue
        shaped = any(letter in _MARKED or letter == "đ" for letter in _without_tone(done))
        if shaped and (low.startswith("dd") or done != _without_tone(done)):
            return True
        hats += int(shaped)
        weak += 1
    return hats > 0 and weak > 1


@lru_cache(maxsize=4096)
def _telex(word: str) -> str | None:
    """Return the word that these keys make in Telex, None where they make none, or nothing new."""
    low = word.lower()
    if _SYLLABLE.fullmatch(_without_tone(low)):
        return None
    return _like(word, _made(low))


@lru_cache(maxsize=1024)
def _vni(word: str) -> str | None:
    return _like(word, _made("".join(_VNI.get(letter, letter) for letter in word.lower())))


def _like(word: str, made: str | None) -> str | None:
    if made is None or made == word.lower():
        return None
    if word.isupper():
        return made.upper()
    return made.capitalize() if word[0].isupper() else made


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
    bare = unicodedata.normalize("NFC", "".join(letters))
    found = _SYLLABLE.fullmatch(bare)
    return _toned(bare, found, tone) if found else None


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


def _toned(bare: str, found: re.Match[str], tone: str) -> str:
    """Return the syllable with its tone on the vowel that bears it, in the older place."""
    if not tone:
        return bare
    vowels, start = found["vowels"], found.start("vowels")
    marked = [at for at, letter in enumerate(vowels) if letter in _MARKED]
    if marked:
        spot = marked[-1]
    elif found["final"] or len(vowels) == 3:
        spot = 1 if len(vowels) == 3 else len(vowels) - 1
    else:
        spot = 0
    at = start + spot
    return unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


def _without_tone(word: str) -> str:
    parted = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(letter for letter in parted if letter not in _MARKS))
