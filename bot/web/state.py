"""What the page shows, as JSON: the clock, the phones and their messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.web.ports import LocalSite, Phone, PhoneMedia, PhoneMessage
from bot.web.wording import clock_words, day_words, phone_title, samples, time_words
from domain.messages import Choice

PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


async def page_state(site: LocalSite, after: Mapping[str, int]) -> dict[str, Any]:
    """Return clock and phones; of each chat the messages after the cursor that `after` names, else all."""
    phones = await site.phones()
    return {
        "clock": clock_state(site),
        "phones": [
            await _phone_state(site, phone, place, after) for place, phone in enumerate(phones, start=1)
        ],
    }


def clock_state(site: LocalSite) -> dict[str, str] | None:
    """Return the business clock in words, or None on the real clock."""
    return {"text": clock_words(site.clock.now())} if site.clock else None


async def _phone_state(site: LocalSite, phone: Phone, place: int, after: Mapping[str, int]) -> dict[str, Any]:
    title, subtitle = phone_title(phone, place)
    messages = await site.history(phone.chat_id, after.get(phone.chat_id, 0))
    return {
        "chat": phone.chat_id,
        "title": title,
        "subtitle": subtitle,
        "joined": phone.joined,
        "kind": phone.kind.value,
        "samples": samples(phone, place),
        "messages": [_message_state(message) for message in messages],
    }


def _message_state(message: PhoneMessage) -> dict[str, Any]:
    return {
        "cursor": message.cursor,
        "bot": message.from_bot,
        "text": message.text,
        "choices": [_choice_state(choice) for choice in message.choices],
        "media": [_media_state(media) for media in message.media],
        "day": day_words(message.at),
        "time": time_words(message.at),
        "doubtful": message.doubtful,
        "failed": message.state == "failed",
    }


def _choice_state(choice: Choice) -> dict[str, Any]:
    return {"label": choice.label, "action": choice.action, "numbered": choice.numbered}


def _media_state(media: PhoneMedia) -> dict[str, Any]:
    return {
        "url": None if media.media_id is None else f"/local/media/{media.media_id}",
        "name": media.name,
        "picture": media.content_type in PICTURE_TYPES,
    }
