"""People on the fake Telegram: what they do with their phones, and what they see there."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.fakes.telegram_rules import Button
from tests.fakes.telegram_world import BOT_USER, Chat, SentMessage, World


class Phones:
    """Wakes whoever waits for a message of the bot."""

    def __init__(self) -> None:
        self._rings: list[asyncio.Event] = []

    def ring(self, _: SentMessage) -> None:
        """Say that the bot sent something."""
        for ring in self._rings:
            ring.set()

    async def rings(self) -> None:
        """Wait for the next message of the bot, to anybody."""
        ring = asyncio.Event()
        self._rings.append(ring)
        try:
            await ring.wait()
        finally:
            self._rings.remove(ring)


class FakeUser:
    """One person. Each action queues the update that Telegram would; it returns before the bot sees it."""

    def __init__(self, chat: Chat, world: World, phones: Phones) -> None:
        self.chat = chat
        self._world = world
        self._phones = phones
        self._seen = 0
        self._said: dict[int, dict[str, Any]] = {}

    @property
    def id(self) -> int:
        """The person's id, which is also that of the private chat."""
        return self.chat.id

    @property
    def name(self) -> str:
        """The name the person goes by."""
        return self.chat.name

    @property
    def messages(self) -> list[SentMessage]:
        """Everything the bot sent to the private chat, oldest first."""
        return [message for message in self._world.sent if message.chat_id == self.id]

    async def next_message(self, timeout_secs: float = 30) -> SentMessage:
        """Return the first message that this method has not returned yet, waiting for it."""
        try:
            async with asyncio.timeout(timeout_secs):
                while len(self.messages) <= self._seen:
                    await self._phones.rings()
        except TimeoutError:
            raise AssertionError(
                f"{self.name} got nothing in {timeout_secs} s after {self._seen} messages"
            ) from None
        self._seen += 1
        return self.messages[self._seen - 1]

    async def sends(self, text: str, *, reply_to: int = 0, group: Chat | None = None) -> int:
        """Write to the bot, or in a group; return the message's id."""
        content: dict[str, Any] = {"text": text}
        if reply_to:
            chat = (group or self.chat).shown()
            content["reply_to_message"] = {
                "message_id": reply_to,
                "date": self._world.date(),
                "chat": chat,
                "from": BOT_USER,
            }
        return self._say(content, group or self.chat)

    async def sends_photo(self, content: bytes, caption: str = "") -> int:
        """Send a picture; return the message's id."""
        file = self._world.keep("photo", "photo.jpg", "image/jpeg", content)
        return self._say({**file.shown(), **_caption(caption)}, self.chat)

    async def sends_document(
        self,
        content: bytes,
        name: str,
        content_type: str = "application/octet-stream",
        caption: str = "",
    ) -> int:
        """Send a file; return the message's id."""
        file = self._world.keep("document", name, content_type, content)
        return self._say({**file.shown(), **_caption(caption)}, self.chat)

    async def sends_other(self, **content: object) -> int:
        """Send a message with any other content, such as a sticker; return its id."""
        return self._say(content, self.chat)

    async def taps(self, message: SentMessage, choice: str) -> str:
        """Tap the button with this label (with or without its number) or data; return the tap's id."""
        button = _find(message, choice)
        tap = str(4_000_000 + len(self._world.open_taps) + len(self._world.answered_taps))
        self._world.open_taps.add(tap)
        chat = self._world.chats[message.chat_id]
        shown = {
            "message_id": message.message_id,
            "date": self._world.date(),
            "chat": chat.shown(),
            "from": BOT_USER,
            "text": message.text,
        }
        query = {
            "id": tap,
            "from": self.chat.as_user(),
            "message": shown,
            "chat_instance": "1",
            "data": button.data,
        }
        self._world.updates.add("callback_query", query)
        return tap

    async def edits(self, message_id: int, text: str) -> None:
        """Change the words of an earlier message."""
        changed = {**self._said[message_id], "text": text, "edit_date": self._world.date()}
        self._said[message_id] = changed
        self._world.updates.add("edited_message", changed)

    async def blocks(self) -> None:
        """Block the bot: it is told, and refused from now on."""
        self.chat.blocked = True
        self._membership("member", "kicked")

    async def unblocks(self) -> None:
        """Let the bot write again."""
        self.chat.blocked = False
        self._membership("kicked", "member")

    async def deletes_account(self) -> None:
        """Leave Telegram for good; the bot is not told."""
        self.chat.deactivated = True

    def _say(self, content: dict[str, Any], chat: Chat) -> int:
        if self.chat.blocked and chat is self.chat:
            raise AssertionError(f"{self.name} has blocked the bot and cannot write to it")
        self.chat.started = True
        message = self._world.message_from(self.chat, chat, content)
        self._said[message["message_id"]] = message
        self._world.updates.add("message", message)
        return int(message["message_id"])

    def _membership(self, old: str, new: str) -> None:
        def member(status: str) -> dict[str, Any]:
            return {"user": BOT_USER, "status": status} | ({"until_date": 0} if status == "kicked" else {})

        change = {"chat": self.chat.shown(), "from": self.chat.as_user(), "date": self._world.date()}
        change |= {"old_chat_member": member(old), "new_chat_member": member(new)}
        self._world.updates.add("my_chat_member", change)


def _find(message: SentMessage, choice: str) -> Button:
    for button in message.buttons:
        if choice in (button.text, button.data, button.text.partition(". ")[2]):
            return button
    raise AssertionError(f"no button {choice!r}; there are {message.labels}")


def _caption(caption: str) -> dict[str, str]:
    return {"caption": caption} if caption else {}
