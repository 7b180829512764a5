"""One outgoing message as one call of the Bot API, or two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from telegram import Bot, InputFile, Message, ReplyParameters
from telegram.constants import ParseMode

from bot.channels.telegram_errors import translated
from bot.channels.telegram_rendering import html, keyboard
from domain.errors import RateLimited, Unavailable, Uncertain
from domain.marks import plain
from domain.messages import MediaFile, Outgoing, Receipt

MAX_CAPTION = 1024
_PHOTO_TYPES = ("image/jpeg", "image/png")
_MAX_PHOTO_BYTES = 10 * 2**20  # Bot API, sendPhoto; a larger picture goes as a file.


async def send(bot: Bot, message: Outgoing) -> Receipt:
    """Send `message`; a text too long to stand under its picture follows it as a message of its own.

    The receipt names the message that carries the text and the buttons. If the text cannot follow now, that
    is Uncertain and not an invitation to try again: the picture has arrived.
    Raises: a ChannelError.
    """
    with translated():
        if message.media is None:
            return await _send_text(bot, message)
        if len(plain(message.text)) <= MAX_CAPTION:
            return await _send_media(bot, message, message.media)
        await _send_media(bot, replace(message, text="", choices=()), message.media)
    try:
        with translated():
            return await _send_text(bot, message)
    except (Unavailable, RateLimited) as error:
        raise Uncertain(f"the file was sent, its text was not: {error}") from error


async def _send_text(bot: Bot, message: Outgoing) -> Receipt:
    sent = await bot.send_message(
        message.chat_id,
        html(message.text),
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(message.choices),
        reply_parameters=_reply_to(message),
    )
    return _receipt(sent)


async def _send_media(bot: Bot, message: Outgoing, media: MediaFile) -> Receipt:
    is_photo = media.content_type in _PHOTO_TYPES and len(media.content) <= _MAX_PHOTO_BYTES
    send_it = bot.send_photo if is_photo else bot.send_document
    sent = await send_it(
        message.chat_id,
        InputFile(media.content, filename=media.name),
        caption=html(message.text) or None,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(message.choices),
        reply_parameters=_reply_to(message),
    )
    return _receipt(sent)


def _reply_to(message: Outgoing) -> ReplyParameters | None:
    """An answer to a message that was deleted meanwhile is still sent."""
    if not message.reply_to_id:
        return None
    return ReplyParameters(int(message.reply_to_id), allow_sending_without_reply=True)


def _receipt(sent: Message) -> Receipt:
    return Receipt(str(sent.message_id))


class FloodWatch:
    """Tells whose limit was hit; Telegram's answer (429) does not say.

    A second chat refused while the first one still has to wait means the limit of the whole account.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._chat_id, self._until = "", 0.0

    def judge(self, limit: RateLimited, chat_id: str) -> RateLimited:
        """Return `limit`, marked as the account's if another chat was limited a moment ago."""
        now = self._monotonic()
        another = chat_id != self._chat_id and now < self._until
        self._chat_id, self._until = chat_id, max(self._until, now + limit.retry_after_secs)
        return RateLimited(limit.retry_after_secs, whole_account=another)
