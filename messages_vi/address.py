"""How the bot addresses people: "chị Hoa", "anh", or "anh/chị" when it does not know."""

from __future__ import annotations

from domain.people import Person

UNKNOWN = "anh/chị"
_KNOWN = ("anh", "chị")


def pronoun(person: Person | None) -> str:
    """Return "anh", "chị" or "anh/chị"."""
    return person.address if person is not None and person.address in _KNOWN else UNKNOWN


def call(person: Person | None) -> str:
    """Return the pronoun with the given name, the last word of a Vietnamese name: chị Hoa."""
    given = person.name.split()[-1] if person is not None and person.name.split() else ""
    return f"{pronoun(person)} {given}".strip()


def capital(text: str) -> str:
    """Return `text` with its first letter in upper case: it begins a sentence."""
    return text[:1].upper() + text[1:]
