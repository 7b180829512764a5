"""Phones on the fake Telegram."""

from __future__ import annotations

from collections.abc import Sequence

from tests.e2e.phones import Heard, Phone
from tests.e2e.waiting import until
from tests.fakes.telegram import FakeUser, SentMessage
from tests.fakes.telegram_process import FakeTelegramThread

_MARK = "(Em nhắn lại, có thể anh/chị đã nhận tin này rồi.)"


class TelegramPhone(Phone):
    """A person of the fake Telegram."""

    def __init__(self, telegram: FakeTelegramThread, user: FakeUser) -> None:
        super().__init__()
        self._telegram = telegram
        self._user = user

    def say(self, text: str) -> None:
        """Write a line."""
        self._telegram.run(self._user.sends(text))

    def tap(self, label: str) -> None:
        """Tap the button with this label under the latest message that has one."""
        until(lambda: self.has_button(label), lambda: self._missing([f"a button {label!r}"]))
        message = next(one for one in reversed(self._user.messages) if label in _labels(one))
        self._telegram.run(self._user.taps(message, label))

    def heard(self) -> Sequence[Heard]:
        """Return everything that the bot has written here, oldest first."""
        return [_heard(message) for message in self._user.messages]


def _heard(message: SentMessage) -> Heard:
    marked = message.text.startswith(_MARK)
    return Heard(message.text.removeprefix(_MARK).lstrip(), _labels(message), marked)


def _labels(message: SentMessage) -> tuple[str, ...]:
    # The channel puts the number in front that may be typed instead.
    return tuple(label.partition(". ")[2] or label for label in message.labels)
