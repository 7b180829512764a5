"""A phone as its owner uses it, whatever messenger is behind it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from tests.e2e.waiting import until


@dataclass(frozen=True)
class Heard:
    """A message of the bot as it is read; `marked` when it says that it may be known already."""

    text: str
    labels: tuple[str, ...] = ()
    marked: bool = False


class Phone(ABC):
    """What one person types, taps and reads. `hears` goes through the messages in their order."""

    def __init__(self) -> None:
        self._read = 0

    @abstractmethod
    def say(self, text: str) -> None:
        """Write a line."""

    @abstractmethod
    def tap(self, label: str) -> None:
        """Tap the button with this label under the latest message that has one."""

    @abstractmethod
    def heard(self) -> Sequence[Heard]:
        """Return everything that the bot has written here, oldest first."""

    def hears(self, *containing: str) -> str:
        """Return the next message that holds all these words, waiting for it; what came before is past."""
        until(lambda: self._find(containing) is not None, lambda: self._missing(containing))
        found = self._find(containing)
        assert found is not None
        self._read = found + 1
        return self.heard()[found].text

    def has_button(self, label: str) -> bool:
        """Tell whether a message has a button with this label."""
        return any(label in message.labels for message in self.heard())

    def _find(self, containing: Sequence[str]) -> int | None:
        for index, message in enumerate(self.heard()):
            if index >= self._read and all(words in message.text for words in containing):
                return index
        return None

    def _missing(self, containing: Sequence[str]) -> str:
        shown = "\n---\n".join(f"{one.text}\n{list(one.labels)}" for one in self.heard())
        return f"nothing new with {containing} after message {self._read} of:\n{shown}"
