"""The words for a moment to come, as people type them: data in `vocabulary/sending.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from messages_vi.vocabulary import FOLDER


@cache
def moment_words() -> Mapping[str, tuple[str, ...]]:
    """Return the words of each notion (hour, tomorrow, friday, …), with their accents."""
    document = tomllib.loads((FOLDER / "sending.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: tuple(words) for name, words in document["moments"].items()})
