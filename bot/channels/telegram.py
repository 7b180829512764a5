"""Telegram through python-telegram-bot: one bot account. docs/telegram.md is its operator's page."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels import telegram_parsing, telegram_sending
from bot.channels.telegram_connection import connect
from bot.channels.telegram_errors import translated
from bot.channels.telegram_polling import Poller, Sleep
from bot.channels.telegram_sending import MAX_CAPTION, FloodWatch
from domain.errors import BadCredential, ChannelError, RateLimited, RecipientGone, Rejected
from domain.messages import Attachment, Incoming, MediaFile, Outgoing, Receipt
from domain.ports import ChannelLimits, Receive

_log = logging.getLogger(__name__)


class TelegramChannel:
    """A bot account of Telegram; implements `domain.ports.Channel`.

    `on_stopped` is called when Telegram refuses the token, which ends polling; `stopped_by` keeps the reason.
    `username` is the bot's own name, "" until Telegram has told it.
    """

    # The Bots FAQ allows about 30 messages a second to all chats together and 1 to each; 25 leaves room.
    limits = ChannelLimits(
        max_text=4096,
        max_caption=MAX_CAPTION,
        max_download_bytes=20 * 2**20,
        has_buttons=True,
        per_second=25,
        per_chat_per_second=1,
    )

    def __init__(
        self,
        account: str = "telegram",
        *,
        token: str,
        base_url: str = "https://api.telegram.org/bot",
        base_file_url: str | None = None,
        proxy: str | None = None,
        poll_timeout_secs: int = 30,
        commands: Sequence[tuple[str, str]] = (),
        on_stopped: Callable[[ChannelError], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.account = account
        self.username = ""
        self.stopped_by: ChannelError | None = None
        self.on_stopped = on_stopped
        self._connection = connect(token, base_url, base_file_url, proxy)
        self._bot = self._connection.bot
        self._commands = tuple(commands)
        self._poll_timeout_secs = poll_timeout_secs
        self._sleep = sleep
        self._flood = FloodWatch(monotonic)
        self._poller: Poller | None = None
        self._running: asyncio.Task[None] | None = None

    async def start(self, receive: Receive) -> None:
        """Start polling in the background, even while Telegram cannot be reached."""
        await self._connection.open()
        self.stopped_by = None
        self._poller = Poller(
            self.account,
            self._bot.base_url,
            self._connection.polling,
            timeout_secs=self._poll_timeout_secs,
            sleep=self._sleep,
            receive=receive,
        )
        self._running = asyncio.create_task(self._run(self._poller), name=f"{self.account} polling")

    async def stop(self) -> None:
        """Store the batch in hand, confirm it and close. Safe to call twice, and without a start."""
        if self._poller and self._running:
            self._poller.stop()
            await self._running
        self._poller = self._running = None
        await self._connection.close()

    def parse(self, body: str, now: datetime) -> Incoming | None:
        """See `telegram_parsing.parse`."""
        return telegram_parsing.parse(self.account, body, now)

    async def send(self, message: Outgoing) -> Receipt:
        """See `telegram_sending.send`."""
        try:
            return await telegram_sending.send(self._bot, message)
        except RateLimited as limit:
            raise self._flood.judge(limit, message.chat_id) from limit

    async def acknowledge(self, incoming: Incoming) -> None:
        """End the waiting sign on a tapped button; anything else needs no sign."""
        if not incoming.callback_id:
            return
        try:
            await self._bot.answer_callback_query(incoming.callback_id)
        except TelegramError as error:  # A sign that comes too late is no loss.
            _log.debug("%s: a tap was not acknowledged (%s)", self.account, type(error).__name__)

    async def download(self, attachment: Attachment) -> MediaFile:
        """Fetch the bytes of an attachment, 20 MB at most.

        Telegram refuses an id that it no longer serves with 400, and an expired link with 404, which the
        library takes for a bad token.
        """
        with translated():
            try:
                file = await self._bot.get_file(attachment.file_id)
            except BadRequest as error:
                raise _refused_file(error) from error
            self._refuse_larger(file.file_size or 0)
            try:
                content = await file.download_as_bytearray(read_timeout=120)
            except InvalidToken:
                raise RecipientGone("the link to the file has expired") from None
        self._refuse_larger(len(content))
        return MediaFile(attachment.name, attachment.content_type, bytes(content))

    def _refuse_larger(self, size_bytes: int) -> None:
        if size_bytes > self.limits.max_download_bytes:
            raise Rejected(
                f"file of {size_bytes} bytes, at most {self.limits.max_download_bytes} are fetched"
            )

    async def _run(self, poller: Poller) -> None:
        try:
            await poller.run(self._prepare)
        except BadCredential as error:
            _log.error("%s: Telegram refuses the token; this account stops", self.account)
            self.stopped_by = error
            if self.on_stopped:
                self.on_stopped(error)

    async def _prepare(self) -> None:
        """Check the token, make sure that polling is allowed, and show the commands.

        Pending updates are kept: they are what people wrote while the program was off.
        """
        self.username = (await self._bot.get_me()).username or ""
        await self._bot.delete_webhook(drop_pending_updates=False)
        try:
            if self._commands:
                await self._bot.set_my_commands(self._commands)
        except BadRequest as error:  # A bad menu is no reason to be deaf.
            _log.error("%s: Telegram refuses the commands menu (%s)", self.account, error)


def _refused_file(error: BadRequest) -> ChannelError:
    if "too big" in str(error).lower():
        return Rejected(str(error))
    return RecipientGone(str(error))
