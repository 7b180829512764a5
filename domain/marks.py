"""The few marks that a text for people may carry; each channel renders or drops them.

They are private-use characters, so that no text typed by a person can be mistaken for a mark.
"""

from __future__ import annotations

BOLD_ON = "\ue000"
BOLD_OFF = "\ue001"

_DROP = str.maketrans("", "", BOLD_ON + BOLD_OFF)


def plain(text: str) -> str:
    """Return `text` without marks."""
    return text.translate(_DROP)
