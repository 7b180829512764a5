"""What to say about a photo or file that is not taken: one set of words for chat, page and command line."""

from __future__ import annotations

from messages_vi.catalogue import Marked, _
from messages_vi.formats import number


def refusal(name: str, reason: str, limit_bytes: int | None = None) -> Marked:
    """Return the sentence for one refused file; `reason` is the code of the error that refused it."""
    if reason == "file-too-large" and limit_bytes is not None:
        limit = number(limit_bytes // 1_000_000)
        return _("The file {name} is larger than {limit} MB.", name=name, limit=limit)
    if reason == "file-too-large":
        return _("The file {name} is too large for me.", name=name)
    if reason == "unsafe-file":
        return _("The file {name} may carry a program, I do not keep it.", name=name)
    if reason == "unreadable-file":
        return _("The file {name} is damaged or locked by a password.", name=name)
    if reason == "gone":
        return _("The file {name} is no longer there. Please send it again.", name=name)
    return _("I cannot read this kind of file: {name}.", name=name)
