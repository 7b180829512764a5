"""Why a photo or file is not kept, in words."""

from __future__ import annotations

from messages_vi.catalogue import Marked, _


def refusal(name: str, reason: str) -> Marked:
    """Return the sentence for one refused file; `reason` is the code of the error that refused it."""
    if reason == "file-too-large":
        return _(
            "The file *{name}* is too large, so I did not keep it. A photo of the page is enough.", name=name
        )
    if reason == "gone":
        return _(
            "The file *{name}* is no longer there, so I could not fetch it. Please send it again.", name=name
        )
    return _("I do not take the file *{name}*. Please send a photo, a PDF, Word or Excel file.", name=name)
