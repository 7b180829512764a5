"""What the page posts, read and checked before anything is done with it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.web.errors import Refusal
from bot.web.wording import MAX_FILES
from domain.messages import MediaFile

MAX_TEXT = 20_000
_PUSH_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_ACTION = re.compile(r"[\x21-\x7e]{0,60}")
_FIELDS = ("id", "chat", "text", "action", "reply")


@dataclass(frozen=True, slots=True)
class PostedMessage:
    """One message of the page. `push_id` is the page's own, the same when it tries again."""

    push_id: str
    chat_id: str
    text: str
    action: str
    reply_to_id: str
    files: tuple[MediaFile, ...]


async def posted_message(request: web.Request) -> PostedMessage:
    """Read a message from JSON, or from a form when it has files. Raises Refusal 400, 413 or 415."""
    if request.content_type == "application/json":
        return _checked(await posted_json(request), ())
    if request.content_type == "multipart/form-data":
        return _checked(*await _posted_form(request))
    raise Refusal(415, "wrong_type")


async def posted_json(request: web.Request) -> dict[str, Any]:
    """Read a JSON object. Raises Refusal 400 or 415."""
    if request.content_type != "application/json":
        raise Refusal(415, "wrong_type")
    try:
        value = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise Refusal(400, "bad_form") from None
    if not isinstance(value, dict):
        raise Refusal(400, "bad_form")
    return value


async def _posted_form(request: web.Request) -> tuple[dict[str, Any], tuple[MediaFile, ...]]:
    try:
        form = await request.post()
    except (ValueError, AssertionError):  # What aiohttp's reader of forms raises for a broken one.
        raise Refusal(400, "bad_form") from None
    found = [value for value in form.values() if isinstance(value, FileField)]
    if len(found) > MAX_FILES:
        raise Refusal(400, "too_many_files")
    files = [await asyncio.to_thread(_read, each) for each in found]
    return dict(form), tuple(files)


def _read(field: FileField) -> MediaFile:
    with field.file as file:
        return MediaFile(field.filename, field.content_type, file.read())


def _checked(fields: Mapping[str, Any], files: tuple[MediaFile, ...]) -> PostedMessage:
    push_id, chat_id, text, action, reply = (fields.get(name, "") for name in _FIELDS)
    if not all(isinstance(value, str) for value in (push_id, chat_id, text, action, reply)):
        raise Refusal(400, "bad_form")
    if not (_PUSH_ID.fullmatch(push_id) and _ACTION.fullmatch(action) and len(reply) <= 64):
        raise Refusal(400, "bad_form")
    if len(text) > MAX_TEXT:
        raise Refusal(400, "too_long")
    if not (text.strip() or action or files):
        raise Refusal(400, "empty")
    return PostedMessage(push_id, chat_id, text, action, reply, files)
