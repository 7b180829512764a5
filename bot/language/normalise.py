"""The door for every incoming line: one Unicode form, plain signs, single spaces.

Phones send decomposed letters, zero-width joiners, curly quotes and keycap emoji; after `tidy` the other
steps see none of them. `fold` goes further and drops case and accents, for comparing.
"""

from __future__ import annotations

import re
import unicodedata

from messages_vi.folding import bare

MAX_LENGTH = 4096  # The longest message that any messenger lets through.

_FOREIGN = frozenset(
    {"file", "files", "form", "fb", "facebook", "fax", "full", "free", "fanpage", "format", "fix"}
)
_SIGNS = str.maketrans(
    "“”„‘’–—−\u2011：，；（）＋？！…→⇒•●▪◦\r\u2028\u2029Ðð／",
    '"""\'\'----:,;()+?!.>>----\n\n\nĐđ/',
)
_FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"[^\S\n]+")
_TABS = re.compile(r"(?<=\S) ?(\t+) ?(?=\S)")
_LINES = re.compile(r" ?\n[ \n]*")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_NO_VOWEL = "\\Wbcdđghklmnpqrstvx"
_DOUBLED = re.compile(f"([aiuy]|(?<=[^{_NO_VOWEL}])[cghkmnpt]|(?<=[^{_NO_VOWEL}][nc])[gh])\\1$")
_UNSTRETCHED = frozenset(
    {"iii", "iiii", "cccd"}
)  # Quarter III and the identity card have no stretched letter.
_NEW_TONE = re.compile("(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])$")
_OLD_TONE = {
    new: old
    for new, old in zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
}


def tidy(text: str) -> str:
    """Return `text` in NFC with plain signs and single spaces; line breaks stay, empty lines do not.

    Letters, their case and their accents are kept as written. At most `MAX_LENGTH` characters are kept.
    """
    text = unicodedata.normalize("NFC", text[:MAX_LENGTH])
    text = _KEYCAP.sub(r"\1. ", text).translate(_FULL_WIDTH_DIGITS)
    if text.count("\t") > 1:  # Cells pasted out of a sheet; a lone tab is a space.
        text = _TABS.sub(lambda found: " |" * len(found[1]) + " ", text)
    text = _INVISIBLE.sub("", text).translate(_SIGNS)
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, đ as d, with single spaces."""
    return bare(" ".join(tidy(text).split()))


def lower(word: str) -> str:
    """Return one word in lower case, stretched letters shortened, the tone mark in its older place.

    "Nhaaa" is nha, "hoà" and "hòa" are both hòa, so that words can be compared with their accents.
    """
    low = word.lower()
    if len(low) > 2 and low not in _UNSTRETCHED:
        low = _REPEATED.sub(r"\1", low)
    if len(low) > 3 and low[-1] == low[-2]:
        low = _DOUBLED.sub(r"\1", low)
    if (
        low[0] == "f" and low not in _FOREIGN
    ):  # No Vietnamese word begins with f; who types fast writes fát sinh.
        low = "ph" + low[1:]
    if low.isascii():
        return low
    return _NEW_TONE.sub(lambda found: _OLD_TONE[found[0]], low).replace("qúy", "quý")
