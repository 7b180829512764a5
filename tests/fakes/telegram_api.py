"""The methods of the Bot API that the fake serves, each with the platform's rules."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes import telegram_rules as rules
from tests.fakes.telegram_rules import FloodControl, Refused, bad_request
from tests.fakes.telegram_world import BOT_USER, Chat, SentMessage, StoredFile, World


@dataclass(frozen=True)
class Upload:
    """A file of a multipart request."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class APIRequest:
    """One call as the bot made it."""

    method: str
    params: Mapping[str, str]
    files: Mapping[str, Upload]

    def text(self, name: str) -> str:
        """Return a parameter, "" when it is missing."""
        return self.params.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        """Return a parameter that must be a whole number. Raises: Refused."""
        value = self.text(name)
        if value and not re.fullmatch(r"-?\d+", value):
            raise bad_request(f"parameter {name} is not a number")
        return int(value) if value else default


class BotAPI:
    """Answers requests from the world, or refuses them."""

    def __init__(self, world: World, message_sent: Callable[[SentMessage], None]) -> None:
        self.flood: FloodControl | None = None
        self._world = world
        self._message_sent = message_sent
        self._methods: dict[str, Callable[[APIRequest], Awaitable[Any]]] = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "setmycommands": self._set_my_commands,
            "sendmessage": self._send_message,
            "sendphoto": self._send_photo,
            "senddocument": self._send_document,
            "sendchataction": self._send_chat_action,
            "answercallbackquery": self._answer_callback_query,
            "getfile": self._get_file,
        }

    async def answer(self, request: APIRequest) -> Any:
        """Return the result of one call. Raises: Refused."""
        method = self._methods.get(request.method.lower())
        if method is None:
            raise Refused(404, "Not Found")
        return await method(request)

    async def _get_me(self, _: APIRequest) -> Any:
        return {
            **BOT_USER,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    async def _get_updates(self, request: APIRequest) -> Any:
        allowed = request.text("allowed_updates")
        kinds = tuple(rules.parsed_json(allowed, "allowed updates")) if allowed else None
        return await self._world.updates.get(
            request.number("offset"), request.number("limit", 100), request.number("timeout"), kinds
        )

    async def _set_webhook(self, request: APIRequest) -> Any:
        self._world.updates.webhook_url = request.text("url")
        return True

    async def _delete_webhook(self, request: APIRequest) -> Any:
        self._world.updates.webhook_url = ""
        if request.text("drop_pending_updates").lower() == "true":
            self._world.updates.waiting.clear()
        return True

    async def _set_my_commands(self, request: APIRequest) -> Any:
        self._world.commands = rules.check_commands(request.text("commands"))
        return True

    async def _send_message(self, request: APIRequest) -> Any:
        chat = self._chat(request)
        text = rules.formatted(request.text("text"), request.text("parse_mode"))
        rules.check_text(text)
        return self._deliver(request, chat, text, None)

    async def _send_photo(self, request: APIRequest) -> Any:
        return self._send_file(request, "photo", rules.check_photo)

    async def _send_document(self, request: APIRequest) -> Any:
        return self._send_file(request, "document", rules.check_document)

    def _send_file(self, request: APIRequest, kind: str, check: Callable[[bytes], None]) -> Any:
        chat = self._chat(request)
        caption = rules.formatted(request.text("caption"), request.text("parse_mode"))
        rules.check_caption(caption)
        if upload := request.files.get(kind):
            check(upload.content)
            file = self._world.keep(kind, upload.name, upload.content_type, upload.content)
        else:
            file = self._known_file(request.text(kind), f"there is no {kind} in the request")
        return self._deliver(request, chat, caption, file)

    def _deliver(
        self, request: APIRequest, chat: Chat, text: rules.Formatted, file: StoredFile | None
    ) -> Any:
        rows = rules.keyboard(request.text("reply_markup"))
        reply_to = self._reply_to(request, chat)
        if self.flood:
            self.flood.check(chat.id, is_group=chat.is_group)
        message = SentMessage(
            chat_id=chat.id,
            message_id=self._world.new_message_id(chat.id),
            text=text.text,
            bold=text.parts("bold"),
            rows=rows,
            file=file,
            reply_to=reply_to,
        )
        self._world.sent.append(message)
        self._message_sent(message)
        return self._world.shown(message, text)

    def _reply_to(self, request: APIRequest, chat: Chat) -> int:
        if not (parameters := request.text("reply_parameters")):
            return 0
        reply = rules.parsed_json(parameters, "reply parameters")
        if self._world.has_message(chat.id, reply["message_id"]):
            return int(reply["message_id"])
        if not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return 0

    async def _send_chat_action(self, request: APIRequest) -> Any:
        self._chat(request)
        return True

    async def _answer_callback_query(self, request: APIRequest) -> Any:
        tap = request.text("callback_query_id")
        if len(request.text("text")) > rules.MAX_ANSWER:
            raise bad_request("MESSAGE_TOO_LONG")
        if tap not in self._world.open_taps:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self._world.open_taps.discard(tap)
        self._world.answered_taps.append(tap)
        return True

    async def _get_file(self, request: APIRequest) -> Any:
        file = self._known_file(
            request.text("file_id"), "wrong file_id or the file is temporarily unavailable"
        )
        size = len(file.content)
        if size > rules.MAX_DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        ids = {"file_id": file.file_id, "file_unique_id": f"u-{file.file_id}"}
        return {**ids, "file_size": size, "file_path": file.path}

    def _chat(self, request: APIRequest) -> Chat:
        return self._world.reachable(request.text("chat_id"))

    def _known_file(self, file_id: str, otherwise: str) -> StoredFile:
        file = self._world.files.get(file_id)
        if file is None:
            raise bad_request(otherwise)
        return file
