"""The rules of Telegram's Bot API that a bot can break, as pure checks.

Source: core.telegram.org/bots/api (formatting options, limits of each field) and core.telegram.org/bots/faq
(rates); the wording of refusals is the public server's.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100
MAX_BUTTONS = 100
MAX_DATA_BYTES = 64
MAX_ANSWER = 200
MAX_COMMANDS = 100
MAX_PHOTO_BYTES = 10 * 2**20
MAX_UPLOAD_BYTES = 50 * 2**20
MAX_DOWNLOAD_BYTES = 20 * 2**20

_STYLES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_TOKENS = re.compile(
    r"</(?P<end>[^>]*)>|<(?P<start>[^>]*)>|(?P<open><)|(?P<entity>&(?:lt|gt|amp|quot|#\w+);)"
)
_IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"BM")


class Refused(Exception):
    """The server answers with an error: status, description and `parameters` as the Bot API gives them."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad_request(why: str, **parameters: int) -> Refused:
    """Return the refusal of a request that breaks a rule."""
    return Refused(400, f"Bad Request: {why}", **parameters)


@dataclass(frozen=True)
class Formatted:
    """Text after parsing, and its entities as the Bot API shows them (offsets in UTF-16 units)."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()

    def parts(self, style: str) -> tuple[str, ...]:
        """Return the pieces of text that carry `style`, such as "bold"."""
        units = self.text.encode("utf-16-le")
        found = [e for e in self.entities if e["type"] == style]
        return tuple(
            units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in found
        )


def formatted(text: str, parse_mode: str) -> Formatted:
    """Return `text` as people will see it. Raises: Refused."""
    if parse_mode == "":
        return _trimmed(text, [])
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    return _parse_html(text)


def _parse_html(source: str) -> Formatted:
    text = ""
    stack: list[tuple[str, int]] = []
    entities: list[dict[str, Any]] = []
    position = 0
    for found in _TOKENS.finditer(source):
        text += source[position : found.start()]
        position = found.end()
        at = len(source[: found.start()].encode())
        if found["entity"]:
            text += unescape(found["entity"])
        elif found["open"]:
            raise _unparsable(f"Unclosed start tag at byte offset {at}")
        elif found["start"] is not None:
            stack.append((_start_tag(found["start"], at), _units(text)))
        else:
            _close(found["end"].strip().lower(), at, stack, entities, _units(text))
    if stack:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{stack[-1][0]}"')
    return _trimmed(text + source[position:], entities)


def _start_tag(inside: str, at: int) -> str:
    name = (inside.split() or [""])[0].lower()
    if name not in _STYLES:
        raise _unparsable(f'Unsupported start tag "{name}" at byte offset {at}')
    if name == "span" and "tg-spoiler" not in inside:
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    return name


def _close(
    name: str, at: int, stack: list[tuple[str, int]], entities: list[dict[str, Any]], end: int
) -> None:
    if not stack:
        raise _unparsable(f"Unexpected end tag at byte offset {at}")
    opened, start = stack.pop()
    if name not in ("", opened):
        raise _unparsable(f'Unmatched end tag at byte offset {at}, expected "</{opened}>", found "</{name}>"')
    if end > start:
        entities.append({"type": _STYLES[opened], "offset": start, "length": end - start})


def _unparsable(why: str) -> Refused:
    return bad_request(f"can't parse entities: {why}")


def _trimmed(text: str, entities: list[dict[str, Any]]) -> Formatted:
    shift = _units(text) - _units(text.lstrip())
    kept = text.strip()
    shown = []
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"]))[:MAX_ENTITIES]:
        start = max(0, entity["offset"] - shift)
        end = min(_units(kept), entity["offset"] + entity["length"] - shift)
        if end > start:
            shown.append({**entity, "offset": start, "length": end - start})
    return Formatted(kept, tuple(shown))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def check_text(text: Formatted) -> None:
    """Refuse an empty or too long text; its length counts after parsing."""
    if not text.text:
        raise bad_request("message text is empty")
    if len(text.text) > MAX_TEXT:
        raise bad_request("message is too long")


def check_caption(text: Formatted) -> None:
    """Refuse a caption that is too long; its length counts after parsing."""
    if len(text.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")


@dataclass(frozen=True)
class Button:
    """One inline button; `data` is what a tap sends back."""

    text: str
    data: str


def keyboard(markup: str) -> tuple[tuple[Button, ...], ...]:
    """Return the rows of an inline keyboard given as JSON. Raises: Refused."""
    if not markup:
        return ()
    rows = _json(markup, "reply markup")
    if not isinstance(rows, dict) or not isinstance(rows.get("inline_keyboard"), list):
        raise bad_request("can't parse reply keyboard markup JSON object")
    shown = tuple(tuple(_button(button) for button in row) for row in rows["inline_keyboard"])
    if sum(map(len, shown)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return shown


def _button(button: dict[str, Any]) -> Button:
    text, data = button.get("text"), button.get("callback_data")
    if not isinstance(text, str) or not text.strip():
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(button) != 2 or not isinstance(data, str):
        raise bad_request("can't parse inline keyboard button: the fake knows callback_data only")
    if not 1 <= len(data.encode()) <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(text, data)


def check_commands(commands: str) -> list[dict[str, str]]:
    """Return the commands of a menu given as JSON. Raises: Refused."""
    menu = _json(commands, "commands")
    if not isinstance(menu, list) or len(menu) > MAX_COMMANDS:
        raise bad_request("can't parse commands JSON object")
    for entry in menu:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", entry["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(entry["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return menu


def check_photo(content: bytes) -> None:
    """Refuse what is no picture, and a picture that is too large to be sent as one."""
    if len(content) > MAX_PHOTO_BYTES:
        raise Refused(413, "Request Entity Too Large")
    if not content.startswith(_IMAGE_STARTS):
        raise bad_request("IMAGE_PROCESS_FAILED")


def check_document(content: bytes) -> None:
    """Refuse an empty file and one that is too large."""
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > MAX_UPLOAD_BYTES:
        raise Refused(413, "Request Entity Too Large")


def parsed_json(text: str, what: str) -> Any:
    """Return the value of a parameter given as JSON. Raises: Refused."""
    return _json(text, what)


def _json(text: str, what: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise bad_request(f"can't parse {what} JSON object") from None


@dataclass
class Bucket:
    """So many messages at once, then `per_second`."""

    per_second: float
    burst: float
    filled: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.filled = self.burst

    def wait_secs(self, now: float) -> float:
        """Return how long until the next message is allowed; 0 for now."""
        self.filled = min(self.burst, self.filled + (now - self.at) * self.per_second)
        self.at = now
        return max(0.0, (1 - self.filled) / self.per_second)


class FloodControl:
    """About 1 message a second to a person, 20 a minute to a group, 30 a second in all; short bursts pass."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._all = Bucket(30, 30)
        self._chats: dict[int, Bucket] = {}

    def check(self, chat_id: int, *, is_group: bool) -> None:
        """Count one message, or refuse it with the seconds to wait. Raises: Refused."""
        now = self._monotonic()
        fresh = Bucket(20 / 60, 20) if is_group else Bucket(1, 3)
        buckets = (self._all, self._chats.setdefault(chat_id, fresh))
        wait = max(bucket.wait_secs(now) for bucket in buckets)
        if wait > 0:
            seconds = math.ceil(wait)
            raise Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        for bucket in buckets:
            bucket.filled -= 1
