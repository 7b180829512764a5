"""What to say about a photo or file that is not taken: one set of words for chat, page and command line."""

from __future__ import annotations

from messages_vi.address import UNKNOWN, capital
from messages_vi.catalogue import Marked, _
from messages_vi.formats import number


def refusal(name: str, reason: str, limit_bytes: int | None = None, you: str = UNKNOWN) -> Marked:
    """Return the sentence for one refused file, said to `you`; `reason` is the code of the error."""
    who = capital(you)
    if reason == "file-too-large" and limit_bytes is not None:
        limit = number(limit_bytes // 1_000_000)
        return _(
            "The file {name} is larger than {limit} MB. {You} makes it smaller.",
            name=name,
            You=who,
            limit=limit,
        )
    if reason == "file-too-large":
        return _("The file {name} is too large for me. {You} sends several smaller ones.", name=name, You=who)
    if reason == "unsafe-file":
        return _(
            "The file {name} may carry a program, I do not keep it. {You} sends another kind.",
            name=name,
            You=who,
        )
    if reason == "unreadable-file":
        return _(
            "The file {name} is damaged or locked by a password. {You} saves it anew.", name=name, You=who
        )
    if reason == "gone":
        return _("The file {name} is no longer there. {You} sends it again.", name=name, You=who)
    return _("I cannot read this kind of file: {name}. {You} sends another kind.", name=name, You=who)
