"""What the fake Telegram knows: chats, messages, files, and how the Bot API shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.fakes.telegram_rules import Button, Formatted, Refused, bad_request
from tests.fakes.telegram_updates import UpdateQueue

BOT_USER: dict[str, Any] = {
    "id": 70000001,
    "is_bot": True,
    "first_name": "Tiến độ",
    "username": "tiendo_fake_bot",
}


@dataclass
class Chat:
    """One chat with the bot. Private chats have positive ids, groups negative ones."""

    id: int
    name: str
    started: bool = True
    blocked: bool = False
    deactivated: bool = False
    migrated_to: int = 0

    @property
    def is_group(self) -> bool:
        """Whether several people share the chat."""
        return self.id < 0

    def shown(self) -> dict[str, Any]:
        """Return it as the Bot API's Chat."""
        if not self.is_group:
            return {"id": self.id, "type": "private", "first_name": self.name}
        kind = "supergroup" if str(self.id).startswith("-100") else "group"
        return {"id": self.id, "type": kind, "title": self.name}

    def as_user(self) -> dict[str, Any]:
        """Return the person of a private chat as the Bot API's User."""
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": "vi"}


@dataclass(frozen=True)
class StoredFile:
    """A file that Telegram keeps; `kind` is "photo" or "document"."""

    file_id: str
    kind: str
    name: str
    content_type: str
    content: bytes

    @property
    def path(self) -> str:
        """The place below the file address."""
        return f"{self.kind}s/{self.file_id}"

    def shown(self) -> dict[str, Any]:
        """Return the part of a Message that carries it."""
        ids = {
            "file_id": self.file_id,
            "file_unique_id": f"u-{self.file_id}",
            "file_size": len(self.content),
        }
        if self.kind == "document":
            return {"document": {**ids, "file_name": self.name, "mime_type": self.content_type}}
        thumbnail = {
            "file_id": f"{self.file_id}-s",
            "file_unique_id": f"u-{self.file_id}-s",
            "file_size": 9,
        }
        return {"photo": [{**thumbnail, "width": 90, "height": 60}, {**ids, "width": 1280, "height": 853}]}


@dataclass(frozen=True)
class SentMessage:
    """A message of the bot as its reader sees it; `text` is the caption when there is a file."""

    chat_id: int
    message_id: int
    text: str
    bold: tuple[str, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    file: StoredFile | None = None
    reply_to: int = 0

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button, row after row."""
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [button.text for button in self.buttons]


class World:
    """Everything that outlives a request. `now` gives the time that messages carry."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.updates = UpdateQueue()
        self.chats: dict[int, Chat] = {}
        self.sent: list[SentMessage] = []
        self.files: dict[str, StoredFile] = {}
        self.links_expired = False
        self.open_taps: set[str] = set()
        self.answered_taps: list[str] = []
        self.commands: list[dict[str, str]] = []
        self._message_ids: dict[int, list[int]] = {}
        self._last_message_id = 0
        self._last_file = 0

    def date(self) -> int:
        """Return the present moment as the Bot API writes it."""
        return int(self.now().timestamp())

    def new_message_id(self, chat_id: int) -> int:
        """Return the id of a new message in a chat."""
        self._last_message_id += 1
        self._message_ids.setdefault(chat_id, []).append(self._last_message_id)
        return self._last_message_id

    def has_message(self, chat_id: int, message_id: int) -> bool:
        """Return whether a message with this id stands in the chat."""
        return message_id in self._message_ids.get(chat_id, ())

    def keep(self, kind: str, name: str, content_type: str, content: bytes) -> StoredFile:
        """Store a file that was sent in either direction."""
        self._last_file += 1
        file = StoredFile(f"FILE{self._last_file:05}", kind, name, content_type, content)
        self.files[file.file_id] = file
        return file

    def reachable(self, chat_id: str) -> Chat:
        """Return the chat that the bot may write to. Raises: Refused with Telegram's own words."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        chat = self.chats.get(int(chat_id)) if chat_id.lstrip("-").isdigit() else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to:
            why = "group chat was upgraded to a supergroup chat"
            raise bad_request(why, migrate_to_chat_id=chat.migrated_to)
        if chat.deactivated:
            raise Refused(403, "Forbidden: user is deactivated")
        if chat.blocked:
            who = "bot was kicked from the group chat" if chat.is_group else "bot was blocked by the user"
            raise Refused(403, f"Forbidden: {who}")
        if not chat.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def message_from(self, person: Chat, chat: Chat, content: dict[str, Any]) -> dict[str, Any]:
        """Return a new Message of a person, not queued yet."""
        return {
            "message_id": self.new_message_id(chat.id),
            "date": self.date(),
            "chat": chat.shown(),
            "from": person.as_user(),
            **content,
        }

    def shown(self, message: SentMessage, text: Formatted) -> dict[str, Any]:
        """Return a message of the bot as the Bot API's Message."""
        body = {
            "message_id": message.message_id,
            "date": self.date(),
            "chat": self.chats[message.chat_id].shown(),
            "from": BOT_USER,
        }
        if message.file:
            body |= message.file.shown()
        if message.text:
            names = ("caption", "caption_entities") if message.file else ("text", "entities")
            body |= {names[0]: text.text, names[1]: list(text.entities)}
        if message.rows:
            rows = [[{"text": b.text, "callback_data": b.data} for b in row] for row in message.rows]
            body["reply_markup"] = {"inline_keyboard": rows}
        return body
