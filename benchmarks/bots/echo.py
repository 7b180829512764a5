"""python-telegram-bot's echo: the least that a bot can do. Arguments: base address, token."""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackContext, MessageHandler, filters


async def echo(update: Update, context: CallbackContext) -> None:  # type: ignore[type-arg]
    """Send the text back."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


async def ready(application: object) -> None:
    """Say that polling begins."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def main() -> None:
    """Poll until terminated."""
    base_url, token = sys.argv[1:3]
    application = ApplicationBuilder().token(token).base_url(base_url).post_init(ready).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
