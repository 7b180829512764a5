"""The library's Bot as one account needs it: addresses, proxy, time limits, and no secret in the log."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.channels.telegram_secrets import hide, quieten_libraries


@dataclass(frozen=True, slots=True)
class Connection:
    """A bot, and the two clients it speaks through: one sends, the other waits for updates."""

    bot: Bot
    sending: HTTPXRequest
    polling: HTTPXRequest

    async def open(self) -> None:
        """Make both clients usable, also after `close`."""
        await asyncio.gather(self.sending.initialize(), self.polling.initialize())

    async def close(self) -> None:
        """Close both clients; safe to call twice."""
        await asyncio.gather(self.sending.shutdown(), self.polling.shutdown())


def connect(token: str, base_url: str, base_file_url: str | None, proxy: str | None) -> Connection:
    """Return a connection that has sent nothing yet.

    Without `base_file_url` files are looked for beside `base_url`, as on Telegram's own server.
    """
    quieten_libraries()
    hide(token.partition(":")[2] or token)  # The number before the colon is the bot's public id.
    password = urlsplit(proxy or "").password or ""
    hide(password)
    hide(unquote(password))
    # Both clients get the proxy: updates would bypass it otherwise. The time limits allow for a slow one.
    sending = HTTPXRequest(
        connection_pool_size=16,
        proxy=proxy or None,
        connect_timeout=10,
        read_timeout=20,
        write_timeout=20,
        pool_timeout=20,
        media_write_timeout=120,
    )
    polling = HTTPXRequest(connection_pool_size=2, proxy=proxy or None, connect_timeout=10)
    bot = Bot(
        token,
        base_url=base_url,
        base_file_url=base_file_url or _beside(base_url),
        request=sending,
        get_updates_request=polling,
    )
    return Connection(bot, sending, polling)


def _beside(base_url: str) -> str:
    start, bot, rest = base_url.rpartition("/bot")
    return f"{start}/file{bot}{rest}" if bot else base_url
